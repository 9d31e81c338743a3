using Bot.Chat;
using Bot.Web.Playground.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Web.Playground;

/// <summary>What the handlers of posts share: whose post, from where.</summary>
public static class PostedBy
{
    extension(HttpContext call)
    {
        public Task<PlaygroundDb> StoreAsync() =>
            call.RequestServices.GetRequiredService<IDbContextFactory<PlaygroundDb>>().CreateDbContextAsync(call.RequestAborted);

        /// <summary>Null when the post names somebody or something unknown.</summary>
        public Task<Place?> PlaceAsync(PlaygroundDb store)
        {
            var form = call.Request.Form;
            return Place.FindAsync(
                store, form[Place.AsField], form[Place.InField], form[Place.ThreadField], form[Place.PaneField], call.RequestAborted);
        }

        public DeliveryId NewDelivery() =>
            new(Guid.CreateVersion7(call.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow()).ToString("N"));
    }
}

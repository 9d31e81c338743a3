using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Bot.Web.Playground;

/// <summary>Somebody takes away what only they see.</summary>
public static class DismissWhisper
{
    public static async Task<IResult> HandleAsync(long id, HttpContext call)
    {
        var ct = call.RequestAborted;
        await using var store = await call.StoreAsync();
        if (await call.PlaceAsync(store) is not { } place
            || await store.Messages.SingleOrDefaultAsync(m => m.Id == id && m.VisibleTo == place.Me.Id, ct) is not { } whisper)
        {
            return Plain.NotFound();
        }

        store.Messages.Remove(whisper);
        await store.SaveChangesAsync(ct);
        return Then.Show(place);
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Bot.Web.Playground;

/// <summary>Gives the playground its addresses.</summary>
public static class PlaygroundEndpoints
{
    extension(IEndpointRouteBuilder routes)
    {
        /// <summary>Maps everything under <c>/playground</c>.</summary>
        public IEndpointConventionBuilder MapPlayground()
        {
            var all = routes.MapGroup(Place.Root).AddEndpointFilter(PageHeaders.AddAsync);
            // Of this machine, and everybody in it is anybody: nobody is counted, and to live fourteen weeks of the sample may take its time.
            all.DisableRateLimiting().DisableRequestTimeout();
            all.MapGet("/", ShowPage.HandleAsync);
            all.MapGet("/events", WatchChanges.HandleAsync);
            all.MapGet("/assets/{name}", Asset.Handle);

            var posts = all.MapGroup("").AddEndpointFilter(RefuseCrossSite.CheckAsync).AddEndpointFilter(ReadPost.CheckAsync);
            posts.MapPost("/say", SayIt.HandleAsync);
            posts.MapPost("/messages/{id:long}/press", PressButton.HandleAsync);
            posts.MapPost("/messages/{id:long}/dismiss", DismissWhisper.HandleAsync);
            posts.MapPost("/forms/{id}/send", SendForm.HandleAsync);
            posts.MapPost("/forms/{id}/close", CloseForm.HandleAsync);
            posts.MapPost("/forms/{id}/draft", CloseForm.KeepDraftAsync);
            posts.MapPost("/clock", MoveClock.HandleAsync);
            posts.MapPost("/people", AddPerson.HandleAsync);
            posts.MapPost("/channels", AddChannel.HandleAsync);
            posts.MapPost("/sample", ChangeSample.HandleAsync);
            return all;
        }
    }
}

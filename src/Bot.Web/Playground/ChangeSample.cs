using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Web.Playground;

/// <summary>Somebody loads the sample portfolio, or removes it.</summary>
public static class ChangeSample
{
    public const string DoField = "do";
    public const string Load = "load";
    public const string Remove = "remove";

    public static async Task<IResult> HandleAsync(HttpContext call, Pulse pulse)
    {
        var ct = call.RequestAborted;
        await using var store = await call.StoreAsync();
        if (await call.PlaceAsync(store) is not { } place || call.RequestServices.GetService<SamplePortfolio>() is not { } sample)
        {
            return Plain.NotFound();
        }

        switch (call.Request.Form[DoField].ToString())
        {
            case Load:
                await sample.LoadAsync(ct);
                break;
            case Remove:
                await sample.RemoveAsync(ct);
                break;
            default:
                return Plain.NotFound();
        }

        pulse.Beat();

        // Whoever stood in a channel of the sample stands nowhere once it is gone.
        return await store.ConversationAsync(place.In.Id, ct) is null ? Then.Show(Place.Address(place.Me.Id, Place.DirectOf(place.Me.Id))) : Then.Show(place);
    }
}

using Bot.Web.Playground.Pages;
using Bot.Web.Playground.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Bot.Web.Playground;

/// <summary>Somebody opens a new channel; everybody, and the bot, is in it.</summary>
public static class AddChannel
{
    public const string NameField = "name";
    public const int LongestName = 80;

    public static async Task<IResult> HandleAsync(HttpContext call, TellTheProduct tell, ReadPage read, TimeProvider clock)
    {
        var ct = call.RequestAborted;
        await using var store = await call.StoreAsync();
        if (await call.PlaceAsync(store) is not { } place)
        {
            return Plain.NotFound();
        }

        var typed = call.Request.Form[NameField].ToString();
        var name = string.Join('-', typed.Trim().TrimStart('#').ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var error = name.Length is 0 or > LongestName || name.Any(c => !char.IsLetterOrDigit(c) && c is not ('-' or '_'))
            ? $"A channel's name has 1 to {LongestName} letters, digits, dashes and underscores."
            : await store.Channels.AnyAsync(c => c.Name == name, ct) ? $"There is a channel #{name} already." : null;
        if (error is not null)
        {
            var view = await read.ReadAsync(place, hasChosen: true, before: null, formId: null, ct);
            var sheet = new NewSheet(NewSheet.Channel, typed, "", new Dictionary<string, string> { [NameField] = error });
            return ShowPage.Page(view with { New = sheet }, StatusCodes.Status422UnprocessableEntity);
        }

        var now = clock.GetUtcNow();
        var channel = new PlaygroundChannel { Id = Guid.CreateVersion7(now).ToString("N"), Name = name, AddedAt = now };
        store.Channels.Add(channel);
        await store.SaveChangesAsync(ct);
        await tell.WhoIsHereAsync(ct);
        return Then.Show(Place.Address(place.Me.Id, channel.Id));
    }
}

using Bot.Web.Playground.Pages;
using Bot.Web.Playground.Store;
using Microsoft.AspNetCore.Http;

namespace Bot.Web.Playground;

/// <summary>Somebody brings a new person into the playground, who is in every channel at once.</summary>
public static class AddPerson
{
    public const string NameField = "name";
    public const string ZoneField = "zone";
    public const int LongestName = 80;

    public static async Task<IResult> HandleAsync(HttpContext call, TellTheProduct tell, ReadPage read, TimeProvider clock)
    {
        var ct = call.RequestAborted;
        await using var store = await call.StoreAsync();
        if (await call.PlaceAsync(store) is not { } place)
        {
            return Plain.NotFound();
        }

        var (name, zone) = (call.Request.Form[NameField].ToString().Trim(), call.Request.Form[ZoneField].ToString().Trim());
        var errors = new Dictionary<string, string>();
        if (name.Length is 0 or > LongestName)
        {
            errors[NameField] = $"A name has 1 to {LongestName} characters.";
        }

        if (!Times.IsZone(zone))
        {
            errors[ZoneField] = "A time zone has an IANA name, for example Europe/Berlin.";
        }

        if (errors.Count > 0)
        {
            var view = await read.ReadAsync(place, hasChosen: true, before: null, formId: null, ct);
            return ShowPage.Page(view with { New = new NewSheet(NewSheet.Person, name, zone, errors) }, StatusCodes.Status422UnprocessableEntity);
        }

        var now = clock.GetUtcNow();
        store.People.Add(new PlaygroundPerson { Id = Guid.CreateVersion7(now).ToString("N"), Name = name, TimeZone = zone, IsAdmin = false, AddedAt = now });
        await store.SaveChangesAsync(ct);
        await tell.WhoIsHereAsync(ct);
        return Then.Show(place);
    }
}

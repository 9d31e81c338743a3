using Bot.Web.Playground.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Bot.Web.Playground;

/// <summary>Shows somebody one conversation, a thread beside it, and a form above it where one is open.</summary>
public static class ShowPage
{
    public static async Task<IResult> HandleAsync(HttpContext call, ReadPage read)
    {
        var (query, ct) = (call.Request.Query, call.RequestAborted);
        await using var store = await call.StoreAsync();
        if (string.IsNullOrEmpty(query["as"]))
        {
            return Results.Redirect(Place.Address((await store.EverybodyAsync(ct))[0].Id));
        }

        var hasChosen = query.ContainsKey("in");
        var conversation = hasChosen ? query["in"].ToString() : (await store.Channels.OrderBy(c => c.AddedAt).FirstAsync(ct)).Id;
        if (await Place.FindAsync(store, query["as"], conversation, query["thread"], default, ct) is not { } place)
        {
            return Plain.NotFound();
        }

        var view = await read.ReadAsync(place, hasChosen, Place.ReadId(query["before"]), query["form"], ct);
        return Page(view with { New = NewSheet.Of(query["new"]) });
    }

    public static IResult Page(PageView view, int status = StatusCodes.Status200OK) =>
        new RazorComponentResult<PlaygroundPage>(new { View = view }) { StatusCode = status, PreventStreamingRendering = true };
}

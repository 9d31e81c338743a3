using Bot.Chat;
using Bot.Web.Playground.Cards;
using Bot.Web.Playground.Store;
using Microsoft.AspNetCore.Http;

namespace Bot.Web.Playground;

/// <summary>Somebody closed a form, or left the page with one open: the bot hears what was typed so far, and keeps it.</summary>
public static class CloseForm
{
    public static async Task<IResult> HandleAsync(string id, HttpContext call, HandleInbound handle)
    {
        await using var store = await call.StoreAsync();
        if (await call.PlaceAsync(store) is not { } place || await store.FormAsync(id, place, call.RequestAborted) is not { } form)
        {
            return Plain.NotFound();
        }

        // Told first: should we die in between, the form is simply still open.
        await TellAsync(store, form, place, call, handle);
        store.Forms.Remove(form);
        await store.SaveChangesAsync(call.RequestAborted);
        return Then.Show(place);
    }

    /// <summary>The page is left or hidden with the form open: it stays open, with what was typed.</summary>
    public static async Task<IResult> KeepDraftAsync(string id, HttpContext call, HandleInbound handle)
    {
        await using var store = await call.StoreAsync();
        if (await call.PlaceAsync(store) is not { } place || await store.FormAsync(id, place, call.RequestAborted) is not { } form)
        {
            return Plain.NotFound();
        }

        form.Typed = PendingForm.Write(Typed.Read(form.Card, call.Request.Form));
        await store.SaveChangesAsync(call.RequestAborted);
        await TellAsync(store, form, place, call, handle);
        return Results.NoContent();
    }

    private static async Task TellAsync(PlaygroundDb store, PendingForm form, Place place, HttpContext call, HandleInbound handle)
    {
        var typed = new FormValues(Typed.Read(form.Card, call.Request.Form));
        var origin = await store.OriginAsync(form, place, call.RequestAborted);
        await handle(
            new FormClosed(call.NewDelivery(), PlaygroundPlatform.Workspace, place.Me.AsChatPerson(), origin.In, form.Ref, typed), call.RequestAborted);
    }
}

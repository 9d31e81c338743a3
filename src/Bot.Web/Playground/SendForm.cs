using System.Security.Cryptography;
using System.Text;
using Bot.Chat;
using Bot.Web.Playground.Cards;
using Bot.Web.Playground.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Bot.Web.Playground;

/// <summary>Somebody sent a form. What was typed is stored before anybody is asked about it.</summary>
public static class SendForm
{
    public static async Task<IResult> HandleAsync(string id, HttpContext call, HandleInbound handle, ShowReply show)
    {
        var ct = call.RequestAborted;
        await using var store = await call.StoreAsync();
        if (await call.PlaceAsync(store) is not { } place || await store.FormAsync(id, place, ct) is not { } form)
        {
            return Plain.NotFound();
        }

        var typed = Typed.Read(form.Card, call.Request.Form);
        form.Typed = PendingForm.Write(typed);
        await store.SaveChangesAsync(ct);

        var delivery = DeliveryOf(form);
        var origin = await store.OriginAsync(form, place, ct);
        var opener = await store.Messages.AsNoTracking().SingleOrDefaultAsync(m => m.Id == form.OnMessageId && m.VisibleTo == null, ct);
        var reply = await handle(
            new FormSubmitted(delivery, PlaygroundPlatform.Workspace, place.Me.AsChatPerson(), origin.In, form.Ref, new FormValues(typed), opener?.Ref), ct);
        return await show.AnswerAsync(reply, new Answered(origin, delivery, form.OnMessageId, form), ct);
    }

    /// <summary>
    /// The same form sent twice, by a double click, is one delivery; with another text, or after a correction, it is another: a host may
    /// have died after the product took the first and before the page was told. The form's id is the secret of the hash and goes with the
    /// form, so that what is left of it tells nothing about a text that may be meant without a name.
    /// </summary>
    private static DeliveryId DeliveryOf(PendingForm form) => new(
        "form-" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(form.Id), Encoding.UTF8.GetBytes($"{form.Revision}|{form.Typed}"))));
}

/// <summary>What sending and closing a form both ask.</summary>
public static class FormQueries
{
    extension(PlaygroundDb store)
    {
        public Task<PendingForm?> FormAsync(string id, Place place, CancellationToken ct) =>
            store.Forms.SingleOrDefaultAsync(f => f.Id == id && f.PersonId == place.Me.Id, ct);

        /// <summary>Where the form was opened: the answer belongs there, whatever is looked at meanwhile.</summary>
        public async Task<Place> OriginAsync(PendingForm form, Place looksAt, CancellationToken ct) =>
            looksAt.In.Id == form.ConversationId && (form.ThreadId is null || form.ThreadId == looksAt.Thread)
                ? looksAt with { InThread = form.ThreadId is not null }
                : new Place(looksAt.Me, (await store.ConversationAsync(form.ConversationId, ct))!, form.ThreadId, form.ThreadId is not null);
    }
}

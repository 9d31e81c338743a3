using Bot.Chat;
using Bot.Web.Playground.Cards;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Bot.Web.Playground;

/// <summary>Somebody pressed a button on a card.</summary>
public static class PressButton
{
    public static async Task<IResult> HandleAsync(long id, HttpContext call, HandleInbound handle, ShowReply show)
    {
        var ct = call.RequestAborted;
        await using var store = await call.StoreAsync();
        if (await call.PlaceAsync(store) is not { } place
            || CardButton.Read(call.Request.Form[CardButton.PressField]) is not { } action
            || await store.Messages.AsNoTracking().SingleOrDefaultAsync(m => m.Id == id && m.ConversationId == place.In.Id && m.CardJson != null, ct) is not { } message
            || !message.IsSeenBy(place.Me))
        {
            return Plain.NotFound();
        }

        // As on other platforms, a whisper cannot be named to the product; we still know which one it was.
        var on = message.VisibleTo is null ? message.Ref : null;
        var delivery = call.NewDelivery();
        var reply = await handle(new CardAction(delivery, PlaygroundPlatform.Workspace, place.Me.AsChatPerson(), place.In, action, on), ct);
        return await show.AnswerAsync(reply, new Answered(place, delivery, id, null), ct);
    }
}

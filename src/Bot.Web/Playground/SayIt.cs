using Bot.Chat;
using Bot.Web.Playground.Store;
using Microsoft.AspNetCore.Http;

namespace Bot.Web.Playground;

/// <summary>Somebody typed something: <c>/pilot ...</c> goes to the bot, anything else is a message. In the chat with the bot everything is for the bot.</summary>
public static class SayIt
{
    public const string Command = "/pilot";

    public const string TextField = "text";

    public static async Task<IResult> HandleAsync(HttpContext call, HandleInbound handle, ShowReply show, TimeProvider clock)
    {
        var ct = call.RequestAborted;
        await using var store = await call.StoreAsync();
        if (await call.PlaceAsync(store) is not { } place)
        {
            return Plain.NotFound();
        }

        var text = call.Request.Form[TextField].ToString().ReplaceLineEndings("\n").Trim();
        if (text.Length == 0)
        {
            return Then.Show(place);
        }

        var command = AsCommand(text);
        if (command is null)
        {
            store.Messages.Add(new PlaygroundMessage
            {
                ConversationId = place.In.Id, ThreadId = place.AnswersIn, FromId = place.Me.Id, Text = text, PostedAt = clock.GetUtcNow(),
            });
            await store.SaveChangesAsync(ct);
        }

        if ((command ?? (place.IsDirect ? text : null)) is not { } words)
        {
            return Then.Show(place);
        }

        var delivery = call.NewDelivery();
        var reply = await handle(new CommandTyped(delivery, PlaygroundPlatform.Workspace, place.Me.AsChatPerson(), place.In, words), ct);
        return await show.AnswerAsync(reply, new Answered(place, delivery, null, null), ct);
    }

    /// <summary>What comes after the command word; null when it is no command.</summary>
    private static string? AsCommand(string text) =>
        text.StartsWith(Command, StringComparison.OrdinalIgnoreCase) && (text.Length == Command.Length || char.IsWhiteSpace(text[Command.Length]))
            ? text[Command.Length..].Trim()
            : null;
}

using Bot.Chat;

namespace Bot.Teams.Inbound;

/// <summary>Somebody typed to the bot, in its chat with them or by mention. Acknowledged once it is stored.</summary>
internal sealed class TakeWords(HandleInbound handle, SendReply send)
{
    public async Task<TeamsAnswer> TakeAsync(Activity activity, ChatPerson by)
    {
        // Not cut off when the connector hangs up: what it gave up waiting for it may send again, and that is answered from the inbox.
        var reply = await handle(new CommandTyped(activity.Delivery("cmd"), activity.Workspace, by, activity.In, WordsToBot.Of(activity)), CancellationToken.None);
        return new TeamsAnswer(Then: ct => send.ToWordsAsync(reply, Origin.Of(activity, by), ct));
    }
}

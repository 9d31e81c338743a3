using System.Text.Json.Nodes;
using Bot.Chat;
using Bot.Slack.Install;

namespace Bot.Slack.Inbound;

/// <summary>Slash commands, the shortcut, and words to the bot in its chat or by mention.</summary>
internal sealed class TakeCommand(HandleInbound handle, AnswerReply answer, CheckMembership membership, SlackPeople people)
{
    /// <summary>The shortcut "Answer my check-in", as the app's manifest calls it.</summary>
    public const string CheckInShortcut = "answer_checkin";

    public async Task<SlackAnswer> TakeAsync(JsonObject fields, WorkspaceRef workspace, Installed installed, CancellationToken ct)
    {
        if (fields.Text("user_id") is not { } user || fields.Text("trigger_id") is not { } trigger || fields.Text("channel_id") is not { } channel)
        {
            return new SlackAnswer();
        }

        var by = await people.NameAsync(installed, workspace.Id, user, ct);
        var origin = new Origin(
            workspace, installed, by, Surface.Command, SlackJson.Conversation(channel, fields.Text("channel_name")), ResponseUrl: Address(fields.Text("response_url")), TriggerId: trigger);
        var typed = new CommandTyped(new DeliveryId("cmd:" + trigger), workspace, by, origin.In, SlackText.Plain(fields.Text("text") ?? ""));
        var reply = await handle(typed, ct);
        var body = answer.Body(reply, origin);
        return new SlackAnswer(body, async later =>
        {
            if (body is null)
            {
                await answer.SendAsync(reply, origin, later);
            }

            await membership.TellAsync(origin, answer, later);
        })
        {
            Late = later => answer.SendAsync(reply, origin with { TriggerId = null }, later),
        };
    }

    public async Task<SlackAnswer> TakeShortcutAsync(JsonObject payload, WorkspaceRef workspace, Installed installed, CancellationToken ct)
    {
        if (payload.Text("callback_id") != CheckInShortcut || payload.Text("user", "id") is not { } user || payload.Text("trigger_id") is not { } trigger)
        {
            return new SlackAnswer();
        }

        var by = await people.NameAsync(installed, workspace.Id, user, ct);
        var origin = new Origin(workspace, installed, by, Surface.Shortcut, null, TriggerId: trigger);
        var reply = await handle(new CommandTyped(new DeliveryId("cmd:" + trigger), workspace, by, null, "checkin"), ct);
        return new SlackAnswer(null, later => answer.SendAsync(reply, origin, later)) { Late = later => answer.SendAsync(reply, origin with { TriggerId = null }, later) };
    }

    /// <summary>A message in the bot's own chat, or one that mentions it.</summary>
    public async Task<SlackAnswer> TakeWordsAsync(JsonObject said, DeliveryId delivery, WorkspaceRef workspace, Installed installed, CancellationToken ct)
    {
        if (said.Text("user") is not { } user || user == installed.BotUserId || said.Text("channel") is not { } channel || said.Text("bot_id") is not null || said.Text("subtype") is not null)
        {
            return new SlackAnswer();
        }

        var by = await people.NameAsync(installed, workspace.Id, user, ct);
        var origin = new Origin(workspace, installed, by, Surface.Words, SlackJson.Conversation(channel, null, said.Text("channel_type")), said.Text("thread_ts"));
        var reply = await handle(new CommandTyped(delivery, workspace, by, origin.In, SlackText.ToBot(said.Text("text") ?? "", installed.BotUserId)), ct);
        return new SlackAnswer(null, later => answer.SendAsync(Typed(reply), origin, later));
    }

    /// <summary>Typed words come without a trigger: a window cannot be opened from them, and the words that open one say so.</summary>
    private Reply Typed(Reply reply) => reply is Reply.OpenForm ? answer.TypeTheCommand() : reply;

    public static Uri? Address(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var address) ? address : null;
}

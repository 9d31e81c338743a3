using System.Text.Json.Nodes;
using Bot.Chat;
using Bot.Slack.Blocks;
using Bot.Slack.Install;

namespace Bot.Slack.Inbound;

/// <summary>A pressed button, or something typed into a form that is not sent yet.</summary>
internal sealed class TakeAction(HandleInbound handle, AnswerReply answer, ShowHomeTab home, KeepDrafts drafts, SlackPeople people)
{
    public async Task<SlackAnswer> TakeAsync(JsonObject payload, WorkspaceRef workspace, Installed installed, CancellationToken ct)
    {
        if (payload.Text("user", "id") is not { } user || payload.Array("actions") is not [JsonObject pressed, ..] || pressed.Text("action_id") is not { } actionId)
        {
            return new SlackAnswer();
        }

        var view = payload.Object("view");
        if (pressed.Text("type") != "button")
        {
            NoteDraft(view, user, workspace);
            return new SlackAnswer();
        }

        if (pressed.Text("url") is not null)
        {
            return new SlackAnswer();
        }

        var by = await people.NameAsync(installed, workspace.Id, user, ct);
        var origin = Where(payload, view, workspace, installed, by);
        var action = new ActionRef(ActionId.VerbOf(actionId), pressed.Text("value") ?? "");
        var delivery = SlackDelivery.Of(payload)!.Value;
        var reply = await handle(new CardAction(delivery, workspace, by, origin.In, action, origin.On), ct);
        return new SlackAnswer(null, later => ShowAsync(reply, origin, delivery, later)) { Late = later => ShowAsync(reply, origin with { TriggerId = null }, delivery, later) };
    }

    private async Task ShowAsync(Reply reply, Origin origin, DeliveryId delivery, CancellationToken ct)
    {
        await answer.SendAsync(reply, origin, ct);
        if (origin.Surface == Surface.Home)
        {
            await home.PublishAsync(new DeliveryId(delivery.Value + ":home"), origin, ct);
        }
    }

    private static Origin Where(JsonObject payload, JsonObject? view, WorkspaceRef workspace, Installed installed, ChatPerson by)
    {
        var trigger = payload.Text("trigger_id");
        if (view is not null)
        {
            return new Origin(workspace, installed, by, view.Text("type") == "home" ? Surface.Home : Surface.Modal, OpenedFrom.Read(view.Text("private_metadata"))?.Conversation, TriggerId: trigger);
        }

        var channel = payload.Text("channel", "id") ?? payload.Text("container", "channel_id");
        var (message, thread) = (payload.Text("container", "message_ts") ?? payload.Text("message", "ts"), payload.Text("container", "thread_ts") ?? payload.Text("message", "thread_ts"));
        var on = payload.IsOn("container", "is_ephemeral") || channel is null || message is null ? null : new MessageRef(channel, message);
        return new Origin(
            workspace, installed, by, Surface.Message, channel is null ? null : SlackJson.Conversation(channel, payload.Text("channel", "name")),
            // The first message of a thread carries its own time as the thread's.
            thread == message ? null : thread, on, TakeCommand.Address(payload.Text("response_url")), trigger);
    }

    private void NoteDraft(JsonObject? view, string user, WorkspaceRef workspace)
    {
        if (view?.Text("id") is { } viewId && view.Text("callback_id") is { Length: > 0 } form && OpenedFrom.Read(view.Text("private_metadata")) is { } from)
        {
            var state = view.Object("state", "values");
            drafts.Note(viewId, new FormClosed(
                SlackDelivery.Draft(viewId, state), workspace, new ChatPerson(user), from.Conversation, new ActionRef(form, from.Key), ReadState.Read(state)));
        }
    }
}

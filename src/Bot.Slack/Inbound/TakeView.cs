using System.Text.Json.Nodes;
using Bot.Chat;
using Bot.Slack.Blocks;
using Bot.Slack.Install;

namespace Bot.Slack.Inbound;

/// <summary>A form that was sent, or closed without being sent.</summary>
internal sealed class TakeView(HandleInbound handle, AnswerReply answer, ShowHomeTab home, KeepDrafts drafts, SlackPeople people)
{
    public async Task<SlackAnswer> SubmittedAsync(JsonObject payload, WorkspaceRef workspace, Installed installed, CancellationToken ct)
    {
        if (payload.Object("view") is not { } view || Form(view) is not var (form, from) || payload.Text("user", "id") is not { } user)
        {
            return new SlackAnswer();
        }

        var state = view.Object("state", "values");
        var by = await people.NameAsync(installed, workspace.Id, user, ct);
        var origin = new Origin(workspace, installed, by, from.FromHome ? Surface.Home : Surface.Modal, from.Conversation, from.Thread, from.On, null, payload.Text("trigger_id"));
        var viewId = view.Text("id") ?? "";
        await drafts.EndAsync(viewId);
        var delivery = SlackDelivery.Of(payload)!.Value;
        var reply = await handle(new FormSubmitted(delivery, workspace, by, origin.In, form, ReadState.Read(state), from.On), ct);
        if (reply is Reply.FieldErrors or Reply.OpenForm)
        {
            // The window stays, and is typed into again.
            drafts.GoOn(viewId);
        }

        var said = answer.Submitted(reply, origin, view) with { IsAskedAgain = reply is Reply.FieldErrors or Reply.OpenForm };
        Func<CancellationToken, Task>? then = !from.FromHome ? said.Then : async later =>
        {
            if (said.Then is { } first)
            {
                await first(later);
            }

            await home.PublishAsync(new DeliveryId(delivery.Value + ":home"), origin, later);
        };
        return said with { Then = then, Late = then };
    }

    public SlackAnswer Closed(JsonObject payload, WorkspaceRef workspace)
    {
        if (payload.Object("view") is not { } view || Form(view) is not var (form, from) || payload.Text("user", "id") is not { } user || view.Text("id") is not { } viewId)
        {
            return new SlackAnswer();
        }

        // Slack's page shows no input here; where there is some it is the newest.
        if (view.Object("state", "values") is { Count: > 0 } state)
        {
            drafts.Note(viewId, new FormClosed(SlackDelivery.Draft(viewId, state), workspace, new ChatPerson(user), from.Conversation, form, ReadState.Read(state)));
        }

        return new SlackAnswer(null, drafts.SaveAsync);
    }

    private static (ActionRef Form, OpenedFrom From)? Form(JsonObject view) =>
        view.Text("callback_id") is { Length: > 0 } name && OpenedFrom.Read(view.Text("private_metadata")) is { } from ? (new ActionRef(name, from.Key), from) : null;
}

using System.Text.Json.Nodes;
using Bot.Chat;
using Bot.Slack.Blocks;
using Bot.Slack.Install;

namespace Bot.Slack.Inbound;

/// <summary>A form that was sent, or closed without being sent.</summary>
internal sealed class TakeView(InTime inTime, AnswerReply answer, ShowHomeTab home, KeepDrafts drafts, SlackPeople people)
{
    private const string NotYet = "This takes longer than usual and may not be saved yet. Nothing is lost: press the button again in a moment.";

    public async Task<SlackAnswer> SubmittedAsync(JsonObject payload, WorkspaceRef workspace, Installed installed, CancellationToken ct)
    {
        if (payload.Object("view") is not { } view || Form(view) is not var (form, from) || payload.Text("user", "id") is not { } user)
        {
            return new SlackAnswer();
        }

        var state = view.Object("state", "values");
        var by = await people.NameAsync(installed, workspace.Id, user, ct);
        var origin = new Origin(workspace, installed, by, from.FromHome ? Surface.Home : Surface.Modal, from.Conversation, from.Thread, from.On, null, payload.Text("trigger_id"));
        // The same window sent twice with the same words is one delivery; the window's id is the secret of the hash and goes with the window.
        var delivery = SlackJson.Delivery("view", view.Text("id") ?? "", user, form.Name, form.Key, state?.ToJsonString());
        var (reply, work) = await inTime.AskAsync(new FormSubmitted(delivery, workspace, by, origin.In, form, ReadState.Read(state), from.On));
        if (reply is null)
        {
            // Everything typed stays; sent again it is the same delivery, which by then has its answer.
            return AnswerReply.Inputs(view) is [var first, ..]
                ? new SlackAnswer(new JsonObject { ["response_action"] = "errors", ["errors"] = new JsonObject { [first] = NotYet } }, async _ => await work)
                : new SlackAnswer(null, async later => await answer.SendAsync(await work, origin with { TriggerId = null }, later));
        }

        if (reply is not Reply.FieldErrors)
        {
            drafts.Forget(view.Text("id") ?? "");
        }

        var said = answer.Submitted(reply, origin, view);
        return !from.FromHome ? said : said with
        {
            Then = async later =>
            {
                if (said.Then is { } then)
                {
                    await then(later);
                }

                await home.PublishAsync(new DeliveryId(delivery.Value + ":home"), origin, later);
            },
        };
    }

    public async Task<SlackAnswer> ClosedAsync(JsonObject payload, WorkspaceRef workspace, Installed installed, CancellationToken ct)
    {
        if (payload.Object("view") is not { } view || Form(view) is not var (form, from) || payload.Text("user", "id") is not { } user || view.Text("id") is not { } viewId)
        {
            return new SlackAnswer();
        }

        // Slack's page shows no input here; where there is some it is the newest.
        if (view.Object("state", "values") is { Count: > 0 } state)
        {
            drafts.Note(viewId, new FormClosed(SlackJson.Delivery("draft", viewId, state.ToJsonString()), workspace, new ChatPerson(user), from.Conversation, form, ReadState.Read(state)));
        }

        return new SlackAnswer(null, drafts.SaveAsync);
    }

    private static (ActionRef Form, OpenedFrom From)? Form(JsonObject view) =>
        view.Text("callback_id") is { Length: > 0 } name && OpenedFrom.Read(view.Text("private_metadata")) is { } from ? (new ActionRef(name, from.Key), from) : null;
}

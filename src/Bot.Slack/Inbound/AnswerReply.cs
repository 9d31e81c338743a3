using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Bot.Cards;
using Bot.Chat;
using Bot.Slack.Api;
using Bot.Slack.Blocks;
using Microsoft.Extensions.Logging;

namespace Bot.Slack.Inbound;

/// <summary>Brings the product's reply to where it belongs in Slack.</summary>
internal sealed partial class AnswerReply(SlackApi api, RenderBlocks render, CardBook cards, ILogger<AnswerReply> log)
{
    private const string ResultTitle = "Afterpilot";
    private const string TooLate = "Slack waits three seconds for a window to open, and this took longer. Please try again.";

    /// <summary>Several are told the very same card when they ask at the same moment.</summary>
    private readonly ConditionalWeakTable<Card, JsonObject> _bodies = [];

    /// <summary>A reply as the body of a slash command's acknowledgement, shared by all who are told it; null where it goes another way.</summary>
    public JsonObject? Body(Reply reply, Origin origin) => origin.Surface == Surface.Command && CardOf(reply) is { } card ? _bodies.GetValue(card, Ephemeral) : null;

    /// <summary>A reply by the ways outside of the acknowledgement.</summary>
    public async Task SendAsync(Reply reply, Origin origin, CancellationToken ct)
    {
        switch (reply)
        {
            case Reply.Silence:
                break;
            case Reply.OpenForm open:
                await OpenAsync(RenderBlocks.Modal(open.Form, OpenedFrom.Of(open.Form.Ref.Key, origin).Write()), origin, ct);
                break;
            case Reply.ReplaceCard replace when origin.Surface == Surface.Message && origin.ResponseUrl is { } url:
                var replaced = Ephemeral(replace.Card);
                replaced.Remove("response_type");
                replaced["replace_original"] = true;
                if (await api.RespondAsync(url, replaced, ct) is not SlackResult.Ok && origin.On is not null)
                {
                    await UpdateAsync(replace.Card, origin, ct);
                }

                break;
            case Reply.ReplaceCard replace when origin.On is not null:
                await UpdateAsync(replace.Card, origin, ct);
                break;
            // The home is published anew after everything that is done on it.
            case Reply.ReplaceCard when origin.Surface == Surface.Home:
                break;
            case Reply.Whisper or Reply.ReplaceCard:
                await WhisperAsync(CardOf(reply)!, origin, ct);
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>Only the asker sees it.</summary>
    public async Task WhisperAsync(Card card, Origin origin, CancellationToken ct)
    {
        if (origin.Surface is Surface.Home or Surface.Shortcut or Surface.Modal && origin.TriggerId is not null)
        {
            if (await ShowAsync(RenderBlocks.Modal(card, ResultTitle, ""), origin, ct) is not SlackResult.Ok)
            {
                await WhisperAsync(card, origin with { TriggerId = null }, ct);
            }
        }
        else if (origin is { ResponseUrl: { } url, Thread: null } && await api.RespondAsync(url, Ephemeral(card), ct) is SlackResult.Ok)
        {
            // Said where it was asked.
        }
        else if (origin.In is { Kind: not ConversationKind.Personal } place)
        {
            var message = With(render.Message(card), ("channel", place.Id), ("user", origin.By.Id));
            if (origin.Thread is { } thread)
            {
                message["thread_ts"] = thread;
            }

            // Not there, or the bot is not: then it goes to their own chat.
            if (await CallAsync(SlackMethods.PostEphemeral, origin, message, ct) is SlackResult.Failed)
            {
                await CallAsync(SlackMethods.PostMessage, origin, render.Message(card).To(origin.By.Id), ct);
            }
        }
        else
        {
            await CallAsync(SlackMethods.PostMessage, origin, render.Message(card).To(origin.In?.Id ?? origin.By.Id), ct);
        }
    }

    /// <summary>The answer to a form that was sent.</summary>
    /// <param name="view">As Slack gave it back.</param>
    public SlackAnswer Submitted(Reply reply, Origin origin, JsonObject view)
    {
        switch (reply)
        {
            case Reply.FieldErrors wrong:
                return new SlackAnswer(Errors(wrong, view));
            case Reply.OpenForm open:
                return new SlackAnswer(Action("update", RenderBlocks.Modal(open.Form, OpenedFrom.Of(open.Form.Ref.Key, origin).Write())));
            case Reply.Whisper or Reply.ReplaceCard when origin is { In: null, On: null }:
                return new SlackAnswer(origin.Surface == Surface.Home && reply is Reply.ReplaceCard ? null : Action("update", RenderBlocks.Modal(CardOf(reply)!, ResultTitle, "")));
            default:
                // Its window closes; the trigger was spent on opening it.
                return new SlackAnswer(null, ct => SendAsync(reply, origin with { TriggerId = null }, ct));
        }
    }

    public Task PublishHomeAsync(Reply reply, Origin origin, CancellationToken ct) => CardOf(reply) is not { } card ? Task.CompletedTask
        : CallAsync(SlackMethods.ViewsPublish, origin, new JsonObject { ["user_id"] = origin.By.Id, ["view"] = RenderBlocks.Home(card) }, ct);

    public Reply TypeTheCommand() => Notice.Whisper(cards, "That opens a window, which Slack allows from a command only: type `/pilot` and the same words.");

    /// <summary>A plain sentence to the asker, in the acknowledgement of a command.</summary>
    public JsonObject Words(string words) => Ephemeral(cards.Fill(new Notice(words)));

    public static JsonObject Action(string action, JsonObject view) => new() { ["response_action"] = action, ["view"] = view };

    /// <summary>An error at a field the window does not have goes to its first one.</summary>
    private static JsonObject Errors(Reply.FieldErrors wrong, JsonObject view)
    {
        var inputs = Inputs(view);
        var errors = new JsonObject();
        foreach (var (field, error) in wrong.Errors)
        {
            var block = inputs.Contains(field) ? field : inputs[0];
            errors[block] = errors[block] is { } earlier ? $"{earlier} {error}" : error;
        }

        return new JsonObject { ["response_action"] = "errors", ["errors"] = errors };
    }

    public static List<string> Inputs(JsonObject view) =>
        [.. (view["blocks"] as JsonArray ?? []).OfType<JsonObject>().Where(block => (string?)block["type"] == "input").Select(block => (string)block["block_id"]!)];

    private async Task OpenAsync(JsonObject view, Origin origin, CancellationToken ct)
    {
        if (await ShowAsync(view, origin, ct) is not SlackResult.Ok)
        {
            await WhisperAsync(cards.Fill(new Notice(TooLate)), origin with { TriggerId = null }, ct);
        }
    }

    private async Task<SlackResult> ShowAsync(JsonObject view, Origin origin, CancellationToken ct) => origin.TriggerId is { } trigger
        ? await CallAsync(origin.Surface == Surface.Modal ? SlackMethods.ViewsPush : SlackMethods.ViewsOpen, origin, new JsonObject { ["trigger_id"] = trigger, ["view"] = view }, ct)
        : new SlackResult.Failed("no_trigger", []);

    private Task<SlackResult> UpdateAsync(Card card, Origin origin, CancellationToken ct) =>
        CallAsync(SlackMethods.Update, origin, With(render.Message(card), ("channel", origin.On!.ConversationId), ("ts", origin.On.MessageId)), ct);

    private async Task<SlackResult> CallAsync(SlackMethod method, Origin origin, JsonObject arguments, CancellationToken ct)
    {
        var result = await api.CallAsync(method, origin.Installed.Token, origin.Workspace.Id, arguments, ct);
        if (result is SlackResult.Failed failed)
        {
            LogNotShown(method.Name, origin.Workspace.Id, failed.Error);
        }

        return result;
    }

    private JsonObject Ephemeral(Card card) => With(render.Message(card), ("response_type", "ephemeral"), ("replace_original", false));

    private static JsonObject With(SlackMessage message, params (string Name, JsonNode Value)[] more)
    {
        var arguments = new JsonObject { ["text"] = message.Text, ["blocks"] = message.Blocks };
        foreach (var (name, value) in more)
        {
            arguments[name] = value;
        }

        return arguments;
    }

    private static Card? CardOf(Reply reply) => reply switch
    {
        Reply.Whisper whisper => whisper.Card,
        Reply.ReplaceCard replace => replace.Card,
        _ => null,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "An answer was not shown: {Method} in workspace {Workspace} said {Error}")]
    private partial void LogNotShown(string method, string workspace, string error);
}

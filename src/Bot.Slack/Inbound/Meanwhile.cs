using System.Text.Json.Nodes;
using Bot.Slack.Api;

namespace Bot.Slack.Inbound;

/// <summary>What is answered where the product's own answer is not there: it takes longer than Slack waits, or the store is away.</summary>
internal sealed class Meanwhile(AnswerReply answer, SlackApi api)
{
    private const string Slow = "This takes longer than usual. The answer follows here.";
    private const string NotYet = "This takes longer than usual and may not be saved yet. Nothing is lost: press the button again in a moment.";
    private const string NotSaved = "This could not be saved just now. Nothing you typed is lost: press the button again in a moment.";
    private const string NotDone = "That did not work: something I need cannot be reached just now. Please try again in a minute.";

    /// <summary>The acknowledgement while the work goes on.</summary>
    public SlackAnswer WhileItGoesOn(JsonObject payload) => payload.Text("type") switch
    {
        // Not acknowledged: what is not stored yet comes again.
        "event_callback" => new SlackAnswer { IsTaken = false },
        "view_submission" => new SlackAnswer(Standing(payload, NotYet)),
        null => new SlackAnswer(answer.Words(Slow)),
        _ => new SlackAnswer(),
    };

    /// <summary>The acknowledgement of what failed.</summary>
    public SlackAnswer AfterFailure(JsonObject payload) => payload.Text("type") switch
    {
        "event_callback" => new SlackAnswer { IsTaken = false },
        "view_submission" => new SlackAnswer(Standing(payload, NotSaved)),
        null => new SlackAnswer(answer.Words(NotDone)),
        _ => new SlackAnswer(null, ct => SayFailedAsync(payload, ct)),
    };

    /// <summary>Tells of a failure whose acknowledgement has gone, where there is an address for it.</summary>
    public Task SayFailedAsync(JsonObject payload, CancellationToken ct) =>
        TakeCommand.Address(payload.Text("response_url")) is { } address ? api.RespondAsync(address, answer.Words(NotDone), ct) : Task.CompletedTask;

    /// <summary>The window stays open with everything typed; null where it has no field to say it at.</summary>
    private static JsonObject? Standing(JsonObject payload, string words) => payload.Object("view") is { } view && AnswerReply.Inputs(view) is [var first, ..]
        ? new JsonObject { ["response_action"] = "errors", ["errors"] = new JsonObject { [first] = words } }
        : null;
}

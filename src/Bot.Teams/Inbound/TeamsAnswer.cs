using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Bot.Teams.Inbound;

/// <summary>What goes back for one activity.</summary>
/// <param name="Status">202 for what is only taken; an invoke's answer is 200 whenever our code ran.</param>
/// <param name="Body">An invoke's answer; null for none.</param>
/// <param name="Then">What is done once the connector has the answer; a stop of the host waits for it.</param>
internal sealed record TeamsAnswer(int Status = StatusCodes.Status202Accepted, JsonObject? Body = null, Func<CancellationToken, Task>? Then = null)
{
    private const string CardType = "application/vnd.microsoft.card.adaptive";

    /// <summary>Shown in the place of the pressed card, to whoever pressed.</summary>
    public static TeamsAnswer Card(JsonObject content, Func<CancellationToken, Task>? then = null) => Action(200, CardType, content, then);

    /// <summary>A line under the pressed card, to whoever pressed.</summary>
    public static TeamsAnswer Line(string words, Func<CancellationToken, Task>? then = null) => Action(200, "application/vnd.microsoft.activity.message", words, then);

    public static TeamsAnswer Error(string code, string message) =>
        Action(400, "application/vnd.microsoft.error", new JsonObject { ["code"] = code, ["message"] = message }, null);

    /// <summary>A dialog with this in it, opened or in the place of what was in it.</summary>
    public static TeamsAnswer Dialog(string title, JsonObject content) => Task("continue", new JsonObject
    {
        ["title"] = title,
        ["height"] = "large",
        ["width"] = "medium",
        ["card"] = new JsonObject { ["contentType"] = CardType, ["content"] = content },
    });

    /// <summary>A dialog with a sentence in it.</summary>
    public static TeamsAnswer DialogLine(string words, Func<CancellationToken, Task>? then = null) => Task("message", words) with { Then = then };

    /// <summary>The dialog closes.</summary>
    public static TeamsAnswer Closed { get; } = new(StatusCodes.Status200OK);

    private static TeamsAnswer Action(int status, string type, JsonNode value, Func<CancellationToken, Task>? then) =>
        new(StatusCodes.Status200OK, new JsonObject { ["statusCode"] = status, ["type"] = type, ["value"] = value }, then);

    private static TeamsAnswer Task(string type, JsonNode value) =>
        new(StatusCodes.Status200OK, new JsonObject { ["task"] = new JsonObject { ["type"] = type, ["value"] = value } });
}

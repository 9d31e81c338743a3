using System.Text.Json.Nodes;

namespace Bot.Slack.Api;

/// <summary>How a call ended.</summary>
public abstract record SlackResult
{
    private SlackResult()
    {
    }

    /// <summary>Slack did it.</summary>
    public sealed record Ok(JsonObject Body) : SlackResult;

    /// <summary>Slack refused it.</summary>
    /// <param name="Error">The documented name, for example <c>channel_not_found</c>.</param>
    public sealed record Failed(string Error, JsonObject Body) : SlackResult;

    /// <summary>Too many calls of this method in this workspace, or messages in a channel.</summary>
    /// <param name="ForAll">Slack was not asked, and no call of the method in the workspace would be made sooner. A refusal of Slack's own is the card's, on which the store shows that it was tried.</param>
    public sealed record Wait(TimeSpan After, bool ForAll = false) : SlackResult;

    /// <summary>No answer, or none that can be read; whether it was done is not known.</summary>
    public sealed record Unreachable(string Why) : SlackResult;
}

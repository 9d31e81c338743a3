using System.Text.Json.Nodes;

namespace Bot.Slack.Inbound;

/// <summary>What goes back for one delivery, over HTTP or a socket alike.</summary>
/// <param name="Body">Null: an empty acknowledgement. Others may be told the same: it is written, never changed or put into something else.</param>
/// <param name="Then">What is done once Slack has the acknowledgement; the transport waits for it before it stops.</param>
internal sealed record SlackAnswer(JsonNode? Body = null, Func<CancellationToken, Task>? Then = null)
{
    /// <summary>False: not acknowledged, so that Slack sends it again.</summary>
    public bool IsTaken { get; init; } = true;

    /// <summary>In place of <see cref="Body"/> and <see cref="Then"/> where the acknowledgement had to go before this was known.</summary>
    public Func<CancellationToken, Task>? Late { get; init; }

    /// <summary>The same form sent again is asked about again: what was wrong with it may be right by then.</summary>
    public bool IsAskedAgain { get; init; }
}

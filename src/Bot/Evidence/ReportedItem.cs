using System.Security.Cryptography;
using System.Text;
using Bot.Chat;
using Bot.Initiatives;

namespace Bot.Evidence;

/// <summary>One thing a report says, before it is known whether it was said already.</summary>
public sealed record ReportedItem(EvidenceSource Source, string Series, Verdict Verdict)
{
    public double? Value { get; init; }
    public string? Unit { get; init; }
    public double? Threshold { get; init; }
    public string? Method { get; init; }
    public string? Text { get; init; }

    /// <summary>Null where the form has no time of its own.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Null for what is no alert.</summary>
    public AlertMark? Alert { get; init; }

    /// <summary>What else tells two items apart that are equal in all that is kept.</summary>
    public string? Apart { get; init; }

    /// <summary>
    /// Equal for what is the same item sent again. An alert is what its sender says it is; anything else is its content at its time, and
    /// what has no time is the same for one UTC day.
    /// </summary>
    public string SameAs(DateTimeOffset received) => Alert is { } alert ? alert.SameAs(alert.Firing) : Hash(
        $"{Source}", Series, At is { } at ? $"{at.ToUnixTimeMilliseconds()}" : $"{received.UtcDateTime:yyyy-MM-dd}", $"{Value:R}", $"{Threshold:R}",
        Method, Unit, Text, $"{Verdict}", Apart);

    public EvidenceItem ToItem(EvidenceItemId id, WorkspaceId workspace, InitiativeId initiative, DateTimeOffset received) => new()
    {
        Id = id,
        WorkspaceId = workspace,
        InitiativeId = initiative,
        SameAs = SameAs(received),
        Source = Source,
        Series = Series,
        Value = Value,
        Unit = Unit,
        Threshold = Threshold,
        Method = Method,
        Verdict = Verdict,
        Text = Text,
        // A chunk of data may end after today; what is said about it is said now.
        At = At is { } at && at < received ? at : received,
        ReceivedAt = received,
    };

    internal static string Hash(params IEnumerable<string?> parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001F', parts))));
}

/// <summary>What tells alerts apart, and the end of one from its beginning.</summary>
public sealed record AlertMark(string Fingerprint, DateTimeOffset StartsAt, bool Firing)
{
    /// <summary>What the alert is stored as while it fires, or when it is resolved.</summary>
    public string SameAs(bool firing) => ReportedItem.Hash("alert", Fingerprint, $"{StartsAt.ToUnixTimeMilliseconds()}", firing ? "firing" : "resolved");
}

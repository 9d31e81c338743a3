using Bot.Chat;
using Bot.Initiatives;

namespace Bot.Evidence;

/// <summary>What a monitor says about drift.</summary>
public enum Verdict
{
    /// <summary>It gave a value without saying how to read it; nothing is guessed.</summary>
    Unknown,
    None,
    Possible,
    Drift,
}

/// <summary>Whose form an item came in.</summary>
public enum EvidenceSource
{
    Plain,
    Evidently,
    Alertmanager,
    Grafana,
    NannyMl,
}

/// <summary>One thing a monitor reported, stored once however often it is sent.</summary>
public sealed class EvidenceItem
{
    public required EvidenceItemId Id { get; init; }
    public required WorkspaceId WorkspaceId { get; init; }
    public required InitiativeId InitiativeId { get; init; }

    /// <summary>What makes it the same item when it comes again; unique within the initiative.</summary>
    public required string SameAs { get; init; }
    public required EvidenceSource Source { get; init; }

    /// <summary>The metric, column or alert it is about.</summary>
    public required string Series { get; init; }
    public double? Value { get; init; }
    public string? Unit { get; init; }
    public double? Threshold { get; init; }

    /// <summary>The statistical test or distance, as the monitor names it.</summary>
    public string? Method { get; init; }
    public required Verdict Verdict { get; set; }

    /// <summary>The monitor's own words, if it had any.</summary>
    public string? Text { get; init; }

    /// <summary>What the value is about, or when the report came where the form has no time of its own.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When an alert ended; null while it fires, and for what is no alert.</summary>
    public DateTimeOffset? EndedAt { get; set; }
    public required DateTimeOffset ReceivedAt { get; init; }
}

/// <summary>Lets one monitor send evidence about one initiative. The key itself is shown once and only its hash is kept.</summary>
public sealed class EvidenceKey
{
    public required EvidenceKeyId Id { get; init; }
    public required WorkspaceId WorkspaceId { get; init; }
    public required InitiativeId InitiativeId { get; init; }

    /// <summary>SHA-256 of the key, in hexadecimal.</summary>
    public required string Hash { get; init; }

    /// <summary>What its maker calls it.</summary>
    public required string Label { get; set; }
    public required PersonId CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? LastUsedAt { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }
}

public readonly record struct EvidenceItemId(Guid Value) : IId<EvidenceItemId>
{
    public static EvidenceItemId From(Guid value) => new(value);

    public override string ToString() => Value.ToString("N");
}

public readonly record struct EvidenceKeyId(Guid Value) : IId<EvidenceKeyId>
{
    public static EvidenceKeyId From(Guid value) => new(value);

    public override string ToString() => Value.ToString("N");
}

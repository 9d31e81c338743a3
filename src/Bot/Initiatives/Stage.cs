using Bot.Chat;

namespace Bot.Initiatives;

/// <summary>Where an initiative stands on its way from pilot to everyday use.</summary>
public enum Stage
{
    Idea,
    Pilot,
    Deploying,
    Production,
    Stalled,
    Retired,
}

/// <summary>An initiative moved on, or was registered: dated, with an author and a reason.</summary>
public sealed class StageChange
{
    public required StageChangeId Id { get; init; }
    public required InitiativeId InitiativeId { get; init; }

    /// <summary>Null when it was registered.</summary>
    public Stage? From { get; init; }
    public required Stage To { get; init; }
    public string? Reason { get; set; }

    /// <summary>Null when nobody is known to have done it.</summary>
    public PersonId? By { get; set; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>What keeps an initiative from production.</summary>
public enum Cause
{
    DataQuality,
    RiskOrCompliance,
    Cost,
    UnclearValue,
    Integration,
    NoOwner,
    UserAdoption,
    Training,
    ModelQualityOrDrift,
    Security,
    Deprioritised,

    /// <summary>No clear answer.</summary>
    Unknown,
}

/// <summary>What specifically prevented an initiative from reaching production, as somebody said it; the newest one counts.</summary>
public sealed class Obstacle
{
    public required ObstacleId Id { get; init; }
    public required WorkspaceId WorkspaceId { get; init; }
    public required InitiativeId InitiativeId { get; init; }
    public required Cause Cause { get; init; }

    /// <summary>One sentence, verbatim; null when only a cause was chosen.</summary>
    public string? Sentence { get; set; }
    public PersonId? By { get; set; }
    public required DateTimeOffset At { get; init; }
}

public readonly record struct StageChangeId(Guid Value) : IId<StageChangeId>
{
    public static StageChangeId From(Guid value) => new(value);

    public override string ToString() => Value.ToString("N");
}

public readonly record struct ObstacleId(Guid Value) : IId<ObstacleId>
{
    public static ObstacleId From(Guid value) => new(value);

    public override string ToString() => Value.ToString("N");
}

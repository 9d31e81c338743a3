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

/// <summary>One AI capability or product on its way from pilot to everyday use.</summary>
public sealed class Initiative
{
    public required InitiativeId Id { get; init; }
    public required WorkspaceId WorkspaceId { get; init; }
    public required string Name { get; set; }
    public Stage Stage { get; set; } = Stage.Pilot;

    /// <summary>The product owner: accountable for whether anyone uses it.</summary>
    public PersonId? OwnerId { get; set; }
    public BehaviourMetric? Metric { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Part of the sample portfolio: marked wherever it is shown, and removable.</summary>
    public bool IsSample { get; set; }
}

/// <summary>The one number that says whether somebody's work changed.</summary>
public sealed record BehaviourMetric(string Name, string? Unit, double? Baseline, double? Target);

public readonly record struct InitiativeId(Guid Value) : IId<InitiativeId>
{
    public static InitiativeId From(Guid value) => new(value);

    public override string ToString() => Value.ToString("N");
}

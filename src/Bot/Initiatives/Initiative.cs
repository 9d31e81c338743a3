using Bot.Chat;

namespace Bot.Initiatives;

/// <summary>One AI capability or product on its way from pilot to everyday use.</summary>
public sealed class Initiative
{
    public required InitiativeId Id { get; init; }
    public required WorkspaceId WorkspaceId { get; init; }
    public required string Name { get; set; }
    public Stage Stage { get; set; } = Stage.Pilot;

    /// <summary>The product owner: accountable for whether anyone uses it.</summary>
    public PersonId? OwnerId { get; set; }

    /// <summary>Who makes it; the same person as the owner is a warning.</summary>
    public PersonId? BuilderId { get; set; }
    public OutcomeStatement Outcome { get; set; } = OutcomeStatement.Blank;
    public BehaviourMetric? Metric { get; set; }

    /// <summary>In the currency the team counts in; compared with <see cref="DeploymentBudget"/> only.</summary>
    public double? PilotCost { get; set; }
    public double? DeploymentBudget { get; set; }

    /// <summary>The one data source trusted enough to start with.</summary>
    public string? TrustedSource { get; set; }
    public string? WhatChanges { get; set; }
    public string? WhatDoesNot { get; set; }

    /// <summary>When the pilot is meant to end; null counts as twelve weeks after it began.</summary>
    public DateOnly? PlannedEnd { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Part of the sample portfolio: marked wherever it is shown, and removable.</summary>
    public bool IsSample { get; set; }
}

/// <summary>"We believe [capability] will cause [behaviour change] for [user group] within [timeframe]": four blanks, all needed.</summary>
public sealed record OutcomeStatement(string? Capability, string? BehaviourChange, string? UserGroup, string? Timeframe)
{
    public static OutcomeStatement Blank { get; } = new(null, null, null, null);

    /// <summary>The sentence; a blank that is open stands in it in brackets.</summary>
    public string Sentence =>
        $"We believe {Capability ?? "[capability]"} will cause {BehaviourChange ?? "[behaviour change]"} for {UserGroup ?? "[user group]"} within {Timeframe ?? "[timeframe]"}";
}

/// <summary>Which way is better.</summary>
public enum Direction
{
    Up,
    Down,
}

/// <summary>The one number that says whether somebody's work changed.</summary>
public sealed record BehaviourMetric(string Name, string? Unit, double? Baseline, double? Target)
{
    /// <summary>Null: from baseline towards target, or up where one of them is missing.</summary>
    public Direction? Wanted { get; init; }

    public Direction Better => Wanted ?? (Target < Baseline ? Direction.Down : Direction.Up);
}

public readonly record struct InitiativeId(Guid Value) : IId<InitiativeId>
{
    public static InitiativeId From(Guid value) => new(value);

    public override string ToString() => Value.ToString("N");
}

using Bot.Cards;

namespace Bot.Initiatives;

/// <summary>What the register does not say yet about an initiative, the most telling first.</summary>
public static class OpenItems
{
    /// <summary>Deployment takes three to five times the pilot; below this it is said so.</summary>
    public const double FewestTimes = 3;

    public static IReadOnlyList<string> Of(Initiative it)
    {
        (string Item, bool IsOpen)[] items =
        [
            ("owner", it.OwnerId is null),
            ("capability", it.Outcome.Capability is null),
            ("behaviour change", it.Outcome.BehaviourChange is null),
            ("user group", it.Outcome.UserGroup is null),
            ("timeframe", it.Outcome.Timeframe is null),
            ("behaviour metric", it.Metric is null),
            ("baseline of the metric", it.Metric is { Baseline: null }),
            ("target of the metric", it.Metric is { Target: null }),
            ("builder", it.BuilderId is null),
            ("pilot cost", it.PilotCost is null),
            ("deployment budget", it.DeploymentBudget is null),
            ("trusted data source", it.TrustedSource is null),
            ("what will change for people", it.WhatChanges is null),
            ("what will not change", it.WhatDoesNot is null),
            ("planned end of the pilot", it is { PlannedEnd: null, Stage: Stage.Idea or Stage.Pilot }),
        ];
        return [.. items.Where(i => i.IsOpen).Select(i => i.Item)];
    }

    /// <summary>What production cannot do without and this one lacks; empty when it may go there.</summary>
    public static IReadOnlyList<string> ForProduction(Initiative it) =>
    [
        .. it.OwnerId is null ? ["an owner"] : Array.Empty<string>(),
        .. it.Metric is null || ModelMetric.Is(it.Metric.Name) ? ["a behaviour metric"] : Array.Empty<string>(),
    ];

    /// <summary>Null when the budget is enough, or one of the two is not known.</summary>
    public static string? BudgetNote(double? pilotCost, double? budget) =>
        pilotCost is { } cost && budget is { } has && cost > 0 && has < FewestTimes * cost
            ? $"The deployment budget is {Say.Number(has / cost)} times the pilot. Integration, training, change and data upkeep usually take three to five times."
            : null;
}

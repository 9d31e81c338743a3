using Bot.Chat;
using Bot.CheckIns;
using Bot.Evidence;
using Bot.Initiatives;
using Bot.Loops;
using Bot.Warnings;

namespace Bot.Tests.Warnings;

/// <summary>Facts in which no rule finds anything, and what a test changes about them.</summary>
internal sealed class Facts
{
    /// <summary>A Thursday.</summary>
    public static DateOnly Today { get; } = new(2026, 11, 26);

    private static readonly PersonId Owner = PersonId.From(Guid.NewGuid());
    private WarningFacts _facts;

    private Facts(WarningFacts facts) => _facts = facts;

    /// <summary>A pilot in its ninth week with everything filled in and nothing wrong.</summary>
    public static Facts Fine(Stage stage = Stage.Pilot, int weeksInStage = 8) => new(new WarningFacts
    {
        Today = Today,
        RegisteredOn = Ago(weeksInStage),
        StageSince = Ago(weeksInStage),
        Initiative = new Initiative
        {
            Id = InitiativeId.From(Guid.NewGuid()), WorkspaceId = WorkspaceId.From(Guid.NewGuid()), Name = "Churn predictor", Stage = stage, OwnerId = Owner,
            Outcome = new OutcomeStatement("a score", "call the risky ones first", "sales", "by March"), Metric = new BehaviourMetric("Calls changed", "calls", 20, 60),
            PilotCost = 100, DeploymentBudget = 400, TrustedSource = "CRM", WhatChanges = "the call list", WhatDoesNot = "targets", CreatedAt = default,
        },
    });

    public static DateOnly Ago(int weeks) => Today.AddDays(-7 * weeks);

    public static PersonId TheOwner => Owner;

    public Facts But(Action<Initiative> change)
    {
        change(_facts.Initiative);
        return this;
    }

    public Facts With(Func<WarningFacts, WarningFacts> change)
    {
        _facts = change(_facts);
        return this;
    }

    /// <summary>The last so many weeks up to today, each fine but for the change; 0 is the oldest.</summary>
    public Facts Weeks(int count, Func<WeekInNumbers, int, WeekInNumbers>? change = null) => With(f => f with
    {
        Weeks = [.. Enumerable.Range(0, count).Select(i => (change ?? ((week, _) => week))(Week(Ago(count - 1 - i)), i))],
    });

    /// <summary>A week for each value.</summary>
    public Facts Values<T>(IReadOnlyList<T> values, Func<WeekInNumbers, T, WeekInNumbers> change) => Weeks(values.Count, (week, i) => change(week, values[i]));

    public Facts Earlier(params Earlier[] earlier) => With(f => f with { Earlier = earlier });

    public static Earlier Stopped(string name, int weeksAgo, Cause? cause = null, bool clear = false, bool ended = true) =>
        new(InitiativeId.From(Guid.NewGuid()), name, Ago(weeksAgo), ended, cause, clear);

    public Facts ActionAdded(int weeksAgo) => With(f => f with { ActionsAdded = [.. f.ActionsAdded, Ago(weeksAgo)] });

    public Facts Decided(string text) => With(f => f with { Decisions = [.. f.Decisions, new Written(Today, text)] });

    public Facts Monitor(Verdict verdict, params int[] weeksAgo) =>
        With(f => f with { Monitors = [.. f.Monitors, .. weeksAgo.Select(w => new Monitored(Ago(w), "amount", verdict))] });

    public WarningFacts Build() => _facts;

    public Finding? Look(IRule rule, params (string Name, double Value)[] set) => rule.Look(_facts, new Thresholds(set.ToDictionary(s => s.Name, s => s.Value)));

    public int LevelOf(IRule rule, params (string Name, double Value)[] set) => Look(rule, set)?.Level ?? 0;

    private static WeekInNumbers Week(DateOnly review) => new(
        RoundId.From(Guid.NewGuid()), review, RoundState.Closed, Imported: false, Held: true, Asked: 8, Answered: 8, Counted: 8, Rated: 8, Mean: 4, Unused: 0,
        Struggles: new Dictionary<Struggles, int>(), DriftYes: 0, DriftNotSure: 0, DriftNo: 8, Metric: null, SupportHours: null,
        UsersAsked: 6, UsersAnswered: 6, BuildersAnswered: 1, Decisions: 1, Actions: 1, Experiments: 0);
}

internal static class WeekChanges
{
    public static WeekInNumbers Named(this WeekInNumbers week, Struggles struggle, int people) =>
        week with { Struggles = new Dictionary<Struggles, int> { [struggle] = people } };

    public static WeekInNumbers Skipped(this WeekInNumbers week) => week with { State = RoundState.Skipped, Held = null, Asked = 0, Answered = 0, Counted = 0 };

    public static WeekInNumbers Imported(this WeekInNumbers week) => week with { Imported = true, Held = null, Asked = null, UsersAsked = 0, UsersAnswered = 0, Decisions = 0, Actions = 0 };
}

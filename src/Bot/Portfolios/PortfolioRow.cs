using Bot.Cards;
using Bot.CheckIns;
using Bot.Digests;
using Bot.Initiatives;
using Bot.Loops;
using Bot.Trends;

namespace Bot.Portfolios;

/// <summary>What an initiative needs of the managers, the worst first.</summary>
public enum Need
{
    CriticalWarning,
    Warning,
    PerformanceDown,
    NoLoop,
    NoReview,
    ReviewNotHeld,
    Overdue,
}

/// <summary>One initiative as a row of the portfolio. Pure.</summary>
/// <param name="When">"pilot, week 9 of 12 · Dana K.".</param>
/// <param name="Needs">The worst of what needs somebody: "review not held"; the rest is in the other columns. Null when nothing does.</param>
/// <param name="Performance">This week's mean with what it means, or why there is none.</param>
/// <param name="Answers">"7 of 9 answered, review held"; null without a week.</param>
/// <param name="Adoption">"3 of 10 users rely on it".</param>
/// <param name="Open">Overdue actions and open warnings.</param>
public sealed record PortfolioRow(string Name, bool IsSample, string When, string? Needs, string Performance, string? Answers, string? Adoption, string Open)
{
    private const int LongestName = 60;
    private const int LongestOwner = 40;
    private const int LongestReason = 80;
    private const int SilentDays = 14;
    private static readonly Measure Rating = new(SeriesName.Performance, null);

    public static PortfolioRow Of(InitiativeFacts facts, PortfolioFacts all) => new(
        Say.Shortened(facts.Initiative.Name, LongestName),
        facts.Initiative.IsSample,
        $"{TimeInStage.InWords(facts.Initiative, facts.Since, all.At)} · {(facts.Owner is { } owner ? Say.Shortened(owner, LongestOwner) : "no owner yet")}",
        NeedsOf(facts, all) is [var worst, ..] ? InWords(worst, facts) : null,
        Week(facts.Loop, Today(all)),
        Answered(facts.Loop?.Week),
        facts.Loop?.Reliance?.ToString(),
        OpenOf(facts));

    /// <summary>The worst first; empty when nobody has to do anything.</summary>
    public static IReadOnlyList<Need> NeedsOf(InitiativeFacts facts, PortfolioFacts all)
    {
        var live = facts.Initiative.Stage is Stage.Pilot or Stage.Deploying or Stage.Production;
        var level = facts.Warnings.Select(w => w.Level).DefaultIfEmpty().Max();
        return
        [
            .. level >= 3 ? [Need.CriticalWarning] : level == 2 ? [Need.Warning] : Array.Empty<Need>(),
            .. Signal(facts.Loop) is { Up: false } ? [Need.PerformanceDown] : Array.Empty<Need>(),
            .. live && facts.Loop is null ? [Need.NoLoop] : Array.Empty<Need>(),
            .. live && IsSilent(facts.Loop, all) ? [Need.NoReview] : Array.Empty<Need>(),
            .. facts.Loop?.Week is { Held: false } ? [Need.ReviewNotHeld] : Array.Empty<Need>(),
            .. facts.Overdue > 0 ? [Need.Overdue] : Array.Empty<Need>(),
        ];
    }

    public static string InWords(Need need, InitiativeFacts facts) => need switch
    {
        Need.CriticalWarning => $"critical: {Rule(Worst(facts))}",
        Need.Warning => $"warning: {Rule(Worst(facts))}",
        Need.PerformanceDown => "performance down",
        Need.NoLoop => "no weekly loop",
        Need.NoReview => "no review for weeks",
        Need.ReviewNotHeld => "review not held",
        _ => $"{facts.Overdue} overdue",
    };

    /// <summary>A loop that is not paused, and of which nothing has been heard for two weeks.</summary>
    private static bool IsSilent(LoopFacts? loop, PortfolioFacts all) => loop is { Paused: null, Week: null }
        && Today(all).DayNumber - (loop.LastReview ?? WeeklySlot.DateIn(loop.StartedAt, all.Zone)).DayNumber > SilentDays;

    private static string Week(LoopFacts? loop, DateOnly today) => loop switch
    {
        null => "no weekly loop",
        { Week: { State: RoundState.Skipped, SkippedBecause: var reason } } => "left out" + (reason is null ? "" : $": {Say.Shortened(reason, LongestReason)}"),
        { Week.Mean: { } mean } => $"{Words.Mean(mean)} of 5, {TrendWords.Brief(loop.Performance, Rating)}",
        { Week: not null } => "too few answers to show",
        { Paused: { } why } => "paused" + (why.Length == 0 ? "" : $": {Say.Shortened(why, LongestReason)}"),
        { LastReview: null, NextReview: { } first } => $"first review {Say.Date(first, today)}",
        { LastReview: { } last } => $"no review this week, last {Say.Date(last, today)}",
        _ => "no review yet",
    };

    private static string? Answered(PortfolioWeek? week) => week is not { State: RoundState.Closed, Asked: { } asked } ? null
        : $"{week.Answered} of {asked} answered" + week.Held switch { true => ", review held", false => ", review not held", null => "" };

    private static string OpenOf(InitiativeFacts facts)
    {
        string?[] open =
        [
            facts.Overdue > 0 ? $"{Say.Count(facts.Overdue, "action")} overdue" : null,
            facts.Warnings.Count > 0 ? $"{Say.Count(facts.Warnings.Count, "warning")}: {Rule(Worst(facts))}{(facts.Warnings.Count > 1 ? " ..." : "")}" : null,
        ];
        return open.OfType<string>().ToList() is { Count: > 0 } some ? string.Join("; ", some) : "nothing";
    }

    private static OpenWarning Worst(InitiativeFacts facts) => facts.Warnings.OrderByDescending(w => w.Level).ThenBy(w => w.Rule, StringComparer.Ordinal).First();

    /// <summary>"behaviour-flat" is "behaviour flat".</summary>
    private static string Rule(OpenWarning warning) => warning.Rule.Replace('-', ' ');

    /// <summary>A signal this week is part of; a week too few answered is part of none.</summary>
    private static Signal? Signal(LoopFacts? loop) => loop?.Week?.Mean is null ? null : loop.Performance.Current.FirstOrDefault();

    private static DateOnly Today(PortfolioFacts all) => WeeklySlot.DateIn(all.At, all.Zone);
}

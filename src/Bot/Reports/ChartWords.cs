using Bot.Cards;
using Bot.Trends;

namespace Bot.Reports;

/// <summary>What a chart says, in words: the same for those who see it and those who hear it. Pure.</summary>
public static class ChartWords
{
    /// <summary>Signal, routine variation, or why neither can be said.</summary>
    public static string Finding(ReportedSeries series, DateOnly today) => series.Chart.Now switch
    {
        null or { State: LimitState.Collecting } => $"Collecting, {series.Chart.Now?.Weeks ?? 0} of {ProcessBehaviourChart.TrialWeeks} weeks: nothing is said about a trend yet.",
        { Limits: null, Weeks: var weeks } => $"No limits: in its first {weeks} weeks the value did not move.",
        _ when HasSignal(series) => $"Signal: {Current(series, today)}.",
        _ => "Routine variation: nothing in the last week stands out.",
    };

    /// <summary>The signals that the last week is part of.</summary>
    public static string Current(ReportedSeries series, DateOnly today) => string.Join("; ", series.Chart.Current.Select(s => Signal(series, s, today)));

    public static bool HasSignal(ReportedSeries series) => series.Chart.Current.Any();

    /// <summary>The limits that hold now, how far they can be trusted, and what they cannot show; null where there are none.</summary>
    public static string? Limits(ReportedSeries series) => series.Chart.Now is { Limits: { } limits } run
        ? $"{Bounds(series.Words, limits)}; {Trust(run)}." + (limits.SmallestVisible is { } least ? $" A change under {series.Words.Value(least)} would not show yet." : "")
        : null;

    /// <summary>Signals before the last week, newest first.</summary>
    public static IReadOnlyList<string> Earlier(ReportedSeries series, DateOnly today) =>
        [.. series.Chart.Signals.Where(s => s.To != series.Chart.Last).OrderByDescending(s => s.To).ThenBy(s => s.Rule).Select(s => Signal(series, s, today))];

    /// <summary>The whole chart in some sentences, for those who cannot see it.</summary>
    public static string Alternative(ReportedSeries series, DateOnly today)
    {
        var weeks = series.Chart.Series.Weeks;
        var last = weeks[series.Chart.Last!.Value];
        var earlier = Earlier(series, today);
        return string.Join(' ', new[]
        {
            $"{series.Words.Title}, {series.Words.Of}: {Say.Count(weeks.Count, "week")} from {Week(weeks[0].ReviewDate, today)} to {Week(weeks[^1].ReviewDate, today)},"
                + $" {weeks.Count(w => w.Value is not null)} with a value; the last is {series.Words.Value(last.Value!.Value)}.",
            Finding(series, today),
            Limits(series),
            earlier.Count == 0 ? null : $"Earlier signals: {string.Join("; ", earlier)}.",
            "The values are in the table after the chart.",
        }.OfType<string>());
    }

    /// <summary>"below the lower limit 3.2 in the week of 16 Nov".</summary>
    public static string Signal(ReportedSeries series, Signal signal, DateOnly today)
    {
        var limits = series.RunAt(signal.From).Limits!;
        var (side, near) = signal.Up ? ("above", "upper") : ("below", "lower");
        var (from, to) = (Date(signal.From), Date(signal.To));
        var words = signal.Rule switch
        {
            SignalRule.OutsideLimits => $"{side} the {near} limit {series.Words.Value((signal.Up ? limits.UpperLimit : limits.LowerLimit)!.Value)} in the week of {to}",
            SignalRule.EightOnOneSide => $"{Values()} weeks in a row {side} the mean {series.Words.Value(limits.Mean)}, {from} to {to}",
            _ => $"three of four near the {near} limit, {from} to {to}",
        };
        return signal.Trial ? words + " (trial limits)" : words;

        string Date(int place) => Week(series.Chart.Series.Weeks[place].ReviewDate, today);

        int Values() => Enumerable.Range(signal.From, signal.To - signal.From + 1).Count(i => series.Chart.Series.Weeks[i].Value is not null);
    }

    /// <summary>A rule in as few words as a table has room for.</summary>
    public static string Short(Signal signal) => signal.Rule switch
    {
        SignalRule.OutsideLimits => signal.Up ? "above the limit" : "below the limit",
        SignalRule.EightOnOneSide => signal.Up ? "8 above the mean" : "8 below the mean",
        _ => signal.Up ? "3 of 4 near the upper limit" : "3 of 4 near the lower limit",
    };

    /// <summary>The Monday, as weeks are named everywhere.</summary>
    public static string Week(DateOnly reviewDate, DateOnly today) => Say.Date(Say.Monday(reviewDate), today);

    public static string Bounds(SeriesWords words, Limits limits) => $"Mean {words.Value(limits.Mean)}, " + (limits.LowerLimit, limits.UpperLimit) switch
    {
        (null, null) => "no limit inside what is possible",
        ({ } lower, null) => $"lower limit {words.Value(lower)}, no upper one inside what is possible",
        (null, { } upper) => $"upper limit {words.Value(upper)}, no lower one inside what is possible",
        ({ } lower, { } upper) => $"limits {words.Value(lower)} to {words.Value(upper)}",
    };

    private static string Trust(ChartRun run) => run.State == LimitState.Locked
        ? $"locked from the first {ProcessBehaviourChart.LockedWeeks} weeks"
        : $"trial limits from {run.Weeks} weeks, moving until there are {ProcessBehaviourChart.LockedWeeks}";
}

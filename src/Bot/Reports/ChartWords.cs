using Bot.Cards;
using Bot.Trends;

namespace Bot.Reports;

/// <summary>What the report says about a chart: the words of <see cref="TrendWords"/>, the same for those who see it and those who hear it. Pure.</summary>
public static class ChartWords
{
    private const string Begins = "signal: ";

    /// <summary>Signal, routine variation, or why neither can be said.</summary>
    public static string Finding(ReportedSeries series) => Sentence(TrendWords.Of(series.Chart, series.Words.Measure));

    public static bool HasSignal(ReportedSeries series) => TrendWords.HasSignal(series.Chart);

    /// <summary>The signal of the last week, for a list that calls it one.</summary>
    public static string Current(ReportedSeries series) => TrendWords.Of(series.Chart, series.Words.Measure)[Begins.Length..];

    /// <summary>The limits that hold now and, where a signal has taken its place, what could not show; null where there are none.</summary>
    public static string? Limits(ReportedSeries series) => series.Chart.Now is { Limits: { } limits } run
        ? Sentence(TrendWords.Run(series.Chart, run, series.Words.Measure))
            + (HasSignal(series) && limits.SmallestVisible is { } least ? $" A change under {series.Words.Measure.Say(least)} would not show yet." : "")
        : null;

    /// <summary>Signals before the last week, newest first.</summary>
    public static IReadOnlyList<string> Earlier(ReportedSeries series, DateOnly today) =>
    [
        .. series.Chart.Signals.Where(s => !HasSignal(series) || s.To != series.Chart.Last).OrderByDescending(s => s.To).ThenBy(s => s.Rule)
            .Select(s => TrendWords.Past(series.Chart, s, series.Words.Measure, today)),
    ];

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
            Finding(series),
            Limits(series),
            earlier.Count == 0 ? null : $"Earlier signals: {string.Join("; ", earlier)}.",
            "The values are in the table after the chart.",
        }.OfType<string>());
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

    private static string Sentence(string words) => $"{char.ToUpperInvariant(words[0])}{words[1..]}.";
}

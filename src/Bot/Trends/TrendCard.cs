using System.Globalization;
using Bot.Cards;

namespace Bot.Trends;

/// <param name="Key">"loop:series".</param>
/// <param name="Words">Signal or routine variation, in a sentence.</param>
/// <param name="Lines">What the chart draws: the series, and per run its mean and limits.</param>
/// <param name="Sparkline">The same values for where no chart can be drawn.</param>
/// <param name="Range">"lowest 2.4 to highest 3.9".</param>
/// <param name="Limits">Of each run, in words.</param>
/// <param name="Gaps">Weeks without a value, in words; null without one.</param>
/// <param name="Signals">Each with rule and weeks, newest first.</param>
/// <param name="Breaks">From which week limits were set anew, and why.</param>
/// <param name="MayRebase">The reader is the owner or an admin.</param>
public sealed record TrendCard(
    string Key,
    string Initiative,
    string Series,
    string Words,
    bool IsSignal,
    IReadOnlyList<ChartLine> Lines,
    string Sparkline,
    string Range,
    IReadOnlyList<string> Limits,
    string? Gaps,
    IReadOnlyList<string> Signals,
    int MoreSignals,
    IReadOnlyList<string> Breaks,
    IReadOnlyList<SeriesChoice> Others,
    bool MayRebase) : ICardData
{
    private const int MostGaps = 6;

    public static string Template => "trend";

    /// <param name="from">The place of the first week shown; limits are still those of all weeks.</param>
    public static TrendCard Of(
        string loop, string initiative, ProcessBehaviourChart chart, Measure measure, int from, int mostSignals,
        IReadOnlyList<string> breaks, IReadOnlyList<SeriesChoice> others, bool mayRebase)
    {
        var weeks = chart.Series.Weeks;
        var today = weeks[^1].ReviewDate;
        var shown = weeks.Skip(from).ToList();
        var values = shown.Select(w => w.Value).OfType<double>().ToList();
        var runs = chart.Runs.Where(r => r.To >= from).ToList();
        var signals = chart.Signals.Where(s => s.To >= from).OrderByDescending(s => s.To).ThenBy(s => s.Rule).ToList();
        return new TrendCard(
            SeriesOfLoop.Key(loop, measure.Series),
            initiative,
            measure.Label,
            TrendWords.Of(chart, measure),
            TrendWords.HasSignal(chart),
            [
                new ChartLine(measure.Label, "categoricalBlue", [.. shown.Where(w => w.Value is not null).Select(w => Point(w.ReviewDate, w.Value!.Value, measure))]),
                .. runs.Where(r => r.Limits is not null).SelectMany(r => Bounds(r, Math.Max(r.From, from), weeks, runs.Count > 1, measure)),
            ],
            Say.Sparkline(shown.Select(w => w.Value), chart.Series.Least ?? values.DefaultIfEmpty().Min(), chart.Series.Most ?? values.DefaultIfEmpty().Max()),
            values.Count == 0 ? "no figures in these weeks" : $"from {measure.Say(values.Min())} to {measure.Say(values.Max())} in {Say.Count(values.Count, "week")}, last {measure.Say(values[^1])}",
            [.. runs.Select(r => TrendWords.Run(chart, r, measure))],
            Missing([.. shown.Where(w => w.Value is null).Select(w => Say.Date(Say.Monday(w.ReviewDate), today))]),
            [.. signals.Take(mostSignals).Select(s => TrendWords.Past(chart, s, measure, today))],
            Math.Max(0, signals.Count - mostSignals),
            breaks,
            others,
            mayRebase);
    }

    private static string? Missing(List<string> weeks) => weeks.Count == 0 ? null
        : "Without a figure: week of " + string.Join(", ", weeks.Take(MostGaps)) + (weeks.Count > MostGaps ? $" and {weeks.Count - MostGaps} more" : "");

    private static IEnumerable<ChartLine> Bounds(ChartRun run, int from, IReadOnlyList<WeekValue> weeks, bool several, Measure measure)
    {
        var since = several ? $" from {Say.Date(weeks[run.From].ReviewDate, weeks[^1].ReviewDate)}" : "";
        foreach (var (name, value) in new[] { ("upper limit", run.Limits!.UpperLimit), ("mean", run.Limits.Mean), ("lower limit", run.Limits.LowerLimit) })
        {
            if (value is { } at)
            {
                yield return new ChartLine(name + since, name == "mean" ? "neutral" : "warning", [Point(weeks[from].ReviewDate, at, measure), Point(weeks[run.To].ReviewDate, at, measure)]);
            }
        }
    }

    /// <summary>Shares are drawn as percent, as they are written.</summary>
    private static ChartPoint Point(DateOnly date, double value, Measure measure) =>
        new(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Math.Round(measure.IsShare ? value * 100 : value, 2));
}

/// <summary>One line of a chart.</summary>
public sealed record ChartLine(string Legend, string Color, IReadOnlyList<ChartPoint> Points);

/// <param name="X">A date: "2026-11-26".</param>
public sealed record ChartPoint(string X, double Y);

/// <summary>Another series that can be shown.</summary>
public sealed record SeriesChoice(string Key, string Title);

using Bot.Cards;
using Bot.CheckIns;
using Bot.Initiatives;

namespace Bot.Digests;

/// <summary>What figures are called on cards. Same figures in, same words out; what may be said of a trend is in <see cref="Trends.TrendWords"/>.</summary>
public static class Words
{
    private const int MaxQuote = 140;

    /// <summary>"7 of 9 answered", "1259 answers" for an imported week.</summary>
    public static string Answered(WeekFigures week) =>
        week.Asked is { } asked ? $"{week.Answered} of {asked} answered" : Say.Count(week.Answered, "answer");

    public static string Performance(WeekFigures week) => week switch
    {
        { Mean: { } mean, Lowest: { } low, Highest: { } high } =>
            $"{Mean(mean)} of 5 (from {low} to {high}, n = {week.Rated})" + (week.Unused > 0 ? $"; {week.Unused} did not use it" : ""),
        { Unused: { } unused } => $"Too few ratings to show: {week.Rated} of {CountAnswers.Fewest} needed; {unused} did not use it",
        _ => $"Too few answers to show; {CountAnswers.Fewest} are needed",
    };

    /// <summary>The review of the very next ISO week.</summary>
    public static bool IsNext(DateOnly earlier, DateOnly later) => Say.Monday(later).DayNumber - Say.Monday(earlier).DayNumber == 7;

    /// <summary>Means as bars, oldest first; a dot is a week without a figure, or weeks that are not in the ledger at all.</summary>
    public static string Sparkline(IReadOnlyList<(DateOnly ReviewDate, double? Mean)> weeks)
    {
        var bars = new List<double?>();
        for (var i = 0; i < weeks.Count; i++)
        {
            if (i > 0 && !IsNext(weeks[i - 1].ReviewDate, weeks[i].ReviewDate))
            {
                bars.Add(null);
            }

            bars.Add(weeks[i].Mean);
        }

        return Say.Sparkline(bars);
    }

    /// <summary>Always one decimal, so that weeks line up.</summary>
    public static string Mean(double mean) => Shown(mean).ToString("0.0", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A mean as exactly as it is ever shown.</summary>
    public static double Shown(double mean) => Math.Round(mean, 1);

    public static StruggleLine Struggle(StruggleFigure figure) => new(
        CheckInFields.Label(figure.Struggle), figure.People, figure.Quote is { } quote ? Say.Quoted(quote, MaxQuote) : null, null, null);

    public static string Drift(DriftFigure? drift) => drift switch
    {
        null => "Not answered, or by too few to show",
        { Yes: 0, NotSure: 0 } => "Nobody saw a change in what goes in or comes out",
        _ => $"{drift.Yes} of {drift.Yes + drift.NotSure + drift.No} saw a change" + (drift.NotSure > 0 ? $", {drift.NotSure} not sure" : ""),
    };

    /// <summary>"Calls changed: 41 this week; baseline 20, target 60". Null without a metric.</summary>
    public static string? Metric(BehaviourMetric? metric, double? value)
    {
        if (metric is null)
        {
            return null;
        }

        var unit = metric.Unit is { } named ? " " + named : "";
        var marks = new[]
        {
            metric.Baseline is { } baseline ? $"baseline {Say.Number(baseline)}" : null,
            metric.Target is { } target ? $"target {Say.Number(target)}" : null,
        }.OfType<string>().ToList();
        return $"{metric.Name}: {(value is { } now ? Say.Number(now) + unit + " this week" : "no value this week")}"
            + (marks.Count > 0 ? "; " + string.Join(", ", marks) : "");
    }
}

/// <summary>One struggle with how many named it.</summary>
/// <param name="Label">A theme in people's words, or a kind.</param>
/// <param name="Mark">New, back, or how long it has gone on.</param>
/// <param name="Kind">Which kind a theme is of.</param>
public sealed record StruggleLine(string Label, int People, string? Quote, string? Mark, string? Kind);

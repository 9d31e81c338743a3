using System.Diagnostics;
using System.Globalization;
using Bot.Cards;
using Bot.CheckIns;
using Bot.Loops;

namespace Bot.Evidence;

/// <summary>What monitors said, ready for a card.</summary>
/// <param name="Lines">One per series, worst first; empty when nothing was reported.</param>
/// <param name="More">How many more there are, in words; null when none.</param>
/// <param name="Disagreement">"people see drift that the monitors do not"; null when they do not disagree.</param>
public sealed record MonitorLines(IReadOnlyList<string> Lines, string? More, string? Disagreement)
{
    public static MonitorLines None { get; } = new([], null, null);
}

/// <summary>What monitors' figures are called on cards. Same figures in, same words out.</summary>
public static class MonitorWords
{
    private const int MaxSeries = 60;
    private const int MaxText = 100;

    /// <param name="most">How many lines are shown.</param>
    /// <param name="today">Dates of another year carry it.</param>
    public static MonitorLines Of(MonitorFigure figure, DriftFigure? people, int most, string zone, DateOnly today) => figure.Items.Count == 0 ? MonitorLines.None : new(
        [.. figure.Items.Take(most).Select(i => Line(i, zone, today))],
        figure.Items.Count > most ? $"{figure.Items.Count - most} more" : null,
        CompareDrift.Of(people, figure) is { } disagreement ? Words(disagreement) : null);

    public static string Words(Disagreement disagreement) => disagreement switch
    {
        Disagreement.OnlyPeople => "people see drift that the monitors do not",
        Disagreement.OnlyMonitors => "monitors report drift that people do not see",
        _ => throw new UnreachableException(),
    };

    public static string Words(Verdict verdict) => verdict switch
    {
        Verdict.Drift => "drift",
        Verdict.Possible => "possible drift",
        Verdict.None => "no drift",
        Verdict.Unknown => "not judged",
        _ => throw new UnreachableException(),
    };

    /// <summary>"drift share 0.67 (drift, threshold 0.5) · Evidently".</summary>
    public static string Line(EvidenceItem item, string zone, DateOnly today)
    {
        var series = Say.Shortened(item.Series, MaxSeries);
        var said = MonitorFigure.IsAlert(item) ? $"{series} ({Alert(item, zone, today)})" : $"{series}{Value(item)} ({string.Join(", ", How(item))})";
        var text = item.Text is null ? "" : $": {Say.Shortened(item.Text, MaxText)}";
        return $"{said}{text} · {Name(item.Source)}";
    }

    /// <summary>Three digits that count below 1: a p-value of 0.001 is not 0.</summary>
    public static string Number(double value) =>
        Math.Abs(value) is 0 or (>= 1 and < 1e12) ? Say.Number(value) : value.ToString("G3", CultureInfo.InvariantCulture);

    private static string Value(EvidenceItem item) => item.Value is { } value ? $" {Number(value)}{(item.Unit is { } unit ? " " + unit : "")}" : "";

    private static IEnumerable<string> How(EvidenceItem item)
    {
        yield return Words(item.Verdict);
        if (item.Method is { } method)
        {
            yield return Say.Shortened(method, MaxSeries);
        }

        if (item.Threshold is { } threshold)
        {
            yield return $"threshold {Number(threshold)}";
        }
    }

    private static string Alert(EvidenceItem item, string zone, DateOnly today) => (item.Verdict, item.EndedAt) switch
    {
        (Verdict.None, _) => $"resolved {Date(item.At, zone, today)}",
        (_, { } end) => $"{Words(item.Verdict)}, fired {Date(item.At, zone, today)}, resolved {Date(end, zone, today)}",
        _ => $"{Words(item.Verdict)}, firing since {Date(item.At, zone, today)}",
    } + (item.Value is { } value ? $", value {Number(value)}" : "");

    private static string Date(DateTimeOffset instant, string zone, DateOnly today) => Say.Date(WeeklySlot.DateIn(instant, zone), today);

    private static string Name(EvidenceSource source) => source switch
    {
        EvidenceSource.Plain => "monitor",
        EvidenceSource.NannyMl => "NannyML",
        _ => source.ToString(),
    };
}

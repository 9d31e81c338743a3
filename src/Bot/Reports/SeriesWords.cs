using System.Globalization;
using Bot.Cards;
using Bot.Initiatives;
using Bot.Trends;

namespace Bot.Reports;

/// <summary>What a series is called in the report, and how its values are written.</summary>
/// <param name="Of">What its values are, in a few words.</param>
public sealed record SeriesWords(SeriesName Name, string Title, string Of)
{
    public static SeriesWords For(SeriesName name, BehaviourMetric? metric) => name switch
    {
        SeriesName.Performance => new(name, "Performance", "mean rating, 1 to 5"),
        SeriesName.Unused => new(name, "Did not use it", "share of the answers"),
        SeriesName.Struggles => new(name, "Got in the way", "struggles named per answer"),
        SeriesName.Drift => new(name, "Saw drift", "share of \"yes\" to the drift question"),
        SeriesName.AnswerRate => new(name, "Answered", "answered of asked"),
        SeriesName.Behaviour => new(name, metric?.Name ?? "Behaviour metric", Behaviour(metric)),
        SeriesName.SupportHours => new(name, "Special support", "hours per user"),
        _ => new(name, "Readiness", "mean of the five dimensions, 0 to 100; each value is of six weeks, so neighbours are alike"),
    };

    /// <summary>As short as the axis needs it: "3.6", "45 %", "0.12".</summary>
    public string Value(double value) => Name switch
    {
        SeriesName.Performance => Math.Round(value, 1).ToString("0.0", CultureInfo.InvariantCulture),
        SeriesName.Unused or SeriesName.Drift or SeriesName.AnswerRate => $"{Say.Number(Math.Round(value * 100))} %",
        SeriesName.Readiness => Say.Number(Math.Round(value)),
        // Three digits say enough of a number whose size nobody here knows.
        _ => Say.Number(Math.Round(value, Math.Abs(value) switch { >= 100 => 0, >= 10 => 1, _ => 2 })),
    };

    private static string Behaviour(BehaviourMetric? metric) => string.Join(", ", new[]
    {
        "behaviour metric",
        metric?.Unit is { } unit ? $"in {unit}" : null,
        metric?.Baseline is { } baseline ? $"baseline {Say.Number(baseline)}" : null,
        metric?.Target is { } target ? $"target {Say.Number(target)}" : null,
    }.OfType<string>());
}

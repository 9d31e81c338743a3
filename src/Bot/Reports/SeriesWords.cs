using Bot.Cards;
using Bot.Initiatives;
using Bot.Trends;

namespace Bot.Reports;

/// <summary>What a series is called in the report, and how its values are written.</summary>
/// <param name="Of">What its values are, in a few words.</param>
public sealed record SeriesWords(Measure Measure, string Title, string Of)
{
    public SeriesName Name => Measure.Series;

    public static SeriesWords For(SeriesName name, BehaviourMetric? metric) => For(new Measure(name, metric), metric);

    private static SeriesWords For(Measure measure, BehaviourMetric? metric) => measure.Series switch
    {
        SeriesName.Performance => new(measure, "Performance", "mean rating, 1 to 5"),
        SeriesName.Unused => new(measure, "Did not use it", "share of the answers"),
        SeriesName.Struggles => new(measure, "Got in the way", "struggles named per answer"),
        SeriesName.Drift => new(measure, "Saw drift", "share of \"yes\" to the drift question"),
        SeriesName.AnswerRate => new(measure, "Answered", "answered of asked"),
        SeriesName.Behaviour => new(measure, metric?.Name ?? "Behaviour metric", Behaviour(metric)),
        SeriesName.SupportHours => new(measure, "Special support", "hours per user"),
        _ => new(measure, "Readiness", "mean of the five dimensions, 0 to 100; each value is of six weeks, so neighbours are alike"),
    };

    /// <summary>Without a unit, for labels and tables: "3.6", "45 %", "0.12".</summary>
    public string Value(double value) => Name == SeriesName.Behaviour
        ? Say.Number(Measure.Rounded(value))
        : Measure.Say(value);

    /// <summary>A round number of the axis.</summary>
    public string Tick(double value) => Measure.IsShare ? Measure.Say(value) : Say.Number(value);

    private static string Behaviour(BehaviourMetric? metric) => string.Join(", ", new[]
    {
        "behaviour metric",
        metric?.Unit is { } unit ? $"in {unit}" : null,
        metric?.Baseline is { } baseline ? $"baseline {Say.Number(baseline)}" : null,
        metric?.Target is { } target ? $"target {Say.Number(target)}" : null,
    }.OfType<string>());
}

using System.Globalization;
using Bot.Cards;
using Bot.Initiatives;

namespace Bot.Trends;

/// <summary>What a series is called and how its values are written: shares as percent, ratings with one decimal, the behaviour metric in its unit.</summary>
public sealed record Measure(SeriesName Series, BehaviourMetric? Metric)
{
    public string Label => Series switch
    {
        SeriesName.Performance => "performance",
        SeriesName.Unused => "did not use it",
        SeriesName.Struggles => "struggles per answer",
        SeriesName.Drift => "saw a change in what goes in or comes out",
        SeriesName.AnswerRate => "answer rate",
        SeriesName.Behaviour => Metric?.Name ?? "behaviour metric",
        SeriesName.SupportHours => "support hours per user",
        _ => "readiness",
    };

    /// <summary>As short as a button's title has room for.</summary>
    public string Short => Series switch
    {
        SeriesName.Unused => "not used",
        SeriesName.Struggles => "struggles",
        SeriesName.Drift => "drift",
        SeriesName.Behaviour => "behaviour",
        SeriesName.SupportHours => "support hours",
        _ => Label,
    };

    /// <summary>Which way is better.</summary>
    public Direction Better => Series switch
    {
        SeriesName.Unused or SeriesName.Struggles or SeriesName.Drift or SeriesName.SupportHours => Direction.Down,
        SeriesName.Behaviour => Metric?.Better ?? Direction.Up,
        _ => Direction.Up,
    };

    public bool IsShare => Series is SeriesName.Unused or SeriesName.Drift or SeriesName.AnswerRate;

    public string Say(double value) => Written(value, exact: false);

    /// <summary>Two values side by side: with more decimals where they would look the same and are not.</summary>
    public (string Value, string Limit) Beside(double value, double limit) => Say(value) == Say(limit) && value != limit
        ? (Written(value, exact: true), Written(limit, exact: true))
        : (Say(value), Say(limit));

    /// <summary>Three digits say enough of a number whose size nobody here knows.</summary>
    public static double Rounded(double value) => Math.Round(value, Math.Abs(value) switch { >= 100 => 0, >= 10 => 1, _ => 2 });

    private string Written(double value, bool exact) => Series switch
    {
        _ when IsShare => (value * 100).ToString(exact ? "0.0" : "0", CultureInfo.InvariantCulture) + " %",
        SeriesName.Performance or SeriesName.SupportHours => value.ToString(exact ? "0.00" : "0.0", CultureInfo.InvariantCulture),
        SeriesName.Readiness => value.ToString(exact ? "0.0" : "0", CultureInfo.InvariantCulture),
        SeriesName.Behaviour => Cards.Say.Number(exact ? value : Rounded(value)) + (Metric?.Unit is { } unit ? " " + unit : ""),
        _ => Cards.Say.Number(value),
    };
}

/// <summary>
/// All that may be said about a chart, in one place. A signal says "look" and names its rule and weeks; without one no word claims a direction,
/// and with fewer than six weeks nothing is said but how many there are.
/// </summary>
public static class TrendWords
{
    private static readonly string[] Numbers = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

    /// <summary>The last week in a sentence without its full stop, and what could not show yet.</summary>
    public static string Of(ProcessBehaviourChart chart, Measure measure)
    {
        var signals = Signals(chart).Select(s => Named(chart, s, measure)).ToList();
        return signals.Count > 0 ? $"signal: {string.Join("; also ", signals)} ({Limits(chart.Now!)})"
            : string.Join("; ", new[] { Routine(chart), CannotSee(chart, measure) }.OfType<string>());
    }

    /// <summary>As few words as a table has room for.</summary>
    public static string Brief(ProcessBehaviourChart chart, Measure measure) => Signals(chart).FirstOrDefault() is { } signal
        ? $"signal: {Rule(chart, signal, measure)}{(signal.Trial ? ", trial limits" : "")}"
        : chart.Now is { State: not LimitState.Collecting, Limits: not null } && !IsGap(chart) ? "routine variation" : Routine(chart);

    /// <summary>A signal on the wrong side, for the first line of a digest; null without one.</summary>
    public static string? Attention(ProcessBehaviourChart chart, Measure measure) =>
        Signals(chart).FirstOrDefault(s => s.Up != (measure.Better == Direction.Up)) is { } signal ? $"{measure.Label} {Named(chart, signal, measure)}" : null;

    /// <summary>A signal of any week, with its weeks.</summary>
    public static string Past(ProcessBehaviourChart chart, Signal signal, Measure measure, DateOnly today)
    {
        var weeks = chart.Series.Weeks;
        var when = signal.From == signal.To
            ? Say.Week(weeks[signal.From].ReviewDate, today)
            : $"{Say.Week(weeks[signal.From].ReviewDate, today)} to {Say.Week(weeks[signal.To].ReviewDate, today)}";
        return $"{when}: {Rule(chart, signal, measure)}{(signal.Trial ? ", trial limits" : "")}";
    }

    /// <summary>The mean and limits of a stretch, for who cannot see them drawn.</summary>
    public static string Run(ProcessBehaviourChart chart, ChartRun run, Measure measure)
    {
        var since = chart.Runs.Count > 1 ? $"from the {Week(chart, run.From)}: " : "";
        return since + (run switch
        {
            { State: LimitState.Collecting } => $"{run.Weeks} of {ProcessBehaviourChart.TrialWeeks} weeks, no limits yet",
            { Limits: { } limits } => $"mean {measure.Say(limits.Mean)}, " + (limits switch
            {
                { LowerLimit: { } low, UpperLimit: { } high } => $"limits {measure.Say(low)} and {measure.Say(high)}",
                { UpperLimit: { } high } => $"upper limit {measure.Say(high)}, no lower one: it lies outside what is possible",
                { LowerLimit: { } low } => $"lower limit {measure.Say(low)}, no upper one: it lies outside what is possible",
                _ => "no limits: both lie outside what is possible",
            }) + $" ({Limits(run)})",
            _ => WithoutLimits(chart, run),
        });
    }

    public static bool HasSignal(ProcessBehaviourChart chart) => Signals(chart).Any();

    /// <summary>Of this week only: a signal of an earlier one is not news when this week has no figure.</summary>
    private static IEnumerable<Signal> Signals(ProcessBehaviourChart chart) => IsGap(chart) ? [] : chart.Current;

    private static bool IsGap(ProcessBehaviourChart chart) => chart.Series.Weeks is [.., { Value: null }];

    private static string Routine(ProcessBehaviourChart chart) => chart.Now switch
    {
        null => $"collecting, 0 of {ProcessBehaviourChart.TrialWeeks} weeks",
        { State: LimitState.Collecting } run =>
            $"collecting, {run.Weeks} of {ProcessBehaviourChart.TrialWeeks} weeks" + (run.From > 0 ? $" since the limits were set anew in the {Week(chart, run.From)}" : ""),
        { Limits: null } run => WithoutLimits(chart, run),
        var run when IsGap(chart) => $"no figure to compare with the limits ({Limits(run)})",
        var run => $"routine variation ({Limits(run)})",
    };

    private static string? CannotSee(ProcessBehaviourChart chart, Measure measure) =>
        chart.Now is not { State: not LimitState.Collecting, Limits: { } limits } ? null
        : limits.SmallestVisible is { } smallest ? $"a change under {measure.Say(smallest)} would not show yet"
        : "in a single week no change would show: both limits lie outside what is possible";

    private static string Limits(ChartRun run) => run.State == LimitState.Locked ? $"{run.Weeks} weeks locked" : $"trial limits, {run.Weeks} weeks";

    private static string Named(ProcessBehaviourChart chart, Signal signal, Measure measure) => Rule(chart, signal, measure) + signal.Rule switch
    {
        SignalRule.OutsideLimits => Before(chart, signal),
        SignalRule.EightOnOneSide => $", since the {Week(chart, signal.From)}",
        _ => "",
    };

    private static string Rule(ProcessBehaviourChart chart, Signal signal, Measure measure)
    {
        var run = chart.Runs.First(r => r.From <= signal.From && signal.To <= r.To);
        var (limits, side) = (run.Limits!, signal.Up ? "above" : "below");
        var points = Enumerable.Range(signal.From, signal.To - signal.From + 1).Select(i => chart.Series.Weeks[i].Value).OfType<double>().ToList();
        switch (signal.Rule)
        {
            case SignalRule.OutsideLimits:
                var (value, limit) = measure.Beside(points[0], (signal.Up ? limits.UpperLimit : limits.LowerLimit)!.Value);
                return (value == measure.Say(points[0]) ? "" : $"{value} is ") + $"{side} the {(signal.Up ? "upper" : "lower")} limit {limit}";
            case SignalRule.EightOnOneSide:
                return $"{Number(points.Count)} weeks in a row {side} the mean {measure.Say(limits.Mean)}";
            default:
                var far = points.Count(p => limits.IsFar(p) && limits.Side(p) == (signal.Up ? 1 : -1));
                return $"{Number(far)} of {Number(Math.Max(points.Count, ProcessBehaviourChart.NearWindow))} weeks more than {measure.Say(limits.HalfWay)} {side} the mean {measure.Say(limits.Mean)}";
        }
    }

    private static string Before(ProcessBehaviourChart chart, Signal signal)
    {
        var earlier = chart.Signals.Where(s => s.Rule == signal.Rule && s.Up == signal.Up && s.To < signal.From).Select(s => (int?)s.To).Max();
        return earlier is not { } last ? ", for the first time"
            : chart.Series.Weeks.Skip(last + 1).Take(signal.From - last - 1).All(w => w.Value is null) ? ", as the week before it"
            : $", for the first time since the {Week(chart, last)}";
    }

    private static string WithoutLimits(ProcessBehaviourChart chart, ChartRun run) =>
        chart.Series.Overlaps ? "each value looks back over several weeks, so neighbours are alike and there are no limits"
        : NothingMoved(chart, run) ? $"nothing moved in {run.Weeks} weeks, so there are no limits"
        : "the weeks lie too far apart for limits";

    private static bool NothingMoved(ProcessBehaviourChart chart, ChartRun run) =>
        chart.Series.Weeks.Skip(run.From).Take(run.To - run.From + 1).Select(w => w.Value).OfType<double>().Take(run.Weeks).Distinct().Count() == 1;

    private static string Week(ProcessBehaviourChart chart, int place) => Say.Week(chart.Series.Weeks[place].ReviewDate, chart.Series.Weeks[^1].ReviewDate);

    private static string Number(int n) => n < Numbers.Length ? Numbers[n] : n.ToString(CultureInfo.InvariantCulture);
}

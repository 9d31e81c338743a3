namespace Bot.Trends;

/// <summary>How much the limits of a run can be trusted.</summary>
public enum LimitState
{
    /// <summary>Fewer than six weeks with data: no trend word at all.</summary>
    Collecting,

    /// <summary>Six to eleven weeks: every new week moves the limits.</summary>
    Trial,

    /// <summary>Twelve weeks or more: the limits are those of the first twelve.</summary>
    Locked,
}

/// <summary>Which rule a signal is of; there are no others, since each one more would raise the false alarms.</summary>
public enum SignalRule
{
    OutsideLimits = 1,
    EightOnOneSide = 2,
    ThreeOfFourNearLimit = 3,
}

/// <summary>What routine variation does not explain.</summary>
/// <param name="Up">Above the mean.</param>
/// <param name="From">The place of its first week in the series.</param>
/// <param name="To">The place of its last week, inclusive.</param>
/// <param name="Trial">Found with trial limits.</param>
public sealed record Signal(SignalRule Rule, bool Up, int From, int To, bool Trial);

/// <summary>A stretch of a series with one set of limits.</summary>
/// <param name="From">The place of its first week.</param>
/// <param name="To">The place of its last week, inclusive.</param>
/// <param name="Weeks">Weeks with data in the baseline, at most twelve.</param>
/// <param name="Limits">Null while collecting, when no value moved, and for a series that overlaps.</param>
public sealed record ChartRun(int From, int To, LimitState State, int Weeks, Limits? Limits);

/// <summary>
/// A process behaviour chart (XmR, Wheeler): tells a signal from routine variation. Pure; the rules are these three and no others.
/// </summary>
public sealed record ProcessBehaviourChart(WeeklySeries Series, IReadOnlyList<ChartRun> Runs, IReadOnlyList<Signal> Signals)
{
    public const int TrialWeeks = 6;
    public const int LockedWeeks = 12;
    private const int RunLength = 8;

    /// <summary>Of so many successive weeks, three near one limit are a signal.</summary>
    public const int NearWindow = 4;
    private const int NearEnough = 3;

    /// <summary>A moving range and a run may step over one week without a value, not over more.</summary>
    private const int LongestStep = 2;

    /// <summary>The stretch that the last week belongs to; null for an empty series.</summary>
    public ChartRun? Now => Runs.Count > 0 ? Runs[^1] : null;

    /// <summary>The signals that the last week with a value is part of, in the order of the rules.</summary>
    public IEnumerable<Signal> Current => Last is { } last ? Signals.Where(s => s.To == last) : [];

    /// <summary>The place of the last week with a value.</summary>
    public int? Last => Enumerable.Range(0, Series.Weeks.Count).Cast<int?>().LastOrDefault(i => Series.Weeks[i!.Value].Value is not null);

    public static ProcessBehaviourChart Of(WeeklySeries series)
    {
        var starts = series.Rebased.Select(date => series.Weeks.TakeWhile(w => w.ReviewDate < date).Count())
            .Where(i => i > 0 && i < series.Weeks.Count).Prepend(0).Distinct().Order().ToList();
        var runs = series.Weeks.Count == 0 ? [] : starts.Select((from, i) => Run(series, from, (i + 1 < starts.Count ? starts[i + 1] : series.Weeks.Count) - 1)).ToList();
        return new ProcessBehaviourChart(series, runs, [.. runs.SelectMany(run => SignalsOf(series, run)).OrderBy(s => s.Rule).ThenBy(s => s.From)]);
    }

    /// <summary>Places at which the step from the value before is exceptional; drawn, and never called a signal.</summary>
    public IReadOnlyList<int> WideSteps() =>
        [.. Runs.SelectMany(run => run.Limits is not { } limits ? [] : Steps(Series, Points(Series, run.From, run.To))
            .Where(s => Math.Abs(s.To.Value - s.From.Value) > limits.RangeLimit).Select(s => s.To.Place))];

    private static ChartRun Run(WeeklySeries series, int from, int to)
    {
        var baseline = Points(series, from, to).Take(LockedWeeks).ToList();
        var state = baseline.Count switch { < TrialWeeks => LimitState.Collecting, < LockedWeeks => LimitState.Trial, _ => LimitState.Locked };
        var ranges = Steps(series, baseline).Select(s => Math.Abs(s.To.Value - s.From.Value)).ToList();
        return new ChartRun(from, to, state, baseline.Count,
            state == LimitState.Collecting || series.Overlaps ? null : Limits.Of([.. baseline.Select(p => p.Value)], ranges, series.Least, series.Most));
    }

    private static IEnumerable<Signal> SignalsOf(WeeklySeries series, ChartRun run)
    {
        if (run.Limits is not { } limits)
        {
            return [];
        }

        var points = Points(series, run.From, run.To);
        var trial = run.State == LimitState.Trial;
        return
        [
            .. points.Where(p => limits.IsAbove(p.Value) || limits.IsBelow(p.Value))
                .Select(p => new Signal(SignalRule.OutsideLimits, limits.IsAbove(p.Value), p.Place, p.Place, trial)),
            .. Stretches(series, points, RunLength, RunLength, p => limits.Side(p.Value)).Select(s => new Signal(SignalRule.EightOnOneSide, s.Up, s.From, s.To, trial)),
            .. Stretches(series, points, NearWindow, NearEnough, p => limits.IsFar(p.Value) ? limits.Side(p.Value) : 0).Select(s => new Signal(SignalRule.ThreeOfFourNearLimit, s.Up, s.From, s.To, trial)),
        ];
    }

    /// <summary>Windows of successive points of which enough lie on one side, joined where they overlap.</summary>
    private static IEnumerable<(bool Up, int From, int To)> Stretches(WeeklySeries series, List<Point> points, int window, int enough, Func<Point, int> side)
    {
        foreach (var wanted in new[] { 1, -1 })
        {
            (int From, int To)? open = null;
            for (var i = 0; i + window <= points.Count; i++)
            {
                var these = points.GetRange(i, window);
                if (these.Count(p => side(p) == wanted) < enough || Steps(series, these).Count() < window - 1)
                {
                    continue;
                }

                var (from, to) = (these.First(p => side(p) == wanted).Place, these.Last(p => side(p) == wanted).Place);
                if (open is { } before && from <= before.To)
                {
                    open = (before.From, to);
                    continue;
                }

                if (open is { } ended)
                {
                    yield return (wanted > 0, ended.From, ended.To);
                }

                open = (from, to);
            }

            if (open is { } last)
            {
                yield return (wanted > 0, last.From, last.To);
            }
        }
    }

    private static List<Point> Points(WeeklySeries series, int from, int to) =>
        [.. Enumerable.Range(from, to - from + 1).Where(i => series.Weeks[i].Value is not null).Select(i => new Point(i, series.Weeks[i].Value!.Value))];

    /// <summary>From one value to the next, where no long gap lies between.</summary>
    private static IEnumerable<(Point From, Point To)> Steps(WeeklySeries series, List<Point> points) => points.Zip(points.Skip(1))
        .Where(p => WeeklySeries.WeeksBetween(series.Weeks[p.First.Place].ReviewDate, series.Weeks[p.Second.Place].ReviewDate) <= LongestStep);

    private sealed record Point(int Place, double Value);
}

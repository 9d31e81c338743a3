using Bot.Initiatives;
using Bot.Reports;
using Bot.Trends;

namespace Bot.Web.Reports.Charts;

/// <summary>One value as it is drawn.</summary>
/// <param name="Rule">The first rule it is part of; null for routine variation.</param>
/// <param name="Title">Said when somebody points at it.</param>
public sealed record ChartPoint(double X, double Y, SignalRule? Rule, bool Up, string Title)
{
    public string Class => Shape.Of(Rule);

    public string Path => Shape.Path(Rule, X, Y, Up);
}

/// <summary>The mean and the limits of one stretch, from left to right.</summary>
public sealed record LimitLines(double From, double To, double Mean, double? Lower, double? Upper, bool Trial);

/// <summary>A number beside the plot.</summary>
public sealed record SideLabel(double Y, string Text, string Class);

/// <summary>A series laid out in a frame: where everything is drawn. Pure.</summary>
public sealed record Chart(
    ChartFrame Frame,
    WeekAxis Weeks,
    IReadOnlyList<SideLabel> Values,
    string Line,
    string WideSteps,
    IReadOnlyList<ChartPoint> Points,
    IReadOnlyList<LimitLines> Limits,
    IReadOnlyList<SideLabel> SideLabels,
    IReadOnlyList<double> Levels,
    IReadOnlyList<double> Breaks,
    IReadOnlyList<MarkPill> Marks)
{
    private const double LabelHeight = 12;

    public double Height => Frame.Height(Marks.Count > 0);

    public static Chart Of(ReportedSeries series, BehaviourMetric? metric, IReadOnlyList<Mark> marks, ChartFrame frame, DateOnly today)
    {
        var (weeks, words) = (series.Chart.Series.Weeks, series.Words);
        var levels = words.Name != SeriesName.Behaviour ? [] : new[] { ("baseline", metric?.Baseline), ("target", metric?.Target) }
            .Where(l => l.Item2 is not null).Select(l => (Name: l.Item1, Value: l.Item2!.Value)).ToList();
        var axis = ValueAxis.Of(
            words.Name,
            [
                .. weeks.Select(w => w.Value).OfType<double>(), .. levels.Select(l => l.Value),
                .. series.Chart.Runs.Select(r => r.Limits).OfType<Limits>().SelectMany(l => new[] { l.LowerLimit, l.UpperLimit }).OfType<double>(),
            ],
            series.Chart.Series.Least,
            series.Chart.Series.Most);
        var along = new WeekAxis(weeks[0].ReviewDate, weeks[^1].ReviewDate, frame);
        return new Chart(
            frame,
            along,
            [.. axis.Ticks.Select(t => new SideLabel(Y(t), words.Tick(t), ""))],
            LineOf(weeks, p => (along.X(weeks[p].ReviewDate), Y(weeks[p].Value!.Value))),
            StepsOf(series, p => (along.X(weeks[p].ReviewDate), Y(weeks[p].Value!.Value))),
            [.. Enumerable.Range(0, weeks.Count).Where(p => weeks[p].Value is not null).Select(p => PointOf(series, p, along, Y, today))],
            [.. series.Chart.Runs.Where(r => r.Limits is not null).Select(r => LinesOf(r, r.Limits!, weeks, along, Y))],
            Beside(
                [
                    .. series.Chart.Now?.Limits is { } now ? new[] { ("upper", now.UpperLimit), ("mean", now.Mean), ("lower", now.LowerLimit) } : [],
                    .. levels.Select(l => (l.Name, (double?)l.Value)),
                ], words, frame, Y),
            [.. levels.Select(l => Y(l.Value))],
            [.. series.Chart.Runs.Skip(1).Select(r => along.X(weeks[r.From].ReviewDate) - (along.WeekWidth / 2))],
            MarkPill.Of(marks, along));

        double Y(double value) => frame.Bottom - ((value - axis.From) / (axis.To - axis.From) * (frame.Bottom - frame.Top));
    }

    private static ChartPoint PointOf(ReportedSeries series, int place, WeekAxis along, Func<double, double> y, DateOnly today)
    {
        var week = series.Chart.Series.Weeks[place];
        var signals = series.SignalsAt(place).ToList();
        var title = $"Week of {ChartWords.Week(week.ReviewDate, today)}: {series.Words.Value(week.Value!.Value)}";
        return new ChartPoint(
            along.X(week.ReviewDate), y(week.Value.Value), signals.Count > 0 ? signals[0].Rule : null, signals.Count > 0 && signals[0].Up,
            signals.Count > 0 ? $"{title} ({string.Join(", ", signals.Select(ChartWords.Short))})" : title);
    }

    private static LimitLines LinesOf(ChartRun run, Limits limits, IReadOnlyList<WeekValue> weeks, WeekAxis along, Func<double, double> y)
    {
        var reach = Math.Min(along.WeekWidth / 2, 8);
        return new LimitLines(
            along.X(weeks[run.From].ReviewDate) - reach, along.X(weeks[run.To].ReviewDate) + reach,
            y(limits.Mean), limits.LowerLimit is { } lower ? y(lower) : null, limits.UpperLimit is { } upper ? y(upper) : null, run.State == LimitState.Trial);
    }

    /// <summary>Broken where a week has no value or is missing: no line is drawn over what nobody knows.</summary>
    private static string LineOf(IReadOnlyList<WeekValue> weeks, Func<int, (double X, double Y)> at)
    {
        var path = "";
        for (var p = 0; p < weeks.Count; p++)
        {
            if (weeks[p].Value is null)
            {
                continue;
            }

            var goesOn = p > 0 && weeks[p - 1].Value is not null && WeeklySeries.WeeksBetween(weeks[p - 1].ReviewDate, weeks[p].ReviewDate) == 1;
            path += $"{(goesOn ? 'L' : 'M')}{Draw.N(at(p).X)} {Draw.N(at(p).Y)}";
        }

        return path;
    }

    private static string StepsOf(ReportedSeries series, Func<int, (double X, double Y)> at)
    {
        var weeks = series.Chart.Series.Weeks;
        return string.Concat(series.Chart.WideSteps()
            .Where(p => weeks[p - 1].Value is not null && WeeklySeries.WeeksBetween(weeks[p - 1].ReviewDate, weeks[p].ReviewDate) == 1)
            .Select(p => Draw.Open(at(p - 1), at(p))));
    }

    /// <summary>The values of the limits that hold now and of what was set, moved apart where they would lie on each other.</summary>
    private static List<SideLabel> Beside(IEnumerable<(string Name, double? Value)> values, SeriesWords words, ChartFrame frame, Func<double, double> y)
    {
        var labels = values.Where(v => v.Value is not null)
            .Select(v => new SideLabel(
                y(v.Value!.Value), (frame.NamesLimits ? v.Name + " " : "") + words.Value(v.Value.Value),
                v.Name switch { "mean" => "mean", "upper" or "lower" => "limit", _ => "level" }))
            .OrderBy(l => l.Y).ToList();
        for (var i = 1; i < labels.Count; i++)
        {
            labels[i] = labels[i] with { Y = Math.Max(labels[i].Y, labels[i - 1].Y + LabelHeight) };
        }

        for (var i = labels.Count - 1; i >= 0; i--)
        {
            labels[i] = labels[i] with { Y = Math.Min(labels[i].Y, i == labels.Count - 1 ? frame.Bottom : labels[i + 1].Y - LabelHeight) };
        }

        return labels;
    }
}

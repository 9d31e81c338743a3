using Bot.Initiatives;
using Bot.Reports;
using Bot.Trends;
using Bot.Web.Reports.Charts;

namespace Bot.Web.Tests.Reports;

// Where a chart draws what: heights to scale, gaps, limits and their trust, breaks, shapes, dates that have room, marks that do not lie on each other.
public sealed class ChartTests
{
    private static readonly DateOnly First = new(2026, 1, 1);

    [Fact]
    public void Heights_are_to_scale_and_weeks_are_evenly_apart()
    {
        var chart = Draw(SeriesName.Behaviour, [10, 20, 30, 40]);

        var (steps, widths) = (Differences(chart.Points.Select(p => p.Y)), Differences(chart.Points.Select(p => p.X)));
        Assert.All(steps, step => Assert.Equal(steps[0], step, 6));
        Assert.True(steps[0] < 0, "More is drawn higher.");
        Assert.All(widths, width => Assert.Equal(widths[0], width, 6));
        Assert.Equal(["0", "10", "20", "30", "40"], chart.Values.Select(v => v.Text));
        Assert.Equal(chart.Values[^1].Y, chart.Points[^1].Y, 6);
    }

    [Fact]
    public void No_line_is_drawn_over_a_week_without_a_value()
    {
        var chart = Draw(SeriesName.Performance, [3, 3.5, null, 4, 3.8]);

        Assert.Equal((2, 2), (chart.Line.Count(c => c == 'M'), chart.Line.Count(c => c == 'L')));
        Assert.Equal(4, chart.Points.Count);
    }

    [Fact]
    public void Nor_over_weeks_that_are_missing_altogether_and_their_room_stays_empty()
    {
        var weeks = new[] { 0, 1, 5, 6 }.Select(w => new WeekValue(First.AddDays(7 * w), 3 + (w % 2))).ToList();

        var chart = Chart.Of(Reported(SeriesName.Performance, weeks), null, [], ChartFrame.Wide, First);

        Assert.Equal(2, chart.Line.Count(c => c == 'M'));
        Assert.Equal(4 * (chart.Points[1].X - chart.Points[0].X), chart.Points[2].X - chart.Points[1].X, 6);
    }

    [Theory]
    [InlineData(5, 0, false)]
    [InlineData(6, 1, true)]
    [InlineData(11, 1, true)]
    [InlineData(12, 1, false)]
    public void Limits_are_drawn_from_six_weeks_and_are_trial_until_twelve(int weeks, int runs, bool trial)
    {
        var chart = Draw(SeriesName.Behaviour, [.. Enumerable.Range(0, weeks).Select(i => (double?)(20 + (i % 3)))]);

        Assert.Equal(runs, chart.Limits.Count);
        Assert.All(chart.Limits, run => Assert.Equal(trial, run.Trial));
    }

    [Fact]
    public void A_limit_outside_what_is_possible_is_not_drawn()
    {
        var chart = Draw(SeriesName.Drift, [.. Enumerable.Range(0, 12).Select(i => (double?)(0.1 * (i % 2)))]);

        Assert.Equal((true, false), (chart.Limits[0].Upper is not null, chart.Limits[0].Lower is not null));
        Assert.Equal(["upper 32 %", "mean 5 %"], chart.SideLabels.Select(l => l.Text));
    }

    [Fact]
    public void Each_rule_has_a_shape_of_its_own()
    {
        double?[] calm = [20, 21, 20, 22, 21, 20, 21, 22, 20, 21, 20, 22];
        var outside = Draw(SeriesName.Behaviour, [.. calm, 40]);
        var row = Draw(SeriesName.Behaviour, [.. calm, .. Enumerable.Repeat<double?>(21.5, 8)]);
        var near = Draw(SeriesName.Behaviour, [.. calm, 23, 23.2, 20, 23.1]);

        Assert.Equal("outside", outside.Points[^1].Class);
        Assert.Equal("row", row.Points[^1].Class);
        Assert.Equal(["near", "near", "dot", "near"], near.Points.TakeLast(4).Select(p => p.Class));
        Assert.Equal(4, new[] { outside.Points[0], outside.Points[^1], row.Points[^1], near.Points[^1] }
            .Select(p => string.Concat(Shape.Path(p.Rule, 0, 0, p.Up).Where(c => !char.IsDigit(c)))).Append("").Distinct().Count(s => s.Length > 0));
        Assert.Contains("above the limit", outside.Points[^1].Title);
    }

    [Fact]
    public void A_new_baseline_begins_at_a_vertical_line_with_limits_of_its_own()
    {
        var weeks = Enumerable.Range(0, 20).Select(i => new WeekValue(First.AddDays(7 * i), (i < 10 ? 20 : 40) + (i % 3))).ToList();
        var series = new WeeklySeries(SeriesName.Behaviour, weeks, null, null, [First.AddDays(70)]);
        var reported = new ReportedSeries(ProcessBehaviourChart.Of(series), SeriesWords.For(SeriesName.Behaviour, null), []);

        var chart = Chart.Of(reported, null, [], ChartFrame.Wide, First);

        var x = Assert.Single(chart.Breaks);
        Assert.InRange(x, chart.Points[9].X, chart.Points[10].X);
        Assert.Equal(2, chart.Limits.Count);
        Assert.True(chart.Limits[1].Mean < chart.Limits[0].Mean);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(13)]
    [InlineData(26)]
    [InlineData(53)]
    [InlineData(104)]
    [InlineData(260)]
    public void Dates_have_room_on_a_phone_and_the_last_week_has_one(int weeks)
    {
        foreach (var frame in new[] { ChartFrame.Narrow, ChartFrame.Wide })
        {
            var axis = new WeekAxis(First, First.AddDays(7 * (weeks - 1)), frame);

            Assert.All(Differences(axis.Ticks.Select(t => t.X)), apart => Assert.True(apart >= frame.LabelWidth, $"{weeks} weeks: {apart}"));
            Assert.Equal(axis.X(First.AddDays(7 * (weeks - 1))), axis.Ticks[^1].X, 6);
            Assert.NotNull(axis.Ticks[0].Year);
            Assert.InRange(axis.Ticks[^1].X, frame.Left, frame.Right);
        }
    }

    [Fact]
    public void Marks_that_would_lie_on_each_other_share_one_place()
    {
        var marks = Enumerable.Range(0, 104).Select(i => new Mark(i + 1, First.AddDays(7 * i), [])).ToList();
        var axis = new WeekAxis(First, First.AddDays(7 * 103), ChartFrame.Narrow);

        var pills = MarkPill.Of(marks, axis);

        Assert.True(pills.Count > 3);
        Assert.Equal(104, pills.Sum(p => p.Ticks.Count));
        Assert.Equal("104", pills[^1].Label.Split('–')[^1]);
        Assert.All(pills.Zip(pills.Skip(1)), next => Assert.True(next.First.X + (next.First.Width / 2) <= next.Second.X - (next.Second.Width / 2) + 0.01));
        Assert.InRange(pills[^1].X + (pills[^1].Width / 2), 0, ChartFrame.Narrow.Width);
    }

    [Fact]
    public void Labels_beside_the_plot_do_not_lie_on_each_other()
    {
        var metric = new BehaviourMetric("Calls", null, 21, 21.2);
        var chart = Chart.Of(
            Reported(SeriesName.Behaviour, [.. Enumerable.Range(0, 13).Select(i => new WeekValue(First.AddDays(7 * i), i == 12 ? 900 : 20 + (i % 3)))]), metric, [], ChartFrame.Wide, First);

        Assert.Equal(5, chart.SideLabels.Count);
        Assert.All(Differences(chart.SideLabels.Select(l => l.Y)), apart => Assert.True(apart >= 11.99));
        Assert.InRange(chart.SideLabels[^1].Y, 0, ChartFrame.Wide.Bottom);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-5, -5)]
    [InlineData(1e-6, 2e-6)]
    [InlineData(-3, 1e9)]
    public void An_axis_holds_any_values_between_round_numbers(double lowest, double highest)
    {
        var axis = ValueAxis.Of(SeriesName.Behaviour, [lowest, highest], null, null);

        Assert.True(axis.From <= lowest && axis.To >= highest && axis.To > axis.From);
        Assert.InRange(axis.Ticks.Count, 2, 7);
    }

    private static Chart Draw(SeriesName name, double?[] values) =>
        Chart.Of(Reported(name, [.. values.Select((v, i) => new WeekValue(First.AddDays(7 * i), v))]), null, [], ChartFrame.Wide, First);

    private static ReportedSeries Reported(SeriesName name, IReadOnlyList<WeekValue> weeks)
    {
        (double?, double?) possible = name switch { SeriesName.Performance => (1, 5), SeriesName.Drift => (0, 1), _ => (null, null) };
        return new ReportedSeries(ProcessBehaviourChart.Of(new WeeklySeries(name, weeks, possible.Item1, possible.Item2, [])), SeriesWords.For(name, null), []);
    }

    private static List<double> Differences(IEnumerable<double> values) => [.. values.Zip(values.Skip(1)).Select(v => v.Second - v.First)];
}

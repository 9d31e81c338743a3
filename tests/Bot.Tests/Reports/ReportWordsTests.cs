using Bot.CheckIns;
using Bot.Initiatives;
using Bot.Reports;
using Bot.Trends;

namespace Bot.Tests.Reports;

/// <summary>What a chart says in words, how long a stage lasts, and which week gets which number on the time line.</summary>
public sealed class ReportWordsTests
{
    private static readonly DateOnly First = new(2026, 1, 1);
    private static readonly DateOnly Today = new(2026, 11, 23);
    private static readonly double?[] Calm = [20, 21, 20, 22, 21, 20, 21, 22, 20, 21, 20, 22];

    [Fact]
    public void Before_six_weeks_no_word_is_said_about_a_trend()
    {
        var series = Series([1, 9, 1, 9, 1]);

        Assert.Equal("Collecting, 5 of 6 weeks: nothing is said about a trend yet.", ChartWords.Finding(series, Today));
        Assert.Null(ChartWords.Limits(series));
    }

    [Fact]
    public void A_value_that_never_moved_has_no_limits()
    {
        Assert.Equal("No limits: in its first 8 weeks the value did not move.", ChartWords.Finding(Series([3, 3, 3, 3, 3, 3, 3, 3]), Today));
    }

    [Fact]
    public void Routine_variation_is_called_that_with_what_cannot_be_seen()
    {
        var series = Series(Calm);

        Assert.Equal("Routine variation: nothing in the last week stands out.", ChartWords.Finding(series, Today));
        Assert.Matches("^Mean 20.8, limits 17.4 to 24.2; locked from the first 12 weeks. A change under 3.\\d+ would not show yet.$", ChartWords.Limits(series));
    }

    [Fact]
    public void A_signal_names_its_rule_and_its_weeks_and_whether_its_limits_are_trial()
    {
        Assert.Equal("Signal: above the upper limit 24.2 in the week of 23 Mar.", ChartWords.Finding(Series([.. Calm, 30]), Today));
        Assert.Equal("Signal: 9 weeks in a row above the mean 20.8, 16 Mar to 11 May.", ChartWords.Finding(Series([.. Calm, 21, 22, 21, 22, 21, 22, 21, 22]), Today));
        Assert.Contains("three of four near the lower limit", ChartWords.Finding(Series([.. Calm, 21, 19, 18.5, 18.5]), Today));
        Assert.EndsWith("(trial limits).", ChartWords.Finding(Series([20, 21, 20, 21, 20, 21, 20, 90]), Today), StringComparison.Ordinal);
    }

    [Fact]
    public void A_signal_of_the_past_is_told_as_earlier()
    {
        var series = Series([.. Calm, 30, 21]);

        Assert.False(ChartWords.HasSignal(series));
        Assert.Equal(["above the upper limit 24.2 in the week of 23 Mar"], ChartWords.Earlier(series, Today));
        Assert.Contains("Earlier signals: above the upper limit", ChartWords.Alternative(series, Today));
        Assert.Contains("14 weeks from 29 Dec 2025 to 30 Mar, 14 with a value; the last is 21.", ChartWords.Alternative(series, Today));
    }

    [Theory]
    [InlineData(Stage.Pilot, "2026-11-23", null, "pilot, week 1 of 12")]
    [InlineData(Stage.Pilot, "2026-09-28", null, "pilot, week 9 of 12")]
    [InlineData(Stage.Pilot, "2026-06-01", null, "pilot, week 26, planned were 12")]
    [InlineData(Stage.Pilot, "2026-11-16", "2026-12-14", "pilot, week 2 of 4")]
    [InlineData(Stage.Production, "2026-11-01", null, "production, week 4")]
    public void A_stage_says_its_week(Stage stage, string since, string? plannedEnd, string expected)
    {
        var now = StageNow.Of(stage, DateOnly.Parse(since), plannedEnd is null ? null : DateOnly.Parse(plannedEnd), Today);

        Assert.Equal(expected, StageWords.Now(now));
    }

    [Fact]
    public void Marks_are_numbered_by_week_and_what_lies_outside_has_no_place()
    {
        var weeks = Enumerable.Range(0, 3).Select(i => Week(First.AddDays(7 * i))).ToList();

        var marks = Mark.On(weeks,
        [
            new(First.AddDays(15), MarkKind.Decision, "third", null), new(First, MarkKind.Decision, "first", null), new(First.AddDays(-2), MarkKind.StageChange, "same week", null),
            new(First.AddDays(-9), MarkKind.StageChange, "before", null), new(First.AddDays(30), MarkKind.Decision, "after", null),
        ]);

        Assert.Equal([1, 2], marks.Select(m => m.Number));
        Assert.Equal(["same week", "first"], marks[0].Events.Select(e => e.Text));
        Assert.Equal(["third"], marks[1].Events.Select(e => e.Text));
    }

    private static ReportedSeries Series(double?[] values) => new(
        ProcessBehaviourChart.Of(new WeeklySeries(SeriesName.Behaviour, [.. values.Select((v, i) => new WeekValue(First.AddDays(7 * i), v))], null, null, [])),
        SeriesWords.For(SeriesName.Behaviour, null), []);

    private static ReportedWeek Week(DateOnly date) => new(
        new WeekInNumbers(default, date, RoundState.Closed, false, true, 5, 5, 5, 5, 3, 0, new Dictionary<Struggles, int>(), 0, 0, 5, null, null, 5, 5, 0, 0, 0, 0), null);
}

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

        Assert.Equal("Collecting, 5 of 6 weeks.", ChartWords.Finding(series));
        Assert.Null(ChartWords.Limits(series));
    }

    [Fact]
    public void What_cannot_be_seen_is_said_once_beside_routine_variation_and_beside_a_signal()
    {
        foreach (var series in new[] { Series(Calm), Series([.. Calm, 30]) })
        {
            var said = $"{ChartWords.Finding(series)} {ChartWords.Limits(series)}";
            Assert.Equal(2, said.Split("would not show yet").Length);
            Assert.Contains("Mean 20.8, limits 17.4 and 24.2 (12 weeks locked).", said);
        }
    }

    [Fact]
    public void A_signal_of_the_last_week_needs_attention_and_one_of_the_past_is_told_as_earlier()
    {
        var (now, past) = (Series([.. Calm, 30]), Series([.. Calm, 30, 21]));

        Assert.StartsWith("Signal: above the upper limit", ChartWords.Finding(now), StringComparison.Ordinal);
        Assert.StartsWith("above the upper limit", ChartWords.Current(now), StringComparison.Ordinal);
        Assert.Empty(ChartWords.Earlier(now, Today));
        Assert.False(ChartWords.HasSignal(past));
        Assert.StartsWith("week of 23 March: above the upper limit", Assert.Single(ChartWords.Earlier(past, Today)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_signal_before_a_week_without_a_value_is_a_past_one()
    {
        var series = Series([.. Calm, 30, null]);

        Assert.False(ChartWords.HasSignal(series));
        Assert.Single(ChartWords.Earlier(series, Today));
    }

    [Fact]
    public void A_chart_is_told_in_sentences_with_its_weeks_its_last_value_and_its_signals()
    {
        var told = ChartWords.Alternative(Series([.. Calm, 30, 21]), Today);

        Assert.Contains("14 weeks from 29 Dec 2025 to 30 Mar, 14 with a value; the last is 21.", told);
        Assert.Contains("Earlier signals: week of 23 March: above the upper limit", told);
        Assert.EndsWith("The values are in the table after the chart.", told, StringComparison.Ordinal);
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

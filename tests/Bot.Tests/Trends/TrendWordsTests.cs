using Bot.Initiatives;
using Bot.Trends;

namespace Bot.Tests.Trends;

/// <summary>What is said of a chart, case by case: collecting, routine, each rule, first time and again, nothing moved, gaps, units.</summary>
public sealed class TrendWordsTests
{
    private static readonly Measure Rating = new(SeriesName.Performance, null);
    private static readonly Measure Calls = new(SeriesName.Behaviour, new BehaviourMetric("Calls changed", "calls", 20, 60));

    public static TheoryData<string, double?[]> Said => new()
    {
        { "collecting, 0 of 6 weeks", [] },
        { "collecting, 0 of 6 weeks", [null] },
        { "collecting, 4 of 6 weeks", [3, 4, 1, 5] },
        { "routine variation (trial limits, 8 weeks); a change under 0.8 would not show yet", [.. Series.Cycle(8, 3.6, 3.9)] },
        { "routine variation (12 weeks locked); a change under 0.8 would not show yet", [.. Series.Cycle(15, 3.6, 3.9)] },
        { "signal: below the lower limit 2.4, for the first time (12 weeks locked)", [.. Series.Baseline(3, 0.24), 2.2] },
        { "signal: above the upper limit 3.6, as the week before it (12 weeks locked)", [.. Series.Baseline(3, 0.24), 4, 4.1] },
        { "signal: above the upper limit 3.6, for the first time since the week of 23 March (12 weeks locked)", [.. Series.Baseline(3, 0.24), 4, 3, 4.1] },
        { "signal: 2.35 is below the lower limit 2.36, for the first time (12 weeks locked)", [.. Series.Baseline(3, 0.24), 2.35] },
        { "signal: eight weeks in a row above the mean 3.0, since the week of 30 March (12 weeks locked)", [.. Series.Baseline(3, 0.24), 2.9, .. Series.Cycle(8, 3.05, 3.1)] },
        { "signal: three of four weeks more than 0.3 below the mean 3.0 (12 weeks locked)", [.. Series.Baseline(3, 0.24), 2.6, 3.1, 2.6, 2.5] },
        { "nothing moved in 7 weeks, so there are no limits", [.. Series.Cycle(7, 4)] },
        { "the weeks lie too far apart for limits", [3, null, null, 4, null, null, 3, null, null, 4, null, null, 3, null, null, 4] },
        { "no figure to compare with the limits (12 weeks locked); a change under 0.6 would not show yet", [.. Series.Baseline(3, 0.24), 1.5, null] },
        { "routine variation (12 weeks locked); in a single week no change would show: both limits lie outside what is possible", [.. Series.Cycle(12, 2, 4)] },
    };

    [Theory, MemberData(nameof(Said))]
    public void A_chart_is_said_in_these_words(string words, double?[] values) => Assert.Equal(words, TrendWords.Of(Series.Ratings(values), Rating));

    [Fact]
    public void Several_signals_are_said_in_the_order_of_the_rules()
    {
        var words = TrendWords.Of(Series.Ratings([.. Series.Baseline(3, 0.24), 2.6, 2.6, 2.2]), Rating);

        Assert.Equal("signal: below the lower limit 2.4, for the first time; also three of four weeks more than 0.3 below the mean 3.0 (12 weeks locked)",
            TrendWords.Of(Series.Ratings([.. Series.Baseline(3, 0.24), 2.6, 2.6, 3, 2.2]), Rating));
        Assert.StartsWith("signal: below the lower limit 2.4", words);
    }

    [Fact]
    public void A_new_run_says_since_when_it_collects()
    {
        var chart = Series.Ratings([.. Series.Baseline(3, 0.24), 1.5, 1.6], rebased: 12);

        Assert.Equal("collecting, 2 of 6 weeks since the limits were set anew in the week of 23 March", TrendWords.Of(chart, Rating));
        Assert.Equal(["from the week of 29 December 2025: mean 3.0, limits 2.4 and 3.6 (12 weeks locked)", "from the week of 23 March: 2 of 6 weeks, no limits yet"],
            chart.Runs.Select(r => TrendWords.Run(chart, r, Rating)));
    }

    [Fact]
    public void A_limit_that_is_not_drawn_is_said_to_be_impossible()
    {
        var chart = Series.Ratings([.. Series.Cycle(12, 4.6, 4.2)]);

        Assert.Equal("mean 4.4, lower limit 3.3, no upper one: it lies outside what is possible (12 weeks locked)", TrendWords.Run(chart, chart.Now!, Rating));
    }

    [Fact]
    public void Numbers_are_in_the_unit_of_their_series()
    {
        Assert.Equal("signal: above the upper limit 46.6 calls, for the first time (12 weeks locked)", TrendWords.Of(Series.Chart([.. Series.Baseline(36, 4), 60]), Calls));
        Assert.Equal(
            "signal: above the upper limit 36 %, for the first time (12 weeks locked)",
            TrendWords.Of(Series.Chart([.. Series.Baseline(0.2, 0.06), 0.5]), new Measure(SeriesName.AnswerRate, null)));
        Assert.Equal("routine variation (trial limits, 6 weeks); a change under 27 % would not show yet",
            TrendWords.Of(Series.Chart([.. Series.Cycle(6, 0.4, 0.5)]), new Measure(SeriesName.Drift, null)));
    }

    [Theory]
    [InlineData(2.2, SeriesName.Performance, "performance below the lower limit 2.4, for the first time")]
    [InlineData(3.8, SeriesName.Performance, null)]
    [InlineData(3.8, SeriesName.SupportHours, "support hours per user above the upper limit 3.6, for the first time")]
    [InlineData(2.2, SeriesName.SupportHours, null)]
    [InlineData(3.1, SeriesName.Performance, null)]
    public void Attention_is_called_to_the_wrong_side_only(double last, SeriesName series, string? words) =>
        Assert.Equal(words, TrendWords.Attention(Series.Ratings([.. Series.Baseline(3, 0.24), last]), new Measure(series, null)));

    [Fact]
    public void A_behaviour_metric_that_should_fall_calls_attention_when_it_rises()
    {
        var calls = new BehaviourMetric("Calls back", "calls", 60, 20);

        Assert.Equal((Direction.Down, Direction.Up), (new Measure(SeriesName.Behaviour, calls).Better, new Measure(SeriesName.Behaviour, calls with { Target = 90 }).Better));
        Assert.StartsWith("Calls back above", TrendWords.Attention(Series.Ratings([.. Series.Baseline(3, 0.24), 3.8]), new Measure(SeriesName.Behaviour, calls)));
    }

    [Fact]
    public void Values_that_look_back_over_each_other_have_no_limits_and_say_why()
    {
        var weeks = Enumerable.Range(0, 14).Select(i => new WeekValue(new DateOnly(2026, 1, 1).AddDays(7 * i), 50 + (i * 3))).ToList();
        var chart = ProcessBehaviourChart.Of(WeeklySeries.Of(SeriesName.Readiness, weeks, []));

        Assert.Empty(chart.Signals);
        Assert.Equal("each value looks back over several weeks, so neighbours are alike and there are no limits", TrendWords.Of(chart, new Measure(SeriesName.Readiness, null)));
    }

    [Fact]
    public void A_signal_of_the_past_carries_its_weeks_and_the_state_of_the_limits()
    {
        var trial = Series.Ratings([.. Series.Cycle(9, 3, 3.1), 4.5, 3]);
        var run = Series.Ratings([.. Series.Baseline(3, 0.24), .. Series.Cycle(8, 3.1, 3.05), 2.9]);

        Assert.Equal("week of 2 March: above the upper limit 4.2, trial limits", TrendWords.Past(trial, trial.Signals[0], Rating, Series.Week(12)));
        Assert.Equal("week of 23 March to week of 11 May: eight weeks in a row above the mean 3.0", TrendWords.Past(run, run.Signals[0], Rating, Series.Week(12)));
    }
}

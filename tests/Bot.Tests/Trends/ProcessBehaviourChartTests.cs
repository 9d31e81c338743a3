using Bot.Trends;

namespace Bot.Tests.Trends;

/// <summary>Collecting, trial and locked; gaps; impossible limits; nothing moves; new runs; a point on a limit or on the mean; each rule's edge.</summary>
public sealed class ProcessBehaviourChartTests
{
    [Theory]
    [InlineData(0, null)]
    [InlineData(1, LimitState.Collecting)]
    [InlineData(5, LimitState.Collecting)]
    [InlineData(6, LimitState.Trial)]
    [InlineData(11, LimitState.Trial)]
    [InlineData(12, LimitState.Locked)]
    [InlineData(30, LimitState.Locked)]
    public void The_state_follows_from_the_weeks_with_a_value(int weeks, LimitState? state)
    {
        var chart = Series.Chart([.. Series.Cycle(weeks, 3, 4).Concat([null, null])]);

        Assert.Equal(weeks == 0 ? LimitState.Collecting : state, chart.Now!.State);
        Assert.Equal((Math.Min(weeks, 12), weeks >= 6), (chart.Now.Weeks, chart.Now.Limits is not null));
    }

    [Fact]
    public void An_empty_series_has_no_run_and_no_signal()
    {
        var chart = Series.Chart();

        Assert.Equal((null, null, 0, 0), (chart.Now, chart.Last, chart.Signals.Count, chart.Current.Count()));
    }

    [Fact]
    public void While_collecting_nothing_is_a_signal_however_far_it_jumps()
    {
        Assert.Empty(Series.Chart(3, 3, 3, 3, 1000).Signals);
    }

    [Fact]
    public void Locked_limits_stay_whatever_comes_and_trial_limits_do_not()
    {
        var twelve = Series.Chart([.. Series.Cycle(12, 3, 4)]).Now!.Limits;

        Assert.Equal(twelve, Series.Chart([.. Series.Cycle(12, 3, 4), 9, 9, 9]).Now!.Limits);
        Assert.NotEqual(Series.Chart([.. Series.Cycle(8, 3, 4)]).Now!.Limits, Series.Chart([.. Series.Cycle(8, 3, 4), 9]).Now!.Limits);
    }

    [Fact]
    public void A_signal_found_with_trial_limits_says_so()
    {
        var signal = Series.Chart([.. Series.Cycle(10, 3, 3.2), 5]).Signals[0];

        Assert.Equal(new Signal(SignalRule.OutsideLimits, Up: true, 10, 10, Trial: true), signal);
    }

    [Fact]
    public void A_range_steps_over_one_missing_week_and_not_over_two()
    {
        var one = Series.Chart(1, 2, 1, null, 9, 8, 9).Now!.Limits!;
        var two = Series.Chart(1, 2, 1, null, null, 9, 8, 9).Now!.Limits!;

        Assert.Equal((1 + 1 + 8 + 1 + 1) / 5.0, one.MovingRange, 1e-12);
        Assert.Equal(1, two.MovingRange, 1e-12);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void A_run_of_eight_goes_on_over_one_missing_week_and_not_over_two(int missing, bool signals)
    {
        double?[] high = [10.1, 10.2, 10.1, 10.2];
        var chart = Series.Chart([.. Series.Baseline(10, 1), .. high, .. Enumerable.Repeat<double?>(null, missing), .. high]);

        Assert.Equal(signals, chart.Signals.Any(s => s.Rule == SignalRule.EightOnOneSide));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void Three_of_four_go_on_over_one_missing_week_and_not_over_two(int missing, bool signals)
    {
        var chart = Series.Chart([.. Series.Baseline(10, 1), 10.1, 12, 12, .. Enumerable.Repeat<double?>(null, missing), 12]);

        Assert.Equal(signals, chart.Signals.Any(s => s.Rule == SignalRule.ThreeOfFourNearLimit));
    }

    [Fact]
    public void Eight_in_a_row_are_a_signal_and_seven_are_not()
    {
        var seven = Series.Chart([.. Series.Baseline(10, 1), 9.9, 9.8, 9.9, 9.8, 9.9, 9.8, 9.9]);
        var eight = Series.Chart([.. Series.Baseline(10, 1), 10.2, 9.9, 9.8, 9.9, 9.8, 9.9, 9.8, 9.9, 9.8]);

        Assert.DoesNotContain(seven.Signals, s => s.Rule == SignalRule.EightOnOneSide && s.From > 12);
        Assert.Equal(new Signal(SignalRule.EightOnOneSide, Up: false, 13, 20, Trial: false), Assert.Single(eight.Current));
    }

    [Fact]
    public void A_point_on_the_mean_ends_a_run()
    {
        var chart = Series.Chart([.. Series.Baseline(10, 1), 10.1, 10.2, 10.1, 10.2, 10, 10.1, 10.2, 10.1, 10.2]);

        Assert.Empty(chart.Signals);
    }

    [Fact]
    public void A_longer_run_is_one_signal_of_all_its_weeks()
    {
        var chart = Series.Chart([.. Series.Baseline(10, 1), 9.9, .. Series.Cycle(11, 10.1, 10.2)]);

        Assert.Equal(new Signal(SignalRule.EightOnOneSide, Up: true, 13, 23, Trial: false), Assert.Single(chart.Signals));
    }

    [Theory]
    [InlineData(12.66, false)]
    [InlineData(12.67, true)]
    [InlineData(7.34, false)]
    [InlineData(7.33, true)]
    public void A_point_on_a_limit_is_no_signal(double value, bool signals)
    {
        var chart = Series.Chart([.. Series.Baseline(10, 1), value]);

        Assert.Equal(signals, chart.Current.Any(s => s.Rule == SignalRule.OutsideLimits));
    }

    [Fact]
    public void A_point_half_way_to_a_limit_is_not_near_it()
    {
        var half = Series.Chart([.. Series.Baseline(10, 1), 11.33, 11.33, 11.33, 11.33]);
        var over = Series.Chart([.. Series.Baseline(10, 1), 11.34, 9, 11.34, 11.34]);

        Assert.DoesNotContain(half.Signals, s => s.Rule == SignalRule.ThreeOfFourNearLimit);
        Assert.Equal(new Signal(SignalRule.ThreeOfFourNearLimit, Up: true, 12, 15, Trial: false), Assert.Single(over.Signals, s => s.Rule == SignalRule.ThreeOfFourNearLimit));
    }

    [Fact]
    public void Three_far_from_the_mean_on_different_sides_are_no_signal()
    {
        Assert.Empty(Series.Chart([.. Series.Baseline(10, 1), 11.5, 8.5, 11.5, 10]).Signals);
    }

    [Fact]
    public void A_limit_that_is_impossible_is_not_drawn_and_not_crossed()
    {
        var chart = Series.Ratings([.. Series.Cycle(12, 4.6, 4.2), 5, 1]);

        Assert.Null(chart.Now!.Limits!.UpperLimit);
        Assert.Equal(4.4 - (2.66 * 0.4), chart.Now.Limits.LowerLimit!.Value, 1e-9);
        Assert.Equal(13, Assert.Single(chart.Signals, s => s.Rule == SignalRule.OutsideLimits).From);
    }

    [Fact]
    public void Where_both_limits_are_impossible_no_point_can_cross_one()
    {
        var limits = Series.Ratings([.. Series.Cycle(12, 2, 4)]).Now!.Limits!;

        Assert.Equal((null, null, null), (limits.LowerLimit, limits.UpperLimit, limits.SmallestVisible));
    }

    [Fact]
    public void Where_nothing_moves_there_are_no_limits_and_no_signals()
    {
        var chart = Series.Chart([.. Series.Cycle(12, 4), 9]);

        Assert.Equal((LimitState.Locked, null, 0), (chart.Now!.State, chart.Now.Limits, chart.Signals.Count));
    }

    [Fact]
    public void A_new_run_needs_six_weeks_and_the_older_keeps_its_limits()
    {
        var before = Series.Cycle(12, 3, 4).ToList();
        var alone = Series.Ratings(before).Now!;

        var chart = Series.Ratings([.. before, .. Series.Cycle(5, 1.5, 2)], rebased: 12);

        Assert.Equal([alone, new ChartRun(12, 16, LimitState.Collecting, 5, null)], chart.Runs);
        Assert.Empty(chart.Signals);
        Assert.Equal(LimitState.Trial, Series.Ratings([.. before, .. Series.Cycle(6, 1.5, 2)], rebased: 12).Now!.State);
    }

    [Fact]
    public void A_run_of_weeks_ends_at_the_break()
    {
        double?[] before = [.. Series.Baseline(10, 1), 10.1, 10.2, 10.1, 10.2];

        var chart = ProcessBehaviourChart.Of(Series.Of([.. before, 10.1, 10.2, 10.1, 10.2, 10.1, 10.2], null, null, rebased: 16));

        Assert.DoesNotContain(chart.Signals, s => s.Rule == SignalRule.EightOnOneSide);
    }

    [Fact]
    public void A_break_before_the_first_week_or_after_the_last_changes_nothing()
    {
        var values = Series.Cycle(12, 3, 4).ToList();

        Assert.Equal(Series.Ratings(values).Runs, Series.Ratings(values, 0, 12, 40).Runs);
    }

    [Fact]
    public void What_holds_now_is_what_the_last_value_is_part_of()
    {
        var gone = Series.Chart([.. Series.Baseline(10, 1), 20, 10]);
        var here = Series.Chart([.. Series.Baseline(10, 1), 20]);

        Assert.Empty(gone.Current);
        Assert.Equal(SignalRule.OutsideLimits, Assert.Single(here.Current).Rule);
    }
}

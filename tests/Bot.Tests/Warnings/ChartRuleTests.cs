using Bot.Initiatives;
using Bot.Warnings;
using Bot.Warnings.Rules;
using static Bot.Tests.Warnings.Facts;

namespace Bot.Tests.Warnings;

// What charts tell: behaviour-flat, white-glove, fade. A signal is the chart's business (see the trend tests); here only what follows from it.
public sealed class ChartRuleTests
{
    private static readonly double[] Flat = [41, 39, 42, 40, 41, 40, 42, 39, 41];
    private static readonly double[] Rising = [20, 21, 20, 22, 21, 20, 21, 48, 55];
    private static readonly double[] Falling = [4.2, 4.1, 4.3, 4.2, 4.1, 4.2, 4.3, 2.1];
    private static readonly double[] Steady = [4.2, 4.1, 4.3, 4.2, 4.1, 4.2, 4.3, 4.2];

    [Fact]
    public void A_metric_without_an_improving_signal_for_eight_weeks_is_flat()
    {
        Assert.Equal(1, Metric(Flat).LevelOf(new BehaviourFlat()));
        Assert.Equal(0, Metric(Flat[1..]).LevelOf(new BehaviourFlat()));
        Assert.Equal(2, Metric([.. Flat, .. Flat]).LevelOf(new BehaviourFlat()));
    }

    [Fact]
    public void It_is_not_flat_once_it_improves_in_the_direction_wanted()
    {
        Assert.Equal(0, Metric(Rising).LevelOf(new BehaviourFlat()));
        Assert.Equal(1, Metric(Rising).But(i => i.Metric = i.Metric! with { Wanted = Direction.Down, Baseline = null, Target = null }).LevelOf(new BehaviourFlat()));
    }

    [Fact]
    public void It_is_not_flat_where_it_is_better_than_the_recorded_baseline_from_the_first_week_on_or_at_its_target()
    {
        Assert.Equal(0, Metric(Flat).But(i => i.Metric = i.Metric! with { Baseline = 20 }).LevelOf(new BehaviourFlat()));
        Assert.Equal(0, Metric(Flat).But(i => i.Metric = i.Metric! with { Target = 40 }).LevelOf(new BehaviourFlat()));
    }

    [Fact]
    public void It_is_said_only_while_performance_is_fine()
    {
        Assert.Equal(0, Metric(Flat, mean: 2.9).LevelOf(new BehaviourFlat()));
    }

    [Fact]
    public void Support_that_does_not_fall_over_six_weeks_is_a_white_glove()
    {
        Assert.Equal(1, Support(6, 6, 6, 6, 6, 6).LevelOf(new WhiteGlove()));
        Assert.Equal(0, Support(6, 6, 6, 6, 6).LevelOf(new WhiteGlove()));
        Assert.Equal(0, Support(12, 9, 8, 6, 4, 3).LevelOf(new WhiteGlove()));
        Assert.Equal(0, Support(0, 0, 0, 0, 0, 0).LevelOf(new WhiteGlove()));
        Assert.Equal(2, Support(6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 7).LevelOf(new WhiteGlove()));
    }

    [Fact]
    public void Performance_that_falls_as_support_does_is_worse()
    {
        double[] hours = [12, 12, 12, 12, 12, 6, 4, 2];

        Assert.Equal(2, Fine().Weeks(8, (week, i) => week with { SupportHours = hours[i], Mean = Falling[i] }).LevelOf(new WhiteGlove()));
        Assert.Equal(0, Fine().Weeks(8, (week, i) => week with { SupportHours = hours[i], Mean = Steady[i] }).LevelOf(new WhiteGlove()));
    }

    [Fact]
    public void A_signal_downward_in_the_last_two_weeks_is_fading()
    {
        Assert.Equal(1, Means(Falling).LevelOf(new Fade()));
        Assert.Equal(1, Means([.. Falling, 4.2]).LevelOf(new Fade()));
        Assert.Equal(0, Means([.. Falling, 4.2, 4.1]).LevelOf(new Fade()));
        Assert.Equal(0, Means(Steady).LevelOf(new Fade()));
        Assert.Equal(0, Means([4.2, 4.1, 4.3, 4.2, 2.0]).LevelOf(new Fade()));
        Assert.Contains("trial limits", Means(Falling).Look(new Fade())!.Evidence[0]);
    }

    [Fact]
    public void With_locked_limits_or_in_both_series_it_is_a_warning()
    {
        Assert.Equal(2, Means([4.2, 4.1, 4.3, 4.2, 4.1, 4.2, 4.3, 4.1, 4.2, 4.1, 4.3, 4.2, 2.1]).LevelOf(new Fade()));
        Assert.Equal(2, Fine().Weeks(8, (week, i) => week with { Mean = Falling[i], Asked = 20, Answered = i == 7 ? 2 : 18 + (i % 2) }).LevelOf(new Fade()));
    }

    [Fact]
    public void Old_weeks_brought_in_from_elsewhere_do_not_fade_into_a_team_that_has_its_own()
    {
        var history = Fine().Weeks(9, (week, i) => i < 8 ? week.Imported() with { Mean = Falling[i] } : week with { Mean = 4.2 });
        var untilToday = Fine().Weeks(8, (week, i) => week.Imported() with { Mean = Falling[i] });
        var longAgo = Fine().Weeks(8, (week, i) => week.Imported() with { Mean = Falling[i], ReviewDate = week.ReviewDate.AddDays(-28) });

        Assert.Equal((0, 1, 0), (history.LevelOf(new Fade()), untilToday.LevelOf(new Fade()), longAgo.LevelOf(new Fade())));
    }

    private static Facts Means(double[] means) => Fine().Values(means, (week, mean) => week with { Mean = mean });

    private static Facts Metric(double[] values, double mean = 4) =>
        Fine().But(i => i.Metric = i.Metric! with { Baseline = null }).Values(values, (week, value) => week with { Metric = value, Mean = mean });

    private static Facts Support(params double[] hours) => Fine().Values(hours, (week, value) => week with { SupportHours = value });
}

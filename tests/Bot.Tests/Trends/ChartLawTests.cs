using Bot.Trends;
using FsCheck;
using FsCheck.Fluent;

namespace Bot.Tests.Trends;

/// <summary>Laws of the chart, and how often it calls noise a signal.</summary>
public sealed class ChartLawTests
{
    /// <summary>Values on a grid, so that points often lie on the mean or on a limit; some weeks without a value.</summary>
    private static Arbitrary<double?[]> Values => Gen.OneOf(
        Gen.Choose(-40, 40).Select(n => (double?)(n / 4.0)), Gen.Choose(-4, 4).Select(n => (double?)n), Gen.Choose(-9, 9).Select(n => n == 0 ? null : (double?)(n / 3.0))).ArrayOf().ToArbitrary();

    [Fact]
    public void Shifting_a_series_never_changes_which_points_signal()
    {
        Prop.ForAll(Values, Gen.Choose(-1_000_000, 1_000_000).Select(n => n / 8.0).ToArbitrary(), (values, by) => Same(values, [.. values.Select(v => v + by)]))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithEndSize(60));
    }

    [Fact]
    public void Stretching_a_series_never_changes_which_points_signal()
    {
        Prop.ForAll(Values, Gen.Choose(1, 1_000_000).Select(n => n / 997.0).ToArbitrary(), (values, by) => Same(values, [.. values.Select(v => v * by)]))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithEndSize(60));
    }

    [Fact]
    public void Turning_a_series_upside_down_turns_its_signals()
    {
        Prop.ForAll(Values, values => Series.Chart(values).Signals.Select(s => s with { Up = !s.Up }).ToHashSet()
                .SetEquals(Series.Chart([.. values.Select(v => -v)]).Signals))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithEndSize(60));
    }

    [Fact]
    public void Once_locked_later_weeks_add_signals_and_take_none_back()
    {
        Prop.ForAll(Values, Values, (values, more) =>
            {
                double?[] locked = [.. Series.Baseline(0, 2), .. values];
                var before = Series.Chart(locked).Signals;
                var after = Series.Chart([.. locked, .. more]).Signals;
                return before.All(s => after.Any(a => a.Rule == s.Rule && a.Up == s.Up && a.From <= s.From && a.To >= s.To));
            })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithEndSize(40));
    }

    /// <summary>
    /// Normal noise, 20,000 series, fixed seed: the share in which at least one of the twelve weeks after the baseline lies outside limits made of that baseline. The rules promise about
    /// 25 % with six weeks and 15 % with twelve.
    /// </summary>
    [Theory]
    [InlineData(6, 0.22, 0.28)]
    [InlineData(12, 0.12, 0.18)]
    public void False_alarms_of_rule_1_in_twelve_weeks_after_a_baseline_are_as_rare_as_the_rules_say(int baseline, double least, double most)
    {
        var share = Share(random =>
        {
            var first = Noise(random, baseline);
            var limits = Limits.Of(first, [.. first.Zip(first.Skip(1), (a, b) => Math.Abs(b - a))], null, null)!;
            return Noise(random, 12).Any(x => limits.IsAbove(x) || limits.IsBelow(x));
        });

        Assert.InRange(share, least, most);
    }

    /// <summary>The same noise through the chart as it is read each week: weeks 6 to 12 with trial limits that move, and the next twelve with locked ones.</summary>
    [Fact]
    public void A_chart_read_every_week_calls_noise_a_signal_of_rule_1_in_as_few_series()
    {
        var trial = Share(random =>
        {
            var values = Noise(random, 12).Select(v => (double?)v).ToArray();
            return Enumerable.Range(6, 6).Any(weeks => Series.Chart(values[..weeks]).Current.Any(s => s.Rule == SignalRule.OutsideLimits));
        });
        var locked = Share(random => Series.Chart([.. Noise(random, 24).Select(v => (double?)v)]).Signals.Any(s => s is { Rule: SignalRule.OutsideLimits, From: >= 12 }));

        Assert.InRange(trial, 0.005, 0.05);
        Assert.InRange(locked, 0.12, 0.18);
    }

    private static bool Same(double?[] one, double?[] other) =>
        Series.Chart(one).Signals.SequenceEqual(Series.Chart(other).Signals) && Series.Chart(one).WideSteps().SequenceEqual(Series.Chart(other).WideSteps());

    private static double Share(Func<Random, bool> holds)
    {
        const int series = 20_000;
        var random = new Random(20261126);
        return Enumerable.Range(0, series).Count(_ => holds(random)) / (double)series;
    }

    private static double[] Noise(Random random, int weeks) =>
        [.. Enumerable.Range(0, weeks).Select(_ => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];
}

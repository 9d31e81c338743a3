using System.Text.Json;
using System.Text.Json.Nodes;
using Bot.Trends;

namespace Bot.Tests.Trends;

/// <summary>
/// Series published with their limits. Their baselines are not of twelve weeks: so the limits are reproduced from the values themselves, and the signals by a
/// baseline that swings around the published mean by half the published range, which locks exactly those limits, with the published values after it.
/// </summary>
public sealed class PublishedSeriesTests
{
    private static readonly JsonArray Published = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Vectors", "xmr.json")))!["series"]!.AsArray();

    public static TheoryData<string> All => [.. Published.Select(s => (string)s!["id"]!)];

    public static TheoryData<string, string, double> Numbers
    {
        get
        {
            var numbers = new TheoryData<string, string, double>();
            foreach (var series in Published)
            {
                foreach (var name in new[] { "mean", "meanMovingRange", "lower", "upper", "rangeLimit" }.Where(n => series![n] is not null))
                {
                    numbers.Add((string)series!["id"]!, name, (double)series[name]!);
                }
            }

            return numbers;
        }
    }

    [Theory, MemberData(nameof(Numbers))]
    public void Limits_are_the_published_ones(string id, string number, double published)
    {
        var limits = LimitsOf(Values(id));

        var ours = number switch { "mean" => limits.Mean, "meanMovingRange" => limits.MovingRange, "lower" => limits.LowerLimit, "upper" => limits.UpperLimit, _ => limits.RangeLimit };
        Assert.Equal(published, ours!.Value, (double)Series(id)["tolerance"]!);
    }

    [Theory]
    [InlineData("wheeler-382")]
    [InlineData("wheeler-9.2")]
    public void Points_outside_the_limits_are_the_published_ones(string id)
    {
        var chart = After(LimitsOf(Values(id)), Values(id));

        Assert.Equal(Places(id, "rule1"), chart.Signals.Where(s => s.Rule == SignalRule.OutsideLimits).Select(s => PlaceAfterBaseline(s.From)));
    }

    [Fact]
    public void Exceptional_ranges_are_the_published_ones_and_are_no_signals()
    {
        var chart = After(LimitsOf(Values("wheeler-382")), Values("wheeler-382"));

        Assert.Equal(Places("wheeler-382", "rangeSignals"), chart.WideSteps().Select(PlaceAfterBaseline));
    }

    [Fact]
    public void Limits_of_the_first_twelve_are_kept_for_the_next()
    {
        var series = Series("wheeler-9.1a");
        var chart = ProcessBehaviourChart.Of(Trends.Series.Of([.. Values("wheeler-9.1a").Concat(Values("wheeler-9.1a", "next")).Select(v => (double?)v)]));

        Assert.Equal(LimitState.Locked, chart.Now!.State);
        Assert.Equal((double)series["lower"]!, chart.Now.Limits!.LowerLimit!.Value, (double)series["tolerance"]!);
        Assert.Equal((double)series["upper"]!, chart.Now.Limits.UpperLimit!.Value, (double)series["tolerance"]!);
        Assert.Equal(
            Places("wheeler-9.1a", "nextBelow"),
            chart.Signals.Where(s => s is { Rule: SignalRule.OutsideLimits, Up: false }).Select(s => PlaceAfterBaseline(s.From)));
        Assert.Equal([false, false, false, false], chart.Signals.Where(s => s.Rule == SignalRule.OutsideLimits).Select(s => s.Trial));
    }

    [Fact]
    public void A_published_point_at_the_rounded_limit_is_no_signal()
    {
        var limits = LimitsOf(Values("wheeler-9.2"));
        var chart = After(limits, Values("wheeler-9.2"));

        Assert.Equal((double)Series("wheeler-9.2")["upperRounded"]!, limits.UpperLimit!.Value, 0.1);
        Assert.All(Places("wheeler-9.2", "onTheLimitNotASignal"), place =>
            Assert.DoesNotContain(chart.Signals, s => s.Rule == SignalRule.OutsideLimits && PlaceAfterBaseline(s.From) == place));
    }

    [Fact]
    public void Three_of_four_near_a_limit_lie_where_they_were_published()
    {
        var chart = After(LimitsOf(Values("wheeler-130")), Values("wheeler-130"));

        var signal = Assert.Single(chart.Signals, s => s.Rule == SignalRule.ThreeOfFourNearLimit);
        Assert.Equal(Places("wheeler-130", "rule3Within"), new[] { PlaceAfterBaseline(signal.From), PlaceAfterBaseline(signal.To) });
        Assert.True(signal.Up);
    }

    [Fact]
    public void Every_published_series_is_reproduced_here()
    {
        Assert.Equal(["wheeler-382", "wheeler-9.1a", "wheeler-9.2", "wheeler-130", "tiny"], Published.Select(s => (string)s!["id"]!));
    }

    private static ProcessBehaviourChart After(Limits limits, double[] values) =>
        ProcessBehaviourChart.Of(Trends.Series.Of([.. Trends.Series.Baseline(limits.Mean, limits.MovingRange), .. values.Select(v => (double?)v)]));

    private static int PlaceAfterBaseline(int place) => place - ProcessBehaviourChart.LockedWeeks + 1;

    private static Limits LimitsOf(double[] values) => Limits.Of(values, [.. values.Zip(values.Skip(1), (a, b) => Math.Abs(b - a))], null, null)!;

    private static JsonNode Series(string id) => Published.Single(s => (string)s!["id"]! == id)!;

    private static double[] Values(string id, string name = "values") => Series(id)[name].Deserialize<double[]>()!;

    private static int[] Places(string id, string name) => Series(id)[name].Deserialize<int[]>()!;
}

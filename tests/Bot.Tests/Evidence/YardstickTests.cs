using Bot.Evidence;

namespace Bot.Tests.Evidence;

/// <summary>Which way drift lies: p-values below their threshold, distances at or above it; nothing is guessed.</summary>
public sealed class YardstickTests
{
    [Theory]
    [InlineData("K-S p_value", 0.049, Verdict.Drift)]
    [InlineData("K-S p_value", 0.05, Verdict.None)]
    [InlineData("ks", 0.01, Verdict.Drift)]
    [InlineData("chi-square p_value", 0.0, Verdict.Drift)]
    [InlineData("chisquare", 0.9, Verdict.None)]
    [InlineData("Z-test p_value", 0.04, Verdict.Drift)]
    [InlineData("z", 0.06, Verdict.None)]
    [InlineData("t_test", 0.04, Verdict.Drift)]
    [InlineData("PSI", 0.1, Verdict.Drift)]
    [InlineData("psi", 0.0999, Verdict.None)]
    [InlineData("Wasserstein distance (normed)", 0.1, Verdict.Drift)]
    [InlineData("Wasserstein distance (normed)", 0.09, Verdict.None)]
    [InlineData("Jensen-Shannon distance", 0.1, Verdict.Drift)]
    [InlineData("jensenshannon", 0.05, Verdict.None)]
    [InlineData("Hellinger distance", 0.2, Verdict.Drift)]
    [InlineData("Kullback-Leibler divergence", 0.1, Verdict.Drift)]
    [InlineData("kl_div", 0.09, Verdict.None)]
    public void A_known_method_without_a_threshold_is_read_with_its_usual_one(string method, double value, Verdict expected)
    {
        var read = Yardstick.Read(method, value, null, evidently: true);

        Assert.Equal(expected, read.Verdict);
        Assert.NotNull(read.Threshold);
    }

    [Theory]
    [InlineData("K-S p_value", 0.02, 0.01, Verdict.None)]
    [InlineData("K-S p_value", 0.02, 0.03, Verdict.Drift)]
    [InlineData("Anderson-Darling p_value", 0.02, 0.05, Verdict.Drift)]
    [InlineData("Fisher's Exact test p_value", 0.2, 0.05, Verdict.None)]
    [InlineData("PSI", 0.2, 0.2, Verdict.Drift)]
    [InlineData("PSI", 0.15, 0.2, Verdict.None)]
    [InlineData("Energy distance", 0.3, 0.2, Verdict.Drift)]
    public void A_threshold_that_is_given_counts(string method, double value, double threshold, Verdict expected)
    {
        Assert.Equal((expected, (double?)threshold), Yardstick.Read(method, value, threshold));
    }

    [Theory]
    [InlineData(null, 0.5, null)]
    [InlineData(null, 0.5, 0.1)] // a threshold without a method says nothing about the direction
    [InlineData("our own score", 0.5, 0.1)]
    [InlineData("Anderson-Darling p_value", 0.01, null)] // its usual threshold is not known here
    [InlineData("K-S statistic", 0.4, null)]
    [InlineData("t-test p_value", 2.3, 0.05)] // no p-value is above 1: somebody sent the statistic
    [InlineData("epsilon", 0.4, null)]
    public void What_cannot_be_read_is_unknown(string? method, double value, double? threshold)
    {
        Assert.Equal(Verdict.Unknown, Yardstick.Read(method, value, threshold).Verdict);
    }

    [Theory]
    [InlineData(0.0, Verdict.None)]
    [InlineData(0.0999, Verdict.None)]
    [InlineData(0.1, Verdict.Possible)]
    [InlineData(0.25, Verdict.Possible)]
    [InlineData(0.2501, Verdict.Drift)]
    public void A_PSI_without_a_threshold_follows_the_rule_of_thumb(double value, Verdict expected)
    {
        Assert.Equal(expected, Yardstick.Read("PSI", value, null).Verdict);
    }

    [Theory]
    [InlineData("psi", true)]
    [InlineData("PSI of age", true)]
    [InlineData("age_psi", true)]
    [InlineData("epsilon", false)]
    [InlineData("upside", false)]
    public void A_series_may_name_PSI_itself(string series, bool expected)
    {
        Assert.Equal(expected, Yardstick.NamesPsi(series));
    }

    [Theory]
    [InlineData("Tickets deflected", "tickets_deflected")]
    [InlineData("  Calls (changed), 2026  ", "calls_changed_2026")]
    [InlineData("Größe", "größe")]
    [InlineData("tickets_deflected", "tickets_deflected")]
    public void A_metric_has_one_series(string name, string expected)
    {
        Assert.Equal(expected, MetricSeries.Of(name));
    }
}

namespace Bot.Evidence;

/// <summary>Reads a value by the method that made it. A method that is not known, or has no threshold, is not guessed at.</summary>
public static class Yardstick
{
    private const double PossibleFrom = 0.1;
    private const double DriftAbove = 0.25;

    private enum Drifts
    {
        Unknown,

        /// <summary>A p-value: the smaller, the less likely that nothing changed.</summary>
        Below,

        /// <summary>A distance: the larger, the more has changed.</summary>
        AtOrAbove,
    }

    /// <param name="method">As the monitor names it: "K-S p_value", "psi", "Wasserstein distance (normed)".</param>
    /// <param name="evidently">Evidently judges PSI at 0.1; the rule of thumb for a PSI from elsewhere has three steps.</param>
    /// <returns>The verdict, and the threshold that was used.</returns>
    public static (Verdict Verdict, double? Threshold) Read(string? method, double value, double? threshold, bool evidently = false)
    {
        var name = Letters(method);
        if (threshold is null && !evidently && IsPsi(name))
        {
            return (value > DriftAbove ? Verdict.Drift : value >= PossibleFrom ? Verdict.Possible : Verdict.None, null);
        }

        var drifts = DirectionOf(name);
        var limit = threshold ?? Usual(name);
        return (drifts, limit) switch
        {
            (Drifts.Below, { } below) when value is >= 0 and <= 1 => (value < below ? Verdict.Drift : Verdict.None, below),
            (Drifts.AtOrAbove, { } from) => (value >= from ? Verdict.Drift : Verdict.None, from),
            _ => (Verdict.Unknown, threshold),
        };
    }

    /// <summary>Whether a series says by its own name that it is a PSI: "psi", "psi_age", "Age PSI".</summary>
    public static bool NamesPsi(string series) => MetricSeries.Of(series).Split('_').Contains("psi");

    private static Drifts DirectionOf(string name) => name switch
    {
        "" => Drifts.Unknown,
        _ when name.Contains("pvalue", StringComparison.Ordinal) => Drifts.Below,
        // "K-S statistic" is a distance with a scale of its own, and "chi-square statistic" depends on the counts.
        _ when name.Contains("statistic", StringComparison.Ordinal) => Drifts.Unknown,
        _ when IsTest(name) => Drifts.Below,
        _ when IsDistance(name) || name.Contains("energydistance", StringComparison.Ordinal) || name.Contains("totalvariation", StringComparison.Ordinal) => Drifts.AtOrAbove,
        _ => Drifts.Unknown,
    };

    /// <summary>The monitors' own defaults, for methods whose default is documented.</summary>
    private static double? Usual(string name) =>
        name.Contains("statistic", StringComparison.Ordinal) ? null : IsTest(name) ? 0.05 : IsDistance(name) ? 0.1 : null;

    private static bool IsTest(string name) =>
        name is "ks" or "z" or "t" || StartsWithAny(name, "kspvalue", "kstest", "kolmogorovsmirnov", "chisquare", "chi2", "ztest", "zpvalue", "ttest", "tpvalue");

    private static bool IsDistance(string name) =>
        IsPsi(name) || name is "kl" || StartsWithAny(name, "wasserstein", "jensenshannon", "hellinger", "kldiv", "kullbackleibler", "normedwasserstein");

    private static bool IsPsi(string name) => name is "psi" || StartsWithAny(name, "populationstability");

    private static bool StartsWithAny(string name, params string[] starts) => Array.Exists(starts, s => name.StartsWith(s, StringComparison.Ordinal));

    private static string Letters(string? method) =>
        method is null ? "" : string.Concat(method.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant));
}

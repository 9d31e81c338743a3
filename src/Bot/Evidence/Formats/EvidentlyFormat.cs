using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Bot.Evidence.Formats;

/// <summary>
/// Evidently from 0.7: <c>{"metrics": [{"metric_name", "config", "value"}], "tests": []}</c>. It has no time and no verdict per column; each
/// metric is known by its name, and what stands in its name stands in its config too, where it is easier to read.
/// </summary>
internal static partial class EvidentlyFormat
{
    public const string DriftShare = "drift share";
    public const double UsualShare = 0.5;

    private const string NumberOrCount = "a number or an object with count and share";

    public static IReadOnlyList<ReportedItem> Items(JsonSpot body, DateTimeOffset received)
    {
        var at = body.Past("timestamp", received, zoneless: true);
        var tests = EvidentlyTests.Items(body);
        var metrics = body.Find("metrics") is { } listed && (tests.Count == 0 || listed.Kind != JsonValueKind.Array || listed.Elements().Count > 0)
            ? listed.Objects("metric")
            : [];
        var items = metrics.Select(Metric).OfType<ReportedItem>().Concat(tests).Select(i => i with { At = at }).ToList();
        if (items.Count == 0 && body.Find("metrics") is { } none)
        {
            none.Fault("at least one metric with " + NumberOrCount);
        }
        else if (items.Count == 0)
        {
            body.Fault("metrics or tests with at least one entry");
        }

        return items;
    }

    private static ReportedItem? Metric(JsonSpot metric)
    {
        // The first releases of 0.7 called it metric_id.
        var name = metric.Name(metric.Has("metric_name") || !metric.Has("metric_id") ? "metric_name" : "metric_id", ParseEvidence.MaxName * 2);
        var config = metric.Find("config");
        var kind = config?.Words("type", ParseEvidence.MaxName) is { } type ? type[(type.LastIndexOf(':') + 1)..] : name.Split('(')[0];
        return kind switch
        {
            "DriftedColumnsCount" => Share(metric, config?.Number("drift_share") ?? InName(name, "drift_share")),
            "ValueDrift" => Column(metric, config, name),
            _ => Other(metric, name),
        };
    }

    private static ReportedItem Share(JsonSpot metric, double? threshold)
    {
        var (count, share) = CountAndShare(metric);
        var limit = threshold ?? UsualShare;
        return new ReportedItem(EvidenceSource.Evidently, DriftShare, share >= limit ? Verdict.Drift : Verdict.None)
        {
            Value = share, Threshold = limit, Text = $"{count:0} columns",
        };
    }

    private static ReportedItem Column(JsonSpot metric, JsonSpot? config, string name)
    {
        var value = Value(metric, "a number");
        var method = config?.Words("method", ParseEvidence.MaxName) ?? TextInName(name, "method");
        var (verdict, threshold) = Yardstick.Read(method, value, config?.Number("threshold") ?? InName(name, "threshold"), evidently: true);
        var column = config?.Words("column", ParseEvidence.MaxName) ?? TextInName(name, "column") ?? name;
        return new ReportedItem(EvidenceSource.Evidently, column, verdict) { Value = value, Method = method, Threshold = threshold };
    }

    /// <summary>A number about the data or the model is kept without a verdict; what is no number (counts by label, quantiles) is left out.</summary>
    private static ReportedItem? Other(JsonSpot metric, string name)
    {
        if (metric.Find("value") is { Kind: JsonValueKind.Object or JsonValueKind.Array } value)
        {
            return value.Has("count") && value.Has("share") && CountAndShare(metric) is var (count, share)
                ? new ReportedItem(EvidenceSource.Evidently, name, Verdict.Unknown) { Value = share, Text = $"{count:0} counted" }
                : null;
        }

        return new ReportedItem(EvidenceSource.Evidently, name, Verdict.Unknown) { Value = Value(metric, NumberOrCount) };
    }

    private static (double Count, double Share) CountAndShare(JsonSpot metric)
    {
        if (metric.Find("value") is { Kind: JsonValueKind.Object } value)
        {
            return (value.NeededNumber("count"), value.NeededNumber("share"));
        }

        metric.Spot("value").Fault("an object with count and share");
        return default;
    }

    private static double Value(JsonSpot metric, string expected) => metric.Spot("value").AsNumber(expected) ?? 0;

    private static double? InName(string name, string argument) =>
        double.TryParse(TextInName(name, argument), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static string? TextInName(string name, string argument) =>
        Arguments().Matches(name).FirstOrDefault(m => m.Groups["name"].Value == argument)?.Groups["value"].Value;

    /// <summary>"ValueDrift(column=a,method=K-S p_value,threshold=0.05)": a value ends where the next argument or the name does.</summary>
    [GeneratedRegex(@"(?<=[(,])\s*(?<name>column|method|threshold|drift_share)=(?<value>.*?)(?=,\s*(column|method|threshold|drift_share)=|\)$)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Arguments();
}

using System.Text.Json;

namespace Bot.Evidence.Formats;

/// <summary>Evidently up to 0.6: <c>{"metrics": [{"metric", "result"}]}</c>, which says itself whether it sees drift.</summary>
internal static class EvidentlyLegacyFormat
{
    public static bool Is(JsonSpot body) =>
        body.Find("metrics") is { Kind: JsonValueKind.Array } metrics && metrics.Elements() is [var first, ..] && first.Has("metric");

    public static IReadOnlyList<ReportedItem> Items(JsonSpot body, DateTimeOffset received)
    {
        var at = body.Past("timestamp", received, zoneless: true);
        var items = new List<ReportedItem>();
        var table = (JsonSpot?)null;
        var metrics = body.Find("metrics")!;
        foreach (var metric in metrics.Objects("metric"))
        {
            switch (metric.Name("metric", ParseEvidence.MaxName))
            {
                case "DatasetDriftMetric":
                    items.Add(Share(metric.Member("result")));
                    break;
                case "DataDriftTable":
                    table = metric.Member("result");
                    items.AddRange(table.Member("drift_by_columns").Members().Select(c => Column(c.Spot, c.Name)));
                    break;
                case "ColumnDriftMetric":
                    items.Add(Column(metric.Member("result"), null));
                    break;
                default:
                    // About the data or the model, not about drift.
                    break;
            }
        }

        // The table says the share too; it counts where nothing else does.
        if (table is not null && table.Has("share_of_drifted_columns") && !items.Exists(i => i.Series == EvidentlyFormat.DriftShare))
        {
            items.Add(Share(table));
        }

        items.AddRange(EvidentlyTests.Items(body));
        if (items.Count == 0)
        {
            metrics.Fault("at least one of DatasetDriftMetric, DataDriftTable, ColumnDriftMetric");
        }

        return [.. items.Select(i => i with { At = at })];
    }

    private static ReportedItem Share(JsonSpot result)
    {
        var share = result.NeededNumber("share_of_drifted_columns");
        var threshold = result.Number("drift_share") ?? EvidentlyFormat.UsualShare;
        var (drifted, all) = (result.Number("number_of_drifted_columns"), result.Number("number_of_columns"));
        return new ReportedItem(EvidenceSource.Evidently, EvidentlyFormat.DriftShare, Says(result.Flag("dataset_drift") ?? share >= threshold))
        {
            Value = share,
            Threshold = threshold,
            Text = drifted is not null && all is not null ? $"{drifted:0} of {all:0} columns" : null,
        };
    }

    private static ReportedItem Column(JsonSpot column, string? name)
    {
        if (column.Kind != JsonValueKind.Object)
        {
            column.Fault("an object with drift_score");
            return new ReportedItem(EvidenceSource.Evidently, "", Verdict.Unknown);
        }

        var score = column.NeededNumber("drift_score");
        var method = column.Words("stattest_name", ParseEvidence.MaxName);
        var (verdict, threshold) = Yardstick.Read(method, score, column.Number("stattest_threshold"), evidently: true);
        return new ReportedItem(
            EvidenceSource.Evidently,
            name is not null && !column.Has("column_name") ? name : column.Name("column_name", ParseEvidence.MaxName),
            column.Flag("drift_detected") is { } says ? Says(says) : verdict)
        {
            Value = score, Method = method, Threshold = threshold,
        };
    }

    private static Verdict Says(bool drift) => drift ? Verdict.Drift : Verdict.None;
}

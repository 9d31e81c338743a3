namespace Bot.Evidence.Formats;

/// <summary>NannyML's rows as it writes them into a database: one value of one metric over one chunk of data, with its own alert.</summary>
internal static class NannyMlFormat
{
    public static IReadOnlyList<ReportedItem> Rows(IReadOnlyList<JsonSpot> rows, DateTimeOffset received) => [.. rows.Select(r => Row(r, received))];

    private static ReportedItem Row(JsonSpot row, DateTimeOffset received)
    {
        var metric = row.Name("metric_name", ParseEvidence.MaxName);
        var value = row.NeededNumber("value");
        var (lower, upper) = (row.Number("lower_threshold"), row.Number("upper_threshold"));
        var column = row.Words("column_name", ParseEvidence.MaxName);
        // Times are of a database and have no offset. A chunk that is still being filled ends ahead of now.
        var (end, middle, start) = (row.Instant("end_timestamp", zoneless: true), row.Past("timestamp", received, zoneless: true), row.Instant("start_timestamp", zoneless: true));
        return new ReportedItem(EvidenceSource.NannyMl, column ?? metric, Judge(row.Flag("alert"), metric, value, lower, upper))
        {
            Value = value,
            Method = column is null ? null : metric,
            Threshold = lower is { } low && value < low ? low : upper ?? lower,
            At = end ?? middle ?? start,
            Apart = $"{Any(row, "model_id")} {start:O}",
        };
    }

    private static Verdict Judge(bool? alert, string metric, double value, double? lower, double? upper) => (alert, lower ?? upper) switch
    {
        (true, _) => Verdict.Drift,
        (false, _) => Verdict.None,
        (null, not null) => value < lower || value > upper ? Verdict.Drift : Verdict.None,
        _ when Yardstick.NamesPsi(metric) => Yardstick.Read("PSI", value, null).Verdict,
        _ => Verdict.Unknown,
    };

    /// <summary>A number in one database and a text in the next.</summary>
    private static string? Any(JsonSpot row, string name) => row.Find(name)?.ToString();
}

namespace Bot.Evidence.Formats;

/// <summary>Our own form: <c>{"series", "value", "at"}</c>, and if known <c>unit</c>, <c>method</c>, <c>threshold</c>, <c>text</c>, <c>bins</c>, <c>n</c>.</summary>
internal static class PlainFormat
{
    private const string Psi = "PSI";

    public static IReadOnlyList<ReportedItem> Items(IReadOnlyList<JsonSpot> items, DateTimeOffset received) => [.. items.Select(i => Item(i, received))];

    private static ReportedItem Item(JsonSpot item, DateTimeOffset received)
    {
        var series = item.Name("series", ParseEvidence.MaxName);
        var value = item.NeededNumber("value");
        var method = item.Words("method", ParseEvidence.MaxName) ?? (Yardstick.NamesPsi(series) ? Psi : null);
        var (verdict, threshold) = Yardstick.Read(method, value, item.Number("threshold"));
        return new ReportedItem(EvidenceSource.Plain, series, verdict)
        {
            Value = value,
            Unit = item.Words("unit", ParseEvidence.MaxName),
            Method = method,
            Threshold = threshold,
            Text = Words(item),
            At = item.NeededPast("at", received),
        };
    }

    /// <summary>How far a PSI can be relied on depends on its bins and on how many were counted, so both are kept.</summary>
    private static string? Words(JsonSpot item)
    {
        var words = new[]
        {
            item.Words("text", ParseEvidence.MaxWords),
            item.Number("bins") is { } bins ? $"{bins:0} bins" : null,
            item.Number("n") is { } n ? $"n = {n:0}" : null,
        }.OfType<string>().ToList();
        return words.Count == 0 ? null : string.Join(", ", words);
    }
}

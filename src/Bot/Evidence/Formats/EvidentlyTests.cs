namespace Bot.Evidence.Formats;

/// <summary>The tests of an Evidently report, old or new; there only on request.</summary>
internal static class EvidentlyTests
{
    public static IReadOnlyList<ReportedItem> Items(JsonSpot body)
    {
        if (body.Find("tests") is not { } tests || (tests.Kind == System.Text.Json.JsonValueKind.Array && tests.Elements().Count == 0))
        {
            return [];
        }

        return [.. tests.Objects("test").Select(Item)];
    }

    private static ReportedItem Item(JsonSpot test) => new(
        EvidenceSource.Evidently,
        test.Name("name", ParseEvidence.MaxName),
        test.Word("status", "SUCCESS", "FAIL", "WARNING", "ERROR", "SKIPPED") switch
        {
            "FAIL" => Verdict.Drift,
            "WARNING" => Verdict.Possible,
            "SUCCESS" => Verdict.None,
            // It could not be done, or was not; that says nothing about drift.
            _ => Verdict.Unknown,
        })
    {
        Text = test.Words("description", ParseEvidence.MaxWords),
    };
}

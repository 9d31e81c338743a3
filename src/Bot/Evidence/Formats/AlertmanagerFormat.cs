namespace Bot.Evidence.Formats;

/// <summary>Alertmanager's webhook, version 4.</summary>
internal static class AlertmanagerFormat
{
    public static IReadOnlyList<ReportedItem> Alerts(JsonSpot alerts, DateTimeOffset received) =>
        [.. alerts.Objects("alert").Select(a => Alert(a, EvidenceSource.Alertmanager, received))];

    public static ReportedItem Alert(JsonSpot alert, EvidenceSource source, DateTimeOffset received)
    {
        var labels = alert.Member("labels");
        var annotations = alert.Find("annotations");
        var mark = new AlertMark(
            alert.Name("fingerprint", ParseEvidence.MaxName),
            alert.NeededPast("startsAt", received),
            alert.Word("status", "firing", "resolved") == "firing");
        return new ReportedItem(source, labels.Name("alertname", ParseEvidence.MaxName), mark.Firing ? Severity(labels) : Verdict.None)
        {
            Text = annotations?.Words("summary", ParseEvidence.MaxWords) ?? annotations?.Words("description", ParseEvidence.MaxWords),
            At = mark.Firing ? mark.StartsAt : EndOf(alert, mark.StartsAt) ?? received,
            Alert = mark,
        };
    }

    /// <summary>The year 1, and for some senders a time yet to come, means that it still fires.</summary>
    private static DateTimeOffset? EndOf(JsonSpot alert, DateTimeOffset startsAt) => alert.Instant("endsAt") is { } end && end >= startsAt ? end : null;

    /// <summary>An alert is the monitor saying: look. Only one that calls itself less than urgent is less than drift.</summary>
    private static Verdict Severity(JsonSpot labels) => labels.Words("severity", ParseEvidence.MaxName)?.ToLowerInvariant() switch
    {
        "warning" or "warn" or "info" or "information" or "informational" or "notice" or "minor" or "low" or "none" => Verdict.Possible,
        _ => Verdict.Drift,
    };
}

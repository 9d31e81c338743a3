using System.Text.Json;

namespace Bot.Evidence.Formats;

/// <summary>Grafana's webhook: Alertmanager's skeleton with an organisation, a title and the measured values.</summary>
internal static class GrafanaFormat
{
    public static bool Is(JsonSpot body) => body.Has("orgId") || (body.Has("title") && body.Has("state"));

    public static IReadOnlyList<ReportedItem> Alerts(JsonSpot alerts, DateTimeOffset received) => [.. alerts.Objects("alert").Select(a => Alert(a, received))];

    private static ReportedItem Alert(JsonSpot alert, DateTimeOffset received)
    {
        var item = AlertmanagerFormat.Alert(alert, EvidenceSource.Grafana, received);
        // Several are the steps of an expression; which of them is the one to show is not said.
        return alert.Find("values")?.Members().ToList() is [var (_, only)] && only.Kind == JsonValueKind.Number
            ? item with { Value = only.AsNumber("a number") }
            : item;
    }
}

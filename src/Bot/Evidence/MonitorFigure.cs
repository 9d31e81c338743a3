namespace Bot.Evidence;

/// <summary>What monitors said in a time: of each series the newest value, of each alert whether it fired; worst first.</summary>
/// <param name="Worst">The worst verdict among the items; unknown when there are none.</param>
public sealed record MonitorFigure(IReadOnlyList<EvidenceItem> Items, Verdict Worst)
{
    public static MonitorFigure Nothing { get; } = new([], Verdict.Unknown);

    /// <summary>Whether a monitor said anything about drift, and not only values it did not judge.</summary>
    public bool Judges => Worst != Verdict.Unknown;

    public static MonitorFigure Of(IEnumerable<EvidenceItem> items)
    {
        var series = items.GroupBy(i => (i.Source, i.Series, i.Method)).Select(Speaks)
            .OrderByDescending(i => i.Verdict).ThenBy(i => i.Series, StringComparer.Ordinal).ThenBy(i => i.Method, StringComparer.Ordinal).ToList();
        return series.Count == 0 ? Nothing : new MonitorFigure(series, series[0].Verdict);
    }

    /// <summary>A later value takes the place of an earlier one. That an alert is over does not take back that it fired.</summary>
    private static EvidenceItem Speaks(IEnumerable<EvidenceItem> series) => series
        .OrderByDescending(i => IsAlert(i) ? i.Verdict : Verdict.Unknown).ThenByDescending(i => i.At).ThenByDescending(i => i.ReceivedAt).ThenByDescending(i => i.Id.Value)
        .First();

    internal static bool IsAlert(EvidenceItem item) => item.Source is EvidenceSource.Alertmanager or EvidenceSource.Grafana;
}

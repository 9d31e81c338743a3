using Bot.CheckIns;
using Bot.Evidence;
using Bot.Initiatives;
using Bot.Loops;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Trends;

/// <summary>Reads what a digest or a status needs of the past: the two series it speaks of, and nothing of the others.</summary>
public sealed class ReadTrends(BotDb db, ReadWeeks weeks)
{
    /// <param name="loop">Whose weeks.</param>
    /// <param name="initiative">The loop's.</param>
    /// <param name="before">Only weeks reviewed before this date.</param>
    public async Task<PastWeeksInTwo> BeforeAsync(Loop loop, Initiative initiative, DateOnly before, CancellationToken ct)
    {
        var id = loop.Id;
        var means = await weeks.MeansAsync(id, before, ct);
        var values = await MetricFromEvidence.OfLoopAsync(db, loop, initiative, [.. means.Select(m => m.ReviewDate)], ct);
        var metrics = means.Where(m => values.ContainsKey(m.ReviewDate)).ToDictionary(m => m.RoundId, m => values[m.ReviewDate]);
        return new PastWeeksInTwo(means, metrics, await db.Rebases.AsNoTracking().Where(r => r.LoopId == id).ToListAsync(ct));
    }
}

/// <summary>The weeks before one, in mean performance and behaviour metric.</summary>
public sealed record PastWeeksInTwo(IReadOnlyList<WeekMean> Means, IReadOnlyDictionary<RoundId, double> Metrics, IReadOnlyList<Rebase> Rebases)
{
    /// <param name="now">The week itself, as its figures stand in this turn; null: the last of the past is the last.</param>
    public ProcessBehaviourChart Performance((DateOnly ReviewDate, double? Value)? now) =>
        Chart(SeriesName.Performance, m => m.Mean, now);

    public ProcessBehaviourChart Behaviour((DateOnly ReviewDate, double? Value)? now) =>
        Chart(SeriesName.Behaviour, m => Metrics.TryGetValue(m.RoundId, out var value) ? value : null, now);

    private ProcessBehaviourChart Chart(SeriesName name, Func<WeekMean, double?> value, (DateOnly ReviewDate, double? Value)? now) => ProcessBehaviourChart.Of(
        WeeklySeries.Of(name, [.. Means.Select(m => new WeekValue(m.ReviewDate, m.State == RoundState.Skipped ? null : value(m))), .. Now(now)], Rebases));

    private static IEnumerable<WeekValue> Now((DateOnly ReviewDate, double? Value)? now) => now is { } week ? [new WeekValue(week.ReviewDate, week.Value)] : [];
}

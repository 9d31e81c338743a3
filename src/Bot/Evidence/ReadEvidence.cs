using Bot.CheckIns;
using Bot.Initiatives;
using Bot.Loops;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Evidence;

/// <summary>Reads what monitors said about an initiative.</summary>
public sealed class ReadEvidence(BotDb db, TimeProvider clock)
{
    /// <summary>Of more alerts than this the newest are read.</summary>
    private const int MostAlerts = 1000;
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <summary>What was said after one instant and until another, and every alert that fired at any time between them. Values of the behaviour metric are not about drift and left out.</summary>
    public async Task<MonitorFigure> OfWeekAsync(InitiativeId initiative, DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        // The newest of each series is chosen where they lie: one that comes every minute must not push out one that comes once a week.
        var items = await db.Evidence.AsNoTracking()
            .Where(i => i.InitiativeId == initiative && i.At > from && i.At <= to && i.Source != EvidenceSource.Alertmanager && i.Source != EvidenceSource.Grafana)
            .GroupBy(i => new { i.Source, i.Series, i.Method })
            .Select(g => g.OrderByDescending(i => i.At).ThenByDescending(i => i.ReceivedAt).ThenByDescending(i => i.Id).First()).ToListAsync(ct);
        items.AddRange(await db.Evidence.AsNoTracking()
            .Where(i => i.InitiativeId == initiative && (i.Source == EvidenceSource.Alertmanager || i.Source == EvidenceSource.Grafana) && i.At <= to
                && (i.At > from || (i.Verdict != Verdict.None && (i.EndedAt == null || i.EndedAt > from))))
            .OrderByDescending(i => i.At).Take(MostAlerts).ToListAsync(ct));
        if (items.Count == 0)
        {
            return MonitorFigure.Nothing;
        }

        var metric = await db.Initiatives.AsNoTracking().Where(i => i.Id == initiative).Select(i => i.Metric).FirstOrDefaultAsync(ct);
        var own = metric is null ? null : MetricSeries.Of(metric.Name);
        return MonitorFigure.Of(items.Where(i => i.Source != EvidenceSource.Plain || i.Series != own));
    }

    /// <summary>What was said in the seven days before a round's review, as a card shows it beside what people said.</summary>
    /// <param name="people">Null while the answers are not to be shown.</param>
    /// <param name="most">How many lines.</param>
    public async Task<MonitorLines> LinesAsync(RoundInHand week, DriftFigure? people, int most, CancellationToken ct)
    {
        var figure = await OfWeekAsync(week.Initiative.Id, week.Round.ReviewAt - Week, week.Round.ReviewAt, ct);
        return MonitorWords.Of(figure, people, most, week.Zone, WeeklySlot.DateIn(clock.GetUtcNow(), week.Zone));
    }
}

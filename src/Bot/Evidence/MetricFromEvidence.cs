using Bot.Cards;
using Bot.Chat;
using Bot.Loops;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Evidence;

/// <summary>The behaviour metric's values of a loop's weeks: what the owner typed, or else the last plain item that a monitor sent for that week.</summary>
public static class MetricFromEvidence
{
    /// <summary>By review date; a week without a value is not in it.</summary>
    public static async Task<IReadOnlyDictionary<DateOnly, double>> OfLoopAsync(BotDb db, LoopId loop, IReadOnlyCollection<DateOnly> reviewDates, CancellationToken ct)
    {
        var dates = reviewDates.ToList();
        var typed = await (
            from round in db.Rounds
            join answer in db.Answers on round.Id equals answer.RoundId
            where round.LoopId == loop && dates.Contains(round.ReviewDate) && answer.MetricValue != null
            orderby answer.Counted descending, answer.Id
            select new { round.ReviewDate, Value = answer.MetricValue!.Value }).ToListAsync(ct);
        var values = new Dictionary<DateOnly, double>(await SentAsync(db, loop, reviewDates, ct));
        foreach (var week in typed)
        {
            // What waits to be counted comes last and is what the owner said last.
            values[week.ReviewDate] = week.Value;
        }

        return values;
    }

    /// <summary>As <see cref="OfLoopAsync"/>, but only what monitors sent.</summary>
    public static async Task<IReadOnlyDictionary<DateOnly, double>> SentAsync(BotDb db, LoopId loop, IReadOnlyCollection<DateOnly> reviewDates, CancellationToken ct)
    {
        var of = await db.Loops.AsNoTracking().Where(l => l.Id == loop)
            .Join(db.Initiatives.AsNoTracking(), l => l.InitiativeId, i => i.Id, (l, i) => new { Initiative = i.Id, i.Metric, l.Slot.Zone }).FirstOrDefaultAsync(ct);
        if (of?.Metric is not { } metric || reviewDates.Count == 0)
        {
            return new Dictionary<DateOnly, double>();
        }

        var series = MetricSeries.Of(metric.Name);
        var (from, to) = (MondayOf(reviewDates.Min(), of.Zone), MondayOf(reviewDates.Max().AddDays(7), of.Zone));
        var sent = await db.Evidence.AsNoTracking()
            .Where(i => i.InitiativeId == of.Initiative && i.Source == EvidenceSource.Plain && i.Series == series && i.Value != null && i.At >= from && i.At < to)
            .OrderBy(i => i.At).ThenBy(i => i.ReceivedAt).Select(i => new { i.At, Value = i.Value!.Value }).ToListAsync(ct);
        var last = new Dictionary<DateOnly, double>();
        foreach (var item in sent)
        {
            last[Say.Monday(WeeklySlot.DateIn(item.At, of.Zone))] = item.Value;
        }

        return reviewDates.Distinct().Where(d => last.ContainsKey(Say.Monday(d))).ToDictionary(d => d, d => last[Say.Monday(d)]);
    }

    private static DateTimeOffset MondayOf(DateOnly date, string zone) => WeeklySlot.At(Say.Monday(date), TimeOnly.MinValue, zone);
}

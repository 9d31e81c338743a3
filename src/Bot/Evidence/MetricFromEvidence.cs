using Bot.Cards;
using Bot.Initiatives;
using Bot.Loops;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Evidence;

/// <summary>The behaviour metric's values of a loop's weeks: what the owner typed, or else the last plain item that a monitor sent for that week.</summary>
public static class MetricFromEvidence
{
    /// <summary>By review date; a week without a value is not in it.</summary>
    public static async Task<IReadOnlyDictionary<DateOnly, double>> OfLoopAsync(BotDb db, LoopId loop, IReadOnlyCollection<DateOnly> reviewDates, CancellationToken ct) =>
        WithTyped(await SentAsync(db, loop, reviewDates, ct), await TypedAsync(db, loop, ct), reviewDates);

    /// <summary>The same for who has the loop and its initiative already.</summary>
    public static async Task<IReadOnlyDictionary<DateOnly, double>> OfLoopAsync(BotDb db, Loop loop, Initiative initiative, IReadOnlyCollection<DateOnly> reviewDates, CancellationToken ct) =>
        WithTyped(await SentAsync(db, initiative.Id, initiative.Metric, loop.Slot.Zone, reviewDates, ct), await TypedAsync(db, loop.Id, ct), reviewDates);

    /// <summary>Only what monitors sent.</summary>
    public static async Task<IReadOnlyDictionary<DateOnly, double>> SentAsync(BotDb db, LoopId loop, IReadOnlyCollection<DateOnly> reviewDates, CancellationToken ct)
    {
        var of = await db.Loops.AsNoTracking().Where(l => l.Id == loop)
            .Join(db.Initiatives.AsNoTracking(), l => l.InitiativeId, i => i.Id, (l, i) => new { Initiative = i.Id, i.Metric, l.Slot.Zone }).FirstOrDefaultAsync(ct);
        return of is null ? new Dictionary<DateOnly, double>() : await SentAsync(db, of.Initiative, of.Metric, of.Zone, reviewDates, ct);
    }

    private static async Task<List<TypedValue>> TypedAsync(BotDb db, LoopId loop, CancellationToken ct) => await (
        from round in db.Rounds
        join answer in db.Answers on round.Id equals answer.RoundId
        where round.LoopId == loop && answer.MetricValue != null
        orderby answer.Counted descending, answer.Id
        select new TypedValue(round.ReviewDate, answer.MetricValue!.Value)).ToListAsync(ct);

    private static Dictionary<DateOnly, double> WithTyped(IReadOnlyDictionary<DateOnly, double> sent, List<TypedValue> typed, IReadOnlyCollection<DateOnly> reviewDates)
    {
        var (values, asked) = (new Dictionary<DateOnly, double>(sent), reviewDates.ToHashSet());
        foreach (var week in typed.Where(t => asked.Contains(t.ReviewDate)))
        {
            // What waits to be counted comes last and is what the owner said last.
            values[week.ReviewDate] = week.Value;
        }

        return values;
    }

    private static async Task<IReadOnlyDictionary<DateOnly, double>> SentAsync(
        BotDb db, InitiativeId initiative, BehaviourMetric? of, string zone, IReadOnlyCollection<DateOnly> reviewDates, CancellationToken ct)
    {
        if (of is not { } metric || reviewDates.Count == 0)
        {
            return new Dictionary<DateOnly, double>();
        }

        var series = MetricSeries.Of(metric.Name);
        var (from, to) = (MondayOf(reviewDates.Min(), zone), MondayOf(reviewDates.Max().AddDays(7), zone));
        var sent = await db.Evidence.AsNoTracking()
            .Where(i => i.InitiativeId == initiative && i.Source == EvidenceSource.Plain && i.Series == series && i.Value != null && i.At >= from && i.At < to)
            .OrderBy(i => i.At).ThenBy(i => i.ReceivedAt).Select(i => new { i.At, Value = i.Value!.Value }).ToListAsync(ct);
        var last = new Dictionary<DateOnly, double>();
        foreach (var item in sent)
        {
            last[Say.Monday(WeeklySlot.DateIn(item.At, zone))] = item.Value;
        }

        return reviewDates.Distinct().Where(d => last.ContainsKey(Say.Monday(d))).ToDictionary(d => d, d => last[Say.Monday(d)]);
    }

    private static DateTimeOffset MondayOf(DateOnly date, string zone) => WeeklySlot.At(Say.Monday(date), TimeOnly.MinValue, zone);

    private sealed record TypedValue(DateOnly ReviewDate, double Value);
}

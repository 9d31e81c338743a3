using Bot.Evidence;
using Bot.Loops;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.CheckIns;

/// <summary>One past or present week of a loop in a row of them.</summary>
/// <param name="Mean">Null below three ratings.</param>
public sealed record WeekMean(RoundId RoundId, DateOnly ReviewDate, RoundState State, bool Imported, int Rated, double? Mean);

/// <summary>Reads the figures of weeks.</summary>
public sealed class ReadWeeks(BotDb db)
{
    public async Task<WeekFigures> FiguresAsync(Round round, CancellationToken ct)
    {
        var id = round.Id;
        await db.Answers.Where(a => a.RoundId == id).LoadAsync(ct);
        await db.NamelessNotes.Where(n => n.RoundId == id).LoadAsync(ct);
        // What was decided in this turn and is not saved yet belongs to it.
        var answers = db.Answers.Local.Where(a => a.RoundId == id).ToList();
        var notes = db.NamelessNotes.Local.Where(n => n.RoundId == id).ToList();
        int? asked = round.Imported ? null : await db.Invitations.CountAsync(i => i.RoundId == id, ct);
        var figures = WeekFigures.Of(asked, answers, notes);
        return figures.Metric is not null ? figures : figures with { Metric = await SentAsync(round, ct) };
    }

    /// <summary>The behaviour metric as a monitor sent it; what the owner typed goes before it.</summary>
    private async Task<double?> SentAsync(Round round, CancellationToken ct) =>
        (await MetricFromEvidence.SentAsync(db, round.LoopId, [round.ReviewDate], ct)).TryGetValue(round.ReviewDate, out var value) ? value : null;

    /// <summary>The means of the last closed weeks, oldest first, aggregated where the answers lie.</summary>
    /// <param name="most">How many weeks back.</param>
    /// <param name="before">Only weeks reviewed before this date.</param>
    public async Task<IReadOnlyList<WeekMean>> MeansAsync(LoopId loop, int most, DateOnly before, CancellationToken ct)
    {
        var rounds = await db.Rounds.AsNoTracking()
            .Where(r => r.LoopId == loop && r.ReviewDate < before && (r.State == RoundState.Closed || r.State == RoundState.InReview || r.State == RoundState.Skipped))
            .OrderByDescending(r => r.ReviewDate).Take(most)
            .Select(r => new { r.Id, r.ReviewDate, r.State, r.Imported }).ToListAsync(ct);
        var ids = rounds.ConvertAll(r => r.Id);
        var means = await db.Answers.Where(a => ids.Contains(a.RoundId) && a.Counted && a.Rating != null)
            .GroupBy(a => a.RoundId)
            .Select(g => new { Id = g.Key, Rated = g.Count(), Mean = g.Average(a => (double)a.Rating!.Value) })
            .ToDictionaryAsync(g => g.Id, ct);
        rounds.Reverse();
        return [.. rounds.Select(r => means.TryGetValue(r.Id, out var m)
            ? new WeekMean(r.Id, r.ReviewDate, r.State, r.Imported, m.Rated, m.Rated >= CountAnswers.Fewest ? m.Mean : null)
            : new WeekMean(r.Id, r.ReviewDate, r.State, r.Imported, 0, null))];
    }
}

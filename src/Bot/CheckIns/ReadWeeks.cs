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

    /// <summary>The numbers of a week as saved, without what people wrote.</summary>
    /// <param name="week">Which.</param>
    /// <param name="asked">How many were asked.</param>
    /// <param name="metric">The behaviour metric's value of that week.</param>
    public async Task<WeekFigures> NumbersAsync(WeekMean week, int asked, double? metric, CancellationToken ct)
    {
        var id = week.RoundId;
        var answers = await db.Answers.AsNoTracking().Where(a => a.RoundId == id).ToListAsync(ct);
        return WeekFigures.Of(week.Imported ? null : asked, answers, []) with { Metric = metric };
    }

    /// <summary>The behaviour metric as a monitor sent it; what the owner typed goes before it.</summary>
    private async Task<double?> SentAsync(Round round, CancellationToken ct) =>
        (await MetricFromEvidence.SentAsync(db, round.LoopId, [round.ReviewDate], ct)).TryGetValue(round.ReviewDate, out var value) ? value : null;

    /// <summary>The means of the closed weeks, oldest first, aggregated where the answers lie.</summary>
    /// <param name="loop">Whose weeks.</param>
    /// <param name="before">Only weeks reviewed before this date.</param>
    public async Task<IReadOnlyList<WeekMean>> MeansAsync(LoopId loop, DateOnly before, CancellationToken ct)
    {
        var of = db.Rounds.AsNoTracking()
            .Where(r => r.LoopId == loop && r.ReviewDate < before && (r.State == RoundState.Closed || r.State == RoundState.InReview || r.State == RoundState.Skipped));
        var rounds = await of.OrderBy(r => r.ReviewDate).Select(r => new { r.Id, r.ReviewDate, r.State, r.Imported }).ToListAsync(ct);
        var means = await (
            from round in of
            join answer in db.Answers on round.Id equals answer.RoundId
            where answer.Counted && answer.Rating != null
            group answer by answer.RoundId into week
            select new { Id = week.Key, Rated = week.Count(), Mean = week.Average(a => (double)a.Rating!.Value) }).ToDictionaryAsync(w => w.Id, ct);
        return [.. rounds.Select(r => means.TryGetValue(r.Id, out var m)
            ? new WeekMean(r.Id, r.ReviewDate, r.State, r.Imported, m.Rated, m.Rated >= CountAnswers.Fewest ? m.Mean : null)
            : new WeekMean(r.Id, r.ReviewDate, r.State, r.Imported, 0, null))];
    }
}

using Bot.Chat;
using Bot.CheckIns;
using Bot.Initiatives;
using Bot.Loops;
using Bot.Readiness;
using Bot.Store;
using Bot.Trends;
using Bot.Warnings;
using Microsoft.EntityFrameworkCore;

namespace Bot.Portfolios;

/// <summary>Reads a workspace's portfolio: a fixed number of questions to the store, however many initiatives there are.</summary>
public sealed class ReadPortfolio(BotDb db, ReadReliance reliance, TimeProvider clock)
{
    /// <param name="from">Reviews and moves after this instant ...</param>
    /// <param name="until">... up to and including this one.</param>
    public async Task<PortfolioFacts> OfAsync(WorkspaceId workspace, string zone, DateTimeOffset from, DateTimeOffset until, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var here = db.Initiatives.AsNoTracking().Where(i => i.WorkspaceId == workspace);
        var initiatives = await here.ToListAsync(ct);
        var changes = (await db.StageChanges.AsNoTracking().Where(s => here.Any(i => i.Id == s.InitiativeId)).ToListAsync(ct)).ToLookup(s => s.InitiativeId);
        var obstacles = (await db.Obstacles.AsNoTracking().Where(o => o.WorkspaceId == workspace).ToListAsync(ct)).ToLookup(o => o.InitiativeId);
        var warnings = (await db.Warnings.Where(w => w.WorkspaceId == workspace && w.State == WarningState.Open)
            .Select(w => new { w.InitiativeId, Open = new OpenWarning(w.Rule, w.Level) }).ToListAsync(ct)).ToLookup(w => w.InitiativeId, w => w.Open);
        var loops = (await db.Loops.AsNoTracking().Where(l => l.WorkspaceId == workspace && l.EndedAt == null).ToListAsync(ct))
            .GroupBy(l => l.InitiativeId).ToDictionary(g => g.Key, g => g.MaxBy(l => l.StartedAt)!);
        var goings = await LoopsAsync(workspace, [.. loops.Values], from, until, ct);
        var overdue = await OverdueAsync(workspace, loops.Values, now, ct);
        var moved = initiatives.SelectMany(i => changes[i.Id].Where(s => s.At > from && s.At <= until).Select(s => (Initiative: i, Change: s)))
            .OrderByDescending(m => m.Change.At).ThenByDescending(m => m.Change.Id.Value).ToList();
        var names = await NamesAsync([.. initiatives.Select(i => i.OwnerId).Concat(moved.Select(m => m.Change.By)).OfType<PersonId>().Distinct()], ct);
        return new PortfolioFacts(
            [.. initiatives.Select(i =>
            {
                var its = changes[i.Id].ToList();
                var loop = loops.GetValueOrDefault(i.Id);
                return new InitiativeFacts(
                    i, TimeInStage.Since(i, its), StartedAt(i, its), i.Stage == Stage.Production || its.Exists(s => s.To == Stage.Production || s.From == Stage.Production),
                    i.OwnerId is { } owner ? names.GetValueOrDefault(owner) : null,
                    obstacles[i.Id].OrderBy(o => o.At).ThenBy(o => o.Id.Value).LastOrDefault(),
                    loop is null ? null : goings[loop.Id], loop is null ? 0 : overdue.GetValueOrDefault(loop.Id), [.. warnings[i.Id]]);
            })],
            [.. moved.Select(m => new StageMove(
                m.Initiative.Name, m.Initiative.IsSample, m.Change.From, m.Change.To, m.Change.Reason, m.Change.By is { } by ? names.GetValueOrDefault(by) : null, m.Change.At))],
            now,
            zone);
    }

    /// <summary>A loop whose start changed no stage began a pilot when it was registered.</summary>
    private static DateTimeOffset? StartedAt(Initiative initiative, List<StageChange> changes) =>
        changes.Where(s => s.To != Stage.Idea).Select(s => (DateTimeOffset?)s.At).Min() ?? (initiative.Stage == Stage.Idea ? null : initiative.CreatedAt);

    private async Task<Dictionary<LoopId, LoopFacts>> LoopsAsync(WorkspaceId workspace, List<Loop> loops, DateTimeOffset from, DateTimeOffset until, CancellationToken ct)
    {
        var rounds = (await db.Rounds.Where(r => r.WorkspaceId == workspace && r.ReviewAt <= until && (r.State == RoundState.Closed || r.State == RoundState.Skipped))
            .Select(r => new PastRound(r.Id, r.LoopId, r.ReviewDate, r.State, r.Imported, r.Asynchronous, r.StartedAt != null, r.ClosesAt, r.SkippedBecause)).ToListAsync(ct))
            .ToLookup(r => r.LoopId);
        // As a list of rounds, not joined: joined, SQLite sorts every answer of the workspace before it groups them.
        var closed = db.Rounds.Where(r => r.WorkspaceId == workspace && r.State == RoundState.Closed).Select(r => r.Id);
        var means = await db.Answers.Where(a => a.Counted && a.Rating != null && closed.Contains(a.RoundId))
            .GroupBy(a => a.RoundId)
            .Where(g => g.Count() >= CountAnswers.Fewest)
            .Select(g => new { g.Key, Mean = g.Average(a => (double)a.Rating!.Value) }).ToDictionaryAsync(g => g.Key, g => g.Mean, ct);
        var next = (await db.Rounds.Where(r => r.WorkspaceId == workspace && (r.State == RoundState.Planned || r.State == RoundState.Collecting || r.State == RoundState.InReview))
            .Select(r => new { r.LoopId, r.ReviewDate }).ToListAsync(ct)).GroupBy(r => r.LoopId).ToDictionary(g => g.Key, g => g.Min(r => r.ReviewDate));
        var rebased = (await db.Rebases.AsNoTracking().Where(r => r.Series == SeriesName.Performance && db.Loops.Any(l => l.Id == r.LoopId && l.WorkspaceId == workspace))
            .ToListAsync(ct)).ToLookup(r => r.LoopId, r => r.From);
        var last = loops.ToDictionary(l => l.Id, l => rounds[l.Id].OrderBy(r => r.ReviewDate).LastOrDefault());
        var asked = await AskedAsync([.. last.Values.OfType<PastRound>().Where(r => r.ClosesAt > from).Select(r => r.Id)], ct);
        var relied = await reliance.OfManyAsync(workspace, loops.SelectMany(l => rounds[l.Id].Where(r => r.State == RoundState.Closed)
            .OrderByDescending(r => r.ReviewDate).Take(Reliance.Rounds)).ToDictionary(r => r.Id, r => r.LoopId), ct);
        var (least, most) = WeeklySeries.Possible(SeriesName.Performance);
        return loops.ToDictionary(l => l.Id, l =>
        {
            var weeks = rounds[l.Id].OrderBy(r => r.ReviewDate).ToList();
            var week = last[l.Id] is { } newest && newest.ClosesAt > from ? newest : null;
            var (all, answered) = week is null ? default : asked.GetValueOrDefault(week.Id);
            return new LoopFacts(
                l.StartedAt,
                l.PausedAt is null ? null : l.PausedBecause ?? "",
                week is null ? null : new PortfolioWeek(
                    week.ReviewDate, week.State, week.SkippedBecause,
                    week.Imported || week.Asynchronous || week.State == RoundState.Skipped ? null : week.Started,
                    week.Imported ? null : all, answered, MeanOf(week)),
                weeks.LastOrDefault(r => r != week)?.ReviewDate,
                next.TryGetValue(l.Id, out var date) ? date : null,
                ProcessBehaviourChart.Of(new WeeklySeries(
                    SeriesName.Performance, [.. weeks.Select(r => new WeekValue(r.ReviewDate, MeanOf(r)))], least, most, [.. rebased[l.Id].Order()])),
                relied.GetValueOrDefault(l.Id));
        });

        double? MeanOf(PastRound round) => round.State == RoundState.Closed && means.TryGetValue(round.Id, out var mean) ? mean : null;
    }

    private async Task<Dictionary<RoundId, (int Asked, int Answered)>> AskedAsync(List<RoundId> rounds, CancellationToken ct) =>
        await db.Invitations.Where(i => rounds.Contains(i.RoundId)).GroupBy(i => i.RoundId)
            .Select(g => new { g.Key, Asked = g.Count(), Answered = g.Count(i => i.AnsweredAt != null) })
            .ToDictionaryAsync(g => g.Key, g => (g.Asked, g.Answered), ct);

    /// <summary>Overdue from the day after, in each loop's zone.</summary>
    private async Task<Dictionary<LoopId, int>> OverdueAsync(WorkspaceId workspace, IReadOnlyCollection<Loop> loops, DateTimeOffset now, CancellationToken ct)
    {
        var open = await db.ActionItems.Where(a => a.WorkspaceId == workspace && a.DoneAt == null).Select(a => new { a.LoopId, a.DueOn }).ToListAsync(ct);
        var today = loops.ToDictionary(l => l.Id, l => WeeklySlot.DateIn(now, l.Slot.Zone));
        return open.Where(a => today.TryGetValue(a.LoopId, out var date) && a.DueOn < date).CountBy(a => a.LoopId).ToDictionary();
    }

    private async Task<Dictionary<PersonId, string>> NamesAsync(List<PersonId> people, CancellationToken ct) =>
        await db.People.Where(p => people.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, ct);

    private sealed record PastRound(
        RoundId Id, LoopId LoopId, DateOnly ReviewDate, RoundState State, bool Imported, bool Asynchronous, bool Started, DateTimeOffset ClosesAt, string? SkippedBecause);
}

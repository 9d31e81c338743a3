using Bot.Chat;
using Bot.CheckIns;
using Bot.Initiatives;
using Bot.Loops;
using Bot.Readiness;
using Bot.Store;
using Bot.Trends;
using Bot.Warnings;
using Microsoft.EntityFrameworkCore;

namespace Bot.Digests;

/// <summary>What is known of a loop when its status is told.</summary>
/// <param name="Owner">The product owner's name.</param>
/// <param name="Last">The numbers of the last closed week; null before the first.</param>
/// <param name="Current">The week that is open, in review or planned.</param>
/// <param name="Answering">How many of it have answered.</param>
/// <param name="Actions">What is open, by the day it is due.</param>
public sealed record StatusFacts(
    Loop Loop,
    Initiative Initiative,
    string? Owner,
    PastWeeksInTwo Past,
    WeekFigures? Last,
    Round? Current,
    AskedOfWeek Answering,
    IReadOnlyList<OpenAction> Actions,
    IReadOnlyList<StageChange> StageChanges,
    PlanProgress Plan,
    Reliance? Reliance,
    IReadOnlyList<OpenWarning> Warnings);

public sealed record AskedOfWeek(int All, int Answered)
{
    public static AskedOfWeek Nobody { get; } = new(0, 0);
}

/// <param name="Owner">Whose it is, by name.</param>
public sealed record OpenAction(string Text, DateOnly DueOn, string? Owner);

/// <summary>Reads what a status tells, as saved, with as few questions to the store as it takes.</summary>
public sealed class ReadStatus(BotDb db, ReadWeeks weeks, ReadTrends trends, ReadPlanProgress plan, ReadReliance reliance, ReadWarnings warnings)
{
    /// <returns>Null when there is no such loop.</returns>
    public async Task<StatusFacts?> OfAsync(LoopId id, CancellationToken ct)
    {
        await using var open = await db.KeepOpenAsync(ct);
        var of = await (
            from loop in db.Loops.AsNoTracking()
            join initiative in db.Initiatives.AsNoTracking() on loop.InitiativeId equals initiative.Id
            where loop.Id == id
            select new { loop, initiative, Owner = db.People.Where(p => p.Id == initiative.OwnerId).Select(p => p.Name).FirstOrDefault() }).SingleOrDefaultAsync(ct);
        if (of is null)
        {
            return null;
        }

        var past = await trends.BeforeAsync(of.loop, of.initiative, DateOnly.MaxValue, ct);
        var closed = past.Means.Where(m => m.State == RoundState.Closed).TakeLast(Reliance.Rounds).ToList();
        var current = await db.Rounds.AsNoTracking()
            .Where(r => r.LoopId == id && (r.State == RoundState.Collecting || r.State == RoundState.Planned || r.State == RoundState.InReview))
            .OrderBy(r => r.ReviewDate).FirstOrDefaultAsync(ct);
        var asked = await AskedAsync([closed.LastOrDefault()?.RoundId, current?.Id], ct);
        return new StatusFacts(
            of.loop,
            of.initiative,
            of.Owner,
            past,
            closed is [.., var last] ? await weeks.NumbersAsync(last, Asked(last.RoundId).All, past.Metrics.TryGetValue(last.RoundId, out var metric) ? metric : null, ct) : null,
            current,
            Asked(current?.Id),
            await db.ActionItems.Where(a => a.LoopId == id && a.DoneAt == null).OrderBy(a => a.DueOn)
                .Select(a => new OpenAction(a.Text, a.DueOn, db.People.Where(p => p.Id == a.OwnerId).Select(p => p.Name).FirstOrDefault())).ToListAsync(ct),
            await db.StageChanges.AsNoTracking().Where(s => s.InitiativeId == of.initiative.Id).ToListAsync(ct),
            await plan.OfAsync(of.initiative.Id, ct),
            await reliance.OfAsync(id, [.. closed.Select(c => c.RoundId)], ct),
            await warnings.OpenAsync(of.initiative.Id, ct));

        AskedOfWeek Asked(RoundId? round) => round is { } week ? asked.GetValueOrDefault(week, AskedOfWeek.Nobody) : AskedOfWeek.Nobody;
    }

    private async Task<Dictionary<RoundId, AskedOfWeek>> AskedAsync(IEnumerable<RoundId?> of, CancellationToken ct)
    {
        var rounds = of.OfType<RoundId>().ToList();
        return await db.Invitations.Where(i => rounds.Contains(i.RoundId)).GroupBy(i => i.RoundId)
            .Select(g => new { g.Key, All = g.Count(), Answered = g.Count(i => i.AnsweredAt != null) })
            .ToDictionaryAsync(g => g.Key, g => new AskedOfWeek(g.All, g.Answered), ct);
    }
}

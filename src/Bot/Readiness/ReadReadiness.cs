using Bot.Chat;
using Bot.CheckIns;
using Bot.Loops;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Readiness;

/// <summary>Reads the answers to probes, counted where they lie: two years of a large loop are a few thousand rows.</summary>
public sealed class ReadReadiness(BotDb db)
{
    /// <param name="loop">Of the asker's workspace.</param>
    /// <param name="today">In the loop's zone.</param>
    /// <param name="ct">Ends the reading.</param>
    public async Task<LoopReadiness> OfAsync(LoopId loop, DateOnly today, CancellationToken ct)
    {
        var counts = await Answered(loop).GroupBy(a => new { a.ReviewDate, a.Probe, a.Said })
            .Select(g => new { g.Key, Count = g.Count(), One = g.Min(a => a.Person), Other = g.Max(a => a.Person) }).ToListAsync(ct);
        var closed = await db.Rounds.Where(r => r.LoopId == loop && r.State == RoundState.Closed && !r.Imported).Select(r => r.ReviewDate).ToListAsync(ct);
        return MeasureReadiness.Of(
            [.. from count in counts
                let probe = Probe.Find(count.Key.Probe)
                let score = probe?.ScoreOf(count.Key.Said)
                where score is not null
                select new ProbeCount(count.Key.ReviewDate, probe.Dimension, score.Value, count.Count, count.One, count.Other)],
            closed, today);
    }

    /// <summary>Whom people name when they are stuck, since a date.</summary>
    /// <returns>Null below three answers.</returns>
    public async Task<ChampionCount?> ChampionsAsync(LoopId loop, DateOnly since, CancellationToken ct)
    {
        var named = await Answered(loop).Where(a => a.Probe == Probe.WhoHelps && a.ReviewDate >= since)
            .GroupBy(a => a.Said).Select(g => new { Said = g.Key, Count = g.Count() }).ToListAsync(ct);
        var most = named.Select(n => (Person: Id.Parse<PersonId>(n.Said), n.Count)).Where(n => n.Person is not null)
            .OrderByDescending(n => n.Count).ThenBy(n => n.Person!.Value.Value).FirstOrDefault();
        var answers = named.Sum(n => n.Count);
        return answers < CountAnswers.Fewest ? null
            : new ChampionCount(answers, most.Person, most.Count, named.Find(n => n.Said == Probe.Nobody)?.Count ?? 0);
    }

    private IQueryable<AnsweredProbe> Answered(LoopId loop) =>
        from round in db.Rounds
        join answer in db.Answers on round.Id equals answer.RoundId
        join invitation in db.Invitations on new { answer.RoundId, answer.PersonId } equals new { invitation.RoundId, PersonId = (PersonId?)invitation.PersonId }
        where round.LoopId == loop && answer.Counted && answer.ProbeAnswer != null && invitation.Probe != null
        select new AnsweredProbe { ReviewDate = round.ReviewDate, Probe = invitation.Probe!, Said = answer.ProbeAnswer!, Person = answer.PersonId };

    private sealed class AnsweredProbe
    {
        public required DateOnly ReviewDate { get; init; }
        public required string Probe { get; init; }
        public required string Said { get; init; }
        public PersonId? Person { get; init; }
    }
}

/// <summary>Whom people name when asked who helps them.</summary>
/// <param name="Answers">How many were asked and answered.</param>
/// <param name="MostNamed">Null when nobody was named.</param>
/// <param name="Times">How often.</param>
/// <param name="Nobody">How many said that nobody helps.</param>
public sealed record ChampionCount(int Answers, PersonId? MostNamed, int Times, int Nobody);

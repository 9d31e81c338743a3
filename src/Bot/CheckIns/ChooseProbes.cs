using Bot.Chat;
using Bot.Readiness;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.CheckIns;

/// <summary>One person with the probes they were asked in past rounds of one loop.</summary>
public sealed record PastProbes(PersonId Person, IReadOnlyList<AskedProbe> Asked);

/// <summary>A probe somebody was asked in the round of a review date.</summary>
public sealed record AskedProbe(string Probe, DateOnly ReviewDate);

/// <summary>
/// Who is asked what this round. Everybody gets the dimension least recently asked of them; who was never asked any begins where the
/// round has the fewest, so that each dimension is measured equally often. Inside a dimension no question comes again before the others.
/// </summary>
public static class ChooseProbes
{
    private static readonly int Dimensions = DimensionAdvice.All.Count;

    /// <summary>Beginners start in this order: so spread over the cycle, their uneven rest stays even week after week.</summary>
    private static readonly int[] Beginnings = [0, 2, 4, 1, 3];

    /// <param name="people">In any order; the same order gives the same choice.</param>
    /// <param name="already">What others are asked in this round already.</param>
    public static IReadOnlyDictionary<PersonId, Probe> For(IReadOnlyCollection<PastProbes> people, IEnumerable<string?> already)
    {
        var chosen = new Dictionary<PersonId, Probe>();
        var inRound = already.Select(Probe.Find).OfType<Probe>().ToList();
        // Those who have no choice first; the beginners then fill what is left.
        foreach (var person in people.OrderBy(p => p.Asked.Count == 0))
        {
            var past = person.Asked.Select(a => (Probe: Probe.Find(a.Probe), a.ReviewDate)).Where(a => a.Probe is not null)
                .Select(a => (Probe: a.Probe!, a.ReviewDate)).OrderBy(a => a.ReviewDate).ToList();
            var dimension = past.Count == 0 ? Beginning(inRound) : LeastRecent(past);
            var probe = Probe.Pool.Where(p => p.Dimension == dimension)
                .OrderBy(p => past.FindLastIndex(a => a.Probe == p))
                .ThenBy(p => inRound.Count(q => q == p))
                .First();
            chosen[person.Person] = probe;
            inRound.Add(probe);
        }

        return chosen;
    }

    private static ReadinessDimension Beginning(List<Probe> inRound) =>
        Beginnings.Select(i => DimensionAdvice.All[i]).OrderBy(d => inRound.Count(p => p.Dimension == d)).First();

    /// <summary>Never asked counts as longest ago; of several such the one that follows the last asked in the cycle.</summary>
    private static ReadinessDimension LeastRecent(List<(Probe Probe, DateOnly ReviewDate)> past)
    {
        var last = (int)past[^1].Probe.Dimension;
        return DimensionAdvice.All.OrderBy(d => past.FindLastIndex(a => a.Probe.Dimension == d))
            .ThenBy(d => ((int)d - last - 1 + Dimensions) % Dimensions)
            .First();
    }
}

/// <summary>Reads who was asked what in the last rounds of a loop.</summary>
public sealed class ReadPastProbes(BotDb db)
{
    /// <summary>In twenty weeks everybody meets each dimension four times: as many as any of them has questions.</summary>
    public const int Rounds = 20;

    /// <param name="people">Who is to be asked now.</param>
    /// <param name="round">The round in which; those before it count.</param>
    public async Task<IReadOnlyList<PastProbes>> OfAsync(IReadOnlyList<PersonId> people, Round round, CancellationToken ct)
    {
        var past = await db.Rounds
            .Where(r => r.LoopId == round.LoopId && r.ReviewDate < round.ReviewDate && !r.Imported && r.State != RoundState.Skipped && r.State != RoundState.Planned)
            .OrderByDescending(r => r.ReviewDate).Take(Rounds).Select(r => new { r.Id, r.ReviewDate }).ToDictionaryAsync(r => r.Id, r => r.ReviewDate, ct);
        var ids = past.Keys.ToList();
        var only = people is [var one] ? one : (PersonId?)null;
        var asked = await db.Invitations.Where(i => ids.Contains(i.RoundId) && i.Probe != null && (only == null || i.PersonId == only))
            .Select(i => new { i.PersonId, i.RoundId, Probe = i.Probe! }).ToListAsync(ct);
        var byPerson = asked.ToLookup(a => a.PersonId, a => new AskedProbe(a.Probe, past[a.RoundId]));
        return [.. people.Select(p => new PastProbes(p, [.. byPerson[p]]))];
    }

    /// <summary>For somebody who joins while the round is open.</summary>
    public async Task<Probe> OfLateAsync(PersonId person, Round round, CancellationToken ct)
    {
        var already = await db.Invitations.Where(i => i.RoundId == round.Id).Select(i => i.Probe).ToListAsync(ct);
        return ChooseProbes.For(await OfAsync([person], round, ct), already)[person];
    }
}

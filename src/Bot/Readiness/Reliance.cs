using Bot.Chat;
using Bot.CheckIns;
using Bot.Loops;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Readiness;

/// <summary>How many of those whose work is meant to change rely on it: the adoption figure.</summary>
public sealed record Reliance(int Relying, int Users)
{
    public const int Rounds = 4;
    private const int FewestRounds = 3;

    /// <param name="users">How many users take part.</param>
    /// <param name="answered">One entry for each of them who answered in the last four closed rounds.</param>
    /// <returns>Null when fewer than three of them have answered, and while nobody has answered often enough to be counted: that is not nobody relying on it.</returns>
    public static Reliance? Of(int users, IReadOnlyCollection<UserWeeks> answered) =>
        answered.Count < CountAnswers.Fewest || answered.All(a => a.Answered < FewestRounds) ? null : new Reliance(answered.Count(Relies), users);

    /// <summary>Used it and rated it 4 or 5 every time they answered, at least three times.</summary>
    public static bool Relies(UserWeeks weeks) => weeks.Answered >= FewestRounds && weeks.Well == weeks.Answered;

    /// <summary>"3 of 10 users rely on it".</summary>
    public override string ToString() => $"{Relying} of {Users} users rely on it";
}

/// <summary>What one user said in the last rounds.</summary>
/// <param name="Answered">In how many rounds.</param>
/// <param name="Well">In how many of them a 4 or 5.</param>
public sealed record UserWeeks(int Answered, int Well);

/// <summary>Counts who relies on it, with the answers counted where they lie.</summary>
public sealed class ReadReliance(BotDb db)
{
    public async Task<Reliance?> OfAsync(LoopId loop, CancellationToken ct)
    {
        var last = await db.Rounds.Where(r => r.LoopId == loop && r.State == RoundState.Closed)
            .OrderByDescending(r => r.ReviewDate).Take(Reliance.Rounds).Select(r => r.Id).ToListAsync(ct);
        return await OfAsync(loop, last, ct);
    }

    /// <param name="loop">Whose users.</param>
    /// <param name="last">Its last four closed rounds.</param>
    public async Task<Reliance?> OfAsync(LoopId loop, IReadOnlyCollection<RoundId> last, CancellationToken ct)
    {
        var users =
            from participant in db.Participants
            join person in db.People on participant.PersonId equals person.Id
            where participant.LoopId == loop && participant.LeftAt == null && participant.Role == Role.User && person.GoneAt == null
            select person.Id;
        var answered = await db.Answers.Where(a => last.Contains(a.RoundId) && a.Counted && a.PersonId != null && users.Contains(a.PersonId.Value))
            .GroupBy(a => a.PersonId)
            .Select(g => new UserWeeks(g.Count(), g.Count(a => a.Rating >= 4))).ToListAsync(ct);
        return Reliance.Of(await users.CountAsync(ct), answered);
    }

    /// <summary>The same for many loops of a workspace at once.</summary>
    /// <param name="last">The last four closed rounds of each.</param>
    public async Task<IReadOnlyDictionary<LoopId, Reliance>> OfManyAsync(WorkspaceId workspace, IReadOnlyDictionary<RoundId, LoopId> last, CancellationToken ct)
    {
        var users = (await (
            from participant in db.Participants
            join person in db.People on participant.PersonId equals person.Id
            where person.WorkspaceId == workspace && participant.LeftAt == null && participant.Role == Role.User && person.GoneAt == null
            select new { participant.LoopId, person.Id }).ToListAsync(ct)).ToLookup(u => u.LoopId, u => u.Id);
        var rounds = last.Keys.ToList();
        var ratings = (await db.Answers.Where(a => rounds.Contains(a.RoundId) && a.Counted && a.PersonId != null)
            .Select(a => new { a.RoundId, Person = a.PersonId!.Value, a.Rating }).ToListAsync(ct)).ToLookup(a => last[a.RoundId]);
        return last.Values.Distinct()
            .Select(loop => (Loop: loop, Users: users[loop].ToHashSet()))
            .Select(l => (l.Loop, Reliance: Reliance.Of(l.Users.Count, [.. ratings[l.Loop].Where(a => l.Users.Contains(a.Person))
                .GroupBy(a => a.Person, (_, its) => new UserWeeks(its.Count(), its.Count(a => a.Rating >= 4)))])))
            .Where(l => l.Reliance is not null).ToDictionary(l => l.Loop, l => l.Reliance!);
    }
}

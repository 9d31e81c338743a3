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
    /// <returns>Null when fewer than three of them have answered.</returns>
    public static Reliance? Of(int users, IReadOnlyCollection<UserWeeks> answered) =>
        answered.Count < CountAnswers.Fewest ? null : new Reliance(answered.Count(Relies), users);

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
}

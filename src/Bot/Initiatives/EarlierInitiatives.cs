using Bot.Chat;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Initiatives;

/// <summary>An initiative that did not reach production.</summary>
/// <param name="Since">When it stalled or was retired, or the end of a pilot that went on.</param>
/// <param name="Weeks">Whole weeks since then.</param>
/// <param name="Obstacle">The newest answer to what prevented it; null while nobody has said anything.</param>
public sealed record EarlierInitiative(Initiative Initiative, DateTimeOffset Since, int Weeks, Obstacle? Obstacle)
{
    public bool IsAnswered => Obstacle is { } said && ClearAnswer.Is(said.Cause, said.Sentence);

    /// <summary>"stalled 6 weeks ago", "pilot past its planned end for 2 weeks".</summary>
    public string InWords => Initiative.Stage == Stage.Pilot
        ? "pilot past its planned end" + (Weeks == 0 ? "" : $" for {Cards.Say.Count(Weeks, "week")}")
        : $"{Initiative.Stage.Label()} " + (Weeks == 0 ? "this week" : $"{Cards.Say.Count(Weeks, "week")} ago");
}

/// <summary>Which initiatives of a workspace did not reach production: stalled, in pilot past their end, or retired without ever having been there.</summary>
public sealed class EarlierInitiatives(BotDb db, TimeProvider clock)
{
    /// <summary>As saved, the newest to stop first.</summary>
    public async Task<IReadOnlyList<EarlierInitiative>> UnfinishedAsync(WorkspaceId workspace, InitiativeId? except, CancellationToken ct)
    {
        var may = db.Initiatives.AsNoTracking().Where(i => i.WorkspaceId == workspace && i.Id != except
            && (i.Stage == Stage.Stalled || i.Stage == Stage.Pilot || i.Stage == Stage.Retired));
        var initiatives = await may.ToListAsync(ct);
        var changes = (await db.StageChanges.AsNoTracking().Where(s => may.Any(i => i.Id == s.InitiativeId)).ToListAsync(ct)).ToLookup(s => s.InitiativeId);
        var unfinished = Choose(initiatives, changes, clock.GetUtcNow());
        var ids = unfinished.Select(u => u.Initiative.Id).ToList();
        var obstacles = (await db.Obstacles.AsNoTracking().Where(o => ids.Contains(o.InitiativeId)).ToListAsync(ct)).ToLookup(o => o.InitiativeId);
        return [.. unfinished.Select(u => u with { Obstacle = Newest(obstacles[u.Initiative.Id]) })];
    }

    /// <summary>The answer that counts.</summary>
    public static Obstacle? Newest(IEnumerable<Obstacle> ofOne) => ofOne.OrderBy(o => o.At).ThenBy(o => o.Id.Value).LastOrDefault();

    private static List<EarlierInitiative> Choose(List<Initiative> initiatives, ILookup<InitiativeId, StageChange> changes, DateTimeOffset now) =>
        [.. initiatives.Select(i => (Initiative: i, Stopped: StoppedAt(i, [.. changes[i.Id]], now))).Where(i => i.Stopped is not null)
            .Select(i => new EarlierInitiative(i.Initiative, i.Stopped!.Value, TimeInStage.Weeks(i.Stopped.Value, now), null))
            .OrderByDescending(e => e.Since).ThenByDescending(e => e.Initiative.Id.Value)];

    /// <summary>Null for one that is on its way or has been in production.</summary>
    private static DateTimeOffset? StoppedAt(Initiative initiative, StageChange[] changes, DateTimeOffset now)
    {
        var since = TimeInStage.Since(initiative, changes);
        return initiative.Stage switch
        {
            Stage.Stalled => since,
            Stage.Pilot when TimeInStage.IsPastItsEnd(initiative, since, now) =>
                new DateTimeOffset(TimeInStage.PilotEnd(initiative, since).AddDays(1), TimeOnly.MinValue, TimeSpan.Zero),
            Stage.Retired when !Array.Exists(changes, s => s.To == Stage.Production || s.From == Stage.Production) => since,
            _ => null,
        };
    }
}

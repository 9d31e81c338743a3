using Bot.Cards;
using Bot.Chat;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Initiatives;

/// <summary><c>/pilot list</c>: the register, grouped by stage; with a name, that one's whole entry.</summary>
public sealed class ListInitiatives(BotDb db, FindInitiative find, ShowInitiative show, CardBook cards, TimeProvider clock) : ICommandHandler
{
    private const int Most = 30;
    private const int MaxQuote = 140;
    private const int OpenNamed = 3;

    private static readonly Stage[] Order = [Stage.Pilot, Stage.Deploying, Stage.Production, Stage.Stalled, Stage.Idea, Stage.Retired];

    public Task<Reply> HandleAsync(Asked asked, string arguments, CancellationToken ct) =>
        arguments.Length > 0 ? find.OneAsync(asked, arguments, hand => show.WhisperAsync(asked, hand, asked.In, [], ct), ct) : AllAsync(asked, ct);

    private async Task<Reply> AllAsync(Asked asked, CancellationToken ct)
    {
        var here = db.Initiatives.AsNoTracking().Where(i => i.WorkspaceId == asked.Workspace.Id);
        var all = await here.ToListAsync(ct);
        var changes = (await db.StageChanges.AsNoTracking().Where(s => here.Any(i => i.Id == s.InitiativeId)).ToListAsync(ct)).ToLookup(s => s.InitiativeId);
        var shown = all.Select(i => (Initiative: i, Since: TimeInStage.Since(i, changes[i.Id])))
            .OrderBy(i => Array.IndexOf(Order, i.Initiative.Stage)).ThenBy(i => i.Since).ThenBy(i => i.Initiative.Id.Value).Take(Most).ToList();
        var lines = await LinesAsync(shown, ct);
        return new Reply.Whisper(cards.Fill(new InitiativesCard(
            all.Count,
            string.Join(", ", Order.Select(s => (Stage: s, Count: all.Count(i => i.Stage == s))).Where(s => s.Count > 0).Select(s => $"{s.Count} {s.Stage.Label()}")),
            [.. lines.GroupBy(l => l.Stage).Select(g => new StageGroup(g.Key.Label(), [.. g.Select(l => l.Line)]))],
            all.Count - shown.Count)));
    }

    private async Task<List<(Stage Stage, InitiativeLine Line)>> LinesAsync(List<(Initiative Initiative, DateTimeOffset Since)> shown, CancellationToken ct)
    {
        var ids = shown.ConvertAll(i => i.Initiative.Id);
        var owners = shown.Select(i => i.Initiative.OwnerId).OfType<PersonId>().Distinct().ToList();
        var names = await db.People.Where(p => owners.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        var looped = await db.Loops.Where(l => ids.Contains(l.InitiativeId) && l.EndedAt == null).Select(l => l.InitiativeId).ToHashSetAsync(ct);
        var obstacles = (await db.Obstacles.AsNoTracking().Where(o => ids.Contains(o.InitiativeId)).ToListAsync(ct)).ToLookup(o => o.InitiativeId);
        var now = clock.GetUtcNow();
        return shown.ConvertAll(i => (i.Initiative.Stage, new InitiativeLine(
            i.Initiative.Name, i.Initiative.IsSample, TimeInStage.InWords(i.Initiative, i.Since, now),
            i.Initiative.OwnerId is { } owner ? names.GetValueOrDefault(owner) : null,
            looped.Contains(i.Initiative.Id), Open(i.Initiative),
            i.Initiative.Stage is not (Stage.Stalled or Stage.Retired) ? null
                : EarlierInitiatives.Newest(obstacles[i.Initiative.Id])?.InWords(MaxQuote) ?? (i.Initiative.Stage == Stage.Stalled ? "no cause recorded" : null))));
    }

    private static string? Open(Initiative initiative)
    {
        var open = OpenItems.Of(initiative);
        return open.Count == 0 ? null : string.Join(", ", open.Take(OpenNamed)) + (open.Count > OpenNamed ? $" and {open.Count - OpenNamed} more" : "");
    }
}

/// <param name="Counts">"2 pilot, 1 stalled".</param>
/// <param name="More">How many are not shown.</param>
public sealed record InitiativesCard(int Count, string Counts, IReadOnlyList<StageGroup> Stages, int More) : ICardData
{
    public static string Template => "initiatives";
}

public sealed record StageGroup(string Stage, IReadOnlyList<InitiativeLine> Initiatives);

/// <param name="When">The stage with the weeks in it.</param>
/// <param name="Open">What the register does not say yet, the first few.</param>
/// <param name="Cause">Of one that stopped: what was recorded, verbatim.</param>
public sealed record InitiativeLine(string Name, bool IsSample, string When, string? Owner, bool HasLoop, string? Open, string? Cause);

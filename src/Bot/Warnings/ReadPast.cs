using Bot.Chat;
using Bot.Initiatives;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Warnings;

/// <summary>A pilot began.</summary>
public sealed record Start(InitiativeId Initiative, DateTimeOffset At);

/// <summary>What became of the initiatives of a workspace.</summary>
/// <param name="Unfinished">Those that did not reach production, the newest to stop first.</param>
/// <param name="Starts">Pilots that began since one last reached production; each initiative once, oldest first.</param>
/// <param name="InProduction">How many are there now.</param>
public sealed record Past(IReadOnlyList<EarlierInitiative> Unfinished, IReadOnlyList<Start> Starts, int InProduction);

/// <summary>
/// Reads what became of a workspace's initiatives, once per scope: a batch that closes fifty rounds asks fifty times. The sample portfolio and the real
/// one are two pasts that know nothing of each other.
/// </summary>
public sealed class ReadPast(BotDb db, EarlierInitiatives earlier)
{
    private readonly Dictionary<(WorkspaceId, bool), Past> _read = [];

    /// <summary>As saved.</summary>
    public async Task<Past> OfAsync(WorkspaceId workspace, bool isSample, CancellationToken ct)
    {
        if (_read.TryGetValue((workspace, isSample), out var known))
        {
            return known;
        }

        var moves = await db.StageChanges.AsNoTracking()
            .Where(s => s.To == Stage.Pilot || s.To == Stage.Production)
            .Join(db.Initiatives.Where(i => i.WorkspaceId == workspace && i.IsSample == isSample), s => s.InitiativeId, i => i.Id, (s, _) => new { s.InitiativeId, s.To, s.At })
            .OrderBy(s => s.At).ToListAsync(ct);
        var production = moves.FindLast(m => m.To == Stage.Production)?.At ?? DateTimeOffset.MinValue;
        return _read[(workspace, isSample)] = new Past(
            [.. (await earlier.UnfinishedAsync(workspace, null, ct)).Where(e => e.Initiative.IsSample == isSample)],
            [.. moves.Where(m => m.To == Stage.Pilot && m.At > production).DistinctBy(m => m.InitiativeId).Select(m => new Start(m.InitiativeId, m.At))],
            await db.Initiatives.CountAsync(i => i.WorkspaceId == workspace && i.IsSample == isSample && i.Stage == Stage.Production, ct));
    }
}

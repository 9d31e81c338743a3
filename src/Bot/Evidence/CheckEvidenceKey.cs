using Bot.Chat;
using Bot.Initiatives;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Evidence;

/// <summary>A key that was verified: what it lets in.</summary>
public sealed record VerifiedKey(EvidenceKeyId Id, WorkspaceId Workspace, InitiativeId Initiative);

/// <summary>Tells whether a monitor may send evidence about an initiative.</summary>
public sealed class CheckEvidenceKey(BotDb db, TimeProvider clock)
{
    private static readonly TimeSpan NotedEvery = TimeSpan.FromMinutes(1);

    /// <summary>Null when not, whatever the reason: who asks learns nothing about what there is.</summary>
    public async Task<VerifiedKey?> VerifyAsync(InitiativeId initiative, string secret, CancellationToken ct)
    {
        var hash = EvidenceSecret.Hash(secret);
        var keys = await (
            from key in db.EvidenceKeys.AsNoTracking()
            join of in db.Initiatives on key.InitiativeId equals of.Id
            join workspace in db.Workspaces on key.WorkspaceId equals workspace.Id
            where key.InitiativeId == initiative && key.RevokedAt == null && of.WorkspaceId == workspace.Id && workspace.RemovedAt == null
            select key).ToListAsync(ct);
        EvidenceKey? found = null;
        foreach (var key in keys)
        {
            found = EvidenceSecret.AreEqual(key.Hash, hash) ? key : found;
        }

        return found is null ? null : new VerifiedKey(found.Id, found.WorkspaceId, found.InitiativeId);
    }

    /// <summary>Notes that a key is in use, at most once a minute.</summary>
    public async Task NoteUseAsync(VerifiedKey key, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var before = now - NotedEvery;
        await db.EvidenceKeys.Where(k => k.Id == key.Id && (k.LastUsedAt == null || k.LastUsedAt <= before))
            .ExecuteUpdateAsync(k => k.SetProperty(x => x.LastUsedAt, now), ct);
    }
}

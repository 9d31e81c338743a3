using Bot.Chat;
using Bot.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Bot.Retention;

/// <summary>
/// Deletes everything of a workspace that removed the bot long enough ago. It is first marked as being deleted, which takes it out of everybody's sight: who
/// installs the bot from then on begins a new workspace. So it can be deleted piece by piece, and gone on with after a stop; its own row goes last.
/// </summary>
public sealed partial class DeleteRemovedWorkspaces(
    BotDb db, IEnumerable<IPlatformTables> tables, IEnumerable<IChatPlatform> platforms, KeptFor kept, TimeProvider clock, ILogger<DeleteRemovedWorkspaces> log)
{
    private const int Batch = 50;

    /// <summary>What arrived this long after the removal was still of the time before.</summary>
    private static readonly TimeSpan StillFromBefore = TimeSpan.FromHours(1);

    /// <summary>Those whose time is over, and those that a stopped run left behind. Each is lost to a new installation from here on.</summary>
    public async Task<IReadOnlyList<Workspace>> DueAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var before = now.AddDays(-kept.RemovedWorkspaceDays);
        await db.Workspaces.Where(w => w.DeletingSince == null && w.RemovedAt <= before).ExecuteUpdateAsync(w => w.SetProperty(x => x.DeletingSince, now), ct);
        return await db.Workspaces.AsNoTracking().Where(w => w.DeletingSince != null).OrderBy(w => w.Id).ToListAsync(ct);
    }

    public async Task DeleteAsync(Workspace workspace, CancellationToken ct)
    {
        var id = workspace.Id;
        await WeeksAsync(id, ct);
        await OfTiesAsync(id, ct);
        await OfLoopsAsync(id, ct);
        await OfInitiativesAsync(id, ct);
        await OfPlacesAsync(id, ct);
        if (platforms.All(p => p.Name != workspace.Platform))
        {
            // Its tables are deleted when it is switched on again; until then the row of the workspace says that they are to be.
            LogPlatformAbsent(id, workspace.Platform);
            return;
        }

        foreach (var own in tables.Where(t => t.Platform == workspace.Platform))
        {
            await own.DeleteAsync(workspace.ExternalId, workspace.RemovedAt!.Value + StillFromBefore, ct);
        }

        await db.Workspaces.Where(w => w.Id == id).ExecuteDeleteAsync(ct);
        LogDeleted(id, workspace.RemovedAt!.Value);
    }

    /// <summary>
    /// The bulk of it, a few weeks at a time. Their steps first: the alarm clock, should it be at one of them, finds it gone when it saves. Where it
    /// was quicker, the week that it planned is found in the next turn.
    /// </summary>
    private async Task WeeksAsync(WorkspaceId id, CancellationToken ct)
    {
        while (await db.Rounds.Where(r => r.WorkspaceId == id).OrderBy(r => r.Id).Take(Batch).Select(r => r.Id).ToListAsync(ct) is { Count: > 0 } weeks)
        {
            await db.RoundSteps.Where(s => weeks.Contains(s.RoundId)).ExecuteDeleteAsync(ct);
            await db.Invitations.Where(i => weeks.Contains(i.RoundId)).ExecuteDeleteAsync(ct);
            await db.Answers.Where(a => weeks.Contains(a.RoundId)).ExecuteDeleteAsync(ct);
            await db.NamelessNotes.Where(n => weeks.Contains(n.RoundId)).ExecuteDeleteAsync(ct);
            await db.Rounds.Where(r => weeks.Contains(r.Id)).ExecuteDeleteAsync(ct);
        }
    }

    /// <summary>They ended when the bot was removed; what was made of them meanwhile goes whole, for one side alone is no tie.</summary>
    private async Task OfTiesAsync(WorkspaceId id, CancellationToken ct)
    {
        var ties = await db.TieSides.Where(s => s.WorkspaceId == id).Select(s => s.TieId).ToListAsync(ct);
        await db.Fingerprints.Where(f => ties.Contains(f.TieId)).ExecuteDeleteAsync(ct);
        await db.Ties.Where(t => ties.Contains(t.Id)).ExecuteDeleteAsync(ct);
        await db.TieSides.Where(s => ties.Contains(s.TieId)).ExecuteDeleteAsync(ct);
        await db.TieOffers.Where(o => o.WorkspaceId == id).ExecuteDeleteAsync(ct);
        await db.WrongCodes.Where(w => w.WorkspaceId == id).ExecuteDeleteAsync(ct);
    }

    private async Task OfLoopsAsync(WorkspaceId id, CancellationToken ct)
    {
        var loops = db.Loops.Where(l => l.WorkspaceId == id).Select(l => l.Id);
        await db.Decisions.Where(d => loops.Contains(d.LoopId)).ExecuteDeleteAsync(ct);
        await db.Experiments.Where(x => loops.Contains(x.LoopId)).ExecuteDeleteAsync(ct);
        await db.Participants.Where(p => loops.Contains(p.LoopId)).ExecuteDeleteAsync(ct);
        await db.SkippedDates.Where(s => loops.Contains(s.LoopId)).ExecuteDeleteAsync(ct);
        await db.Rebases.Where(r => loops.Contains(r.LoopId)).ExecuteDeleteAsync(ct);
        await db.ActionItems.Where(a => a.WorkspaceId == id).ExecuteDeleteAsync(ct);
        await db.Holidays.Where(h => h.WorkspaceId == id).ExecuteDeleteAsync(ct);
        await db.Loops.Where(l => l.WorkspaceId == id).ExecuteDeleteAsync(ct);
    }

    private async Task OfInitiativesAsync(WorkspaceId id, CancellationToken ct)
    {
        var warnings = db.Warnings.Where(w => w.WorkspaceId == id).Select(w => w.Id);
        await db.WarningAnswers.Where(a => warnings.Contains(a.WarningId)).ExecuteDeleteAsync(ct);
        await db.Warnings.Where(w => w.WorkspaceId == id).ExecuteDeleteAsync(ct);
        await db.Thresholds.Where(t => t.WorkspaceId == id).ExecuteDeleteAsync(ct);
        var initiatives = db.Initiatives.Where(i => i.WorkspaceId == id).Select(i => i.Id);
        await db.StageChanges.Where(s => initiatives.Contains(s.InitiativeId)).ExecuteDeleteAsync(ct);
        await db.Obstacles.Where(o => o.WorkspaceId == id).ExecuteDeleteAsync(ct);
        await db.PlanItems.Where(p => p.WorkspaceId == id).ExecuteDeleteAsync(ct);
        await db.Workshops.Where(w => w.WorkspaceId == id).ExecuteDeleteAsync(ct);
        await db.Diagnoses.Where(d => d.WorkspaceId == id).ExecuteDeleteAsync(ct);
        await db.EvidenceKeys.Where(k => k.WorkspaceId == id).ExecuteDeleteAsync(ct);
        await db.Evidence.Where(i => i.WorkspaceId == id).ExecuteDeleteAsync(ct);
        await db.Portfolios.Where(p => p.WorkspaceId == id).ExecuteDeleteAsync(ct);
        await db.Initiatives.Where(i => i.WorkspaceId == id).ExecuteDeleteAsync(ct);
    }

    private async Task OfPlacesAsync(WorkspaceId id, CancellationToken ct)
    {
        await db.Outbox.Where(o => o.WorkspaceId == id).ExecuteDeleteAsync(ct);
        await db.PostedCards.Where(p => p.WorkspaceId == id).ExecuteDeleteAsync(ct);
        await db.Inbox.Where(i => i.WorkspaceId == id).ExecuteDeleteAsync(ct);
        var channels = db.Channels.Where(c => c.WorkspaceId == id).Select(c => c.Id);
        await db.ChannelMembers.Where(m => channels.Contains(m.ChannelId)).ExecuteDeleteAsync(ct);
        await db.Channels.Where(c => c.WorkspaceId == id).ExecuteDeleteAsync(ct);
        var people = db.People.Where(p => p.WorkspaceId == id).Select(p => p.Id);
        await db.Drafts.Where(d => people.Contains(d.PersonId)).ExecuteDeleteAsync(ct);
        await db.People.Where(p => p.WorkspaceId == id).ExecuteDeleteAsync(ct);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Deleted everything of workspace {WorkspaceId}, which removed the bot at {RemovedAt}")]
    private partial void LogDeleted(WorkspaceId workspaceId, DateTimeOffset removedAt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Of workspace {WorkspaceId}, which is deleted, what platform {Platform} holds waits until it is switched on")]
    private partial void LogPlatformAbsent(WorkspaceId workspaceId, PlatformName platform);
}

using Bot.Chat;
using Bot.Retention;
using Bot.Slack.Install.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Slack.Install;

/// <summary>Deletes what is left of a workspace that removed the app; its token went at once. An organisation's installation goes with its last workspace.</summary>
internal sealed class DeleteTeam(IDbContextFactory<SlackDb> stores) : IPlatformTables
{
    public PlatformName Platform => SlackPlatform.PlatformName;

    public async Task DeleteAsync(string workspaceId, DateTimeOffset before, CancellationToken ct)
    {
        await using var db = await stores.CreateDbContextAsync(ct);
        var organisations = db.Teams.Where(t => t.TeamId == workspaceId).Select(t => t.EnterpriseId);
        // Before the row that leads to it, so that a run that is stopped here finds it again.
        await db.Installations
            .Where(i => i.StoppedAt < before && (i.Id == workspaceId || (organisations.Contains(i.Id) && !db.Teams.Any(t => t.EnterpriseId == i.Id && t.TeamId != workspaceId))))
            .ExecuteDeleteAsync(ct);
        // Should the organisation be back with this workspace just now, what it says next is noted anew.
        await db.Teams.Where(t => t.TeamId == workspaceId).ExecuteDeleteAsync(ct);
        await db.Told.Where(t => t.TeamId == workspaceId && t.At < before).ExecuteDeleteAsync(ct);
    }
}

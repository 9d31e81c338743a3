using Bot.Chat;
using Bot.Retention;
using Bot.Teams.Addresses.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Teams.Addresses;

/// <summary>Deletes the conversations and people of a tenant that removed the bot.</summary>
internal sealed class DeleteTenant(IDbContextFactory<TeamsDb> stores) : IPlatformTables
{
    public PlatformName Platform => TeamsPlatform.PlatformName;

    public async Task DeleteAsync(string workspaceId, DateTimeOffset before, CancellationToken ct)
    {
        await using var db = await stores.CreateDbContextAsync(ct);
        await db.Conversations.Where(c => c.TenantId == workspaceId && c.SeenAt < before).ExecuteDeleteAsync(ct);
        await db.People.Where(p => p.TenantId == workspaceId && p.SeenAt < before).ExecuteDeleteAsync(ct);
    }
}

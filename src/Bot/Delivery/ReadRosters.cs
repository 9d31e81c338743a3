using Bot.Chat;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Delivery;

/// <summary>Reads who is in a channel the bot was brought into, once, outside of the few seconds a platform waits for an answer.</summary>
public sealed class ReadRosters(BotDb db, Presence presence, IEnumerable<IChatPlatform> platforms)
{
    private const int AtOnce = 20;

    public async Task RunAsync(CancellationToken ct)
    {
        var unread = await db.Channels.Where(c => c.MembersReadAt == null && c.GoneAt == null).OrderBy(c => c.Id).Take(AtOnce).ToListAsync(ct);
        foreach (var channel in unread)
        {
            var workspace = await db.Workspaces.SingleAsync(w => w.Id == channel.WorkspaceId, ct);
            if (platforms.FirstOrDefault(p => p.Name == workspace.Platform) is { } platform)
            {
                await presence.JoinAsync(workspace, channel, await platform.MembersAsync(workspace.Ref, channel.Ref, ct), ct);
                await db.SaveChangesAsync(ct);
            }
        }
    }
}

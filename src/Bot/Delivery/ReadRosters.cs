using System.Collections.Concurrent;
using Bot.Chat;
using Bot.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Bot.Delivery;

/// <summary>
/// Reads who is in a channel the bot was brought into, once, outside of the few seconds a platform waits for an answer; and twice a day where
/// people are recognised by their addresses, which may have changed.
/// </summary>
public sealed partial class ReadRosters(BotDb db, Presence presence, IEnumerable<IChatPlatform> platforms, RostersPutOff putOff, TimeProvider clock, ILogger<ReadRosters> log)
{
    private const int AtOnce = 20;
    private static readonly TimeSpan TiedEvery = TimeSpan.FromHours(12);

    public async Task RunAsync(CancellationToken ct)
    {
        var later = putOff.Now();
        var old = clock.GetUtcNow() - TiedEvery;
        var tied = db.TieSides.Join(db.Loops, s => s.LoopId, l => l.Id, (_, loop) => loop.ChannelId);
        var unread = await db.Channels.Where(c => (c.MembersReadAt == null || (c.MembersReadAt < old && tied.Contains(c.Id))) && c.GoneAt == null && !later.Contains(c.Id))
            .OrderBy(c => c.Id).Take(AtOnce).ToListAsync(ct);
        foreach (var channel in unread)
        {
            var workspace = await db.Workspaces.SingleOrDefaultAsync(w => w.Id == channel.WorkspaceId, ct);
            if (workspace is { RemovedAt: null } && platforms.FirstOrDefault(p => p.Name == workspace.Platform) is { } platform)
            {
                await ReadAsync(platform, workspace, channel, ct);
            }
            else
            {
                putOff.Add(channel.Id);
            }
        }
    }

    private async Task ReadAsync(IChatPlatform platform, Workspace workspace, Channel channel, CancellationToken ct)
    {
        try
        {
            await presence.JoinAsync(workspace, channel, await platform.MembersAsync(workspace.Ref, channel.Ref, ct), ct);
            channel.MembersReadAt = clock.GetUtcNow();
            await db.SaveChangesAsync(ct);
        }
        catch (PlatformUnreachableException away)
        {
            putOff.Add(channel.Id);
            LogPutOff(away, channel.Id);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The members of channel {Channel} could not be read; tried again later")]
    private partial void LogPutOff(Exception away, ChannelId channel);
}

/// <summary>Channels whose members could not be read, so that they do not stand in the way of the others.</summary>
public sealed class RostersPutOff(TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<ChannelId, DateTimeOffset> _until = new();

    public void Add(ChannelId channel) => _until[channel] = clock.GetUtcNow() + Pause;

    /// <summary>Those that are not tried now.</summary>
    public IReadOnlyList<ChannelId> Now()
    {
        var now = clock.GetUtcNow();
        foreach (var over in _until.Where(put => put.Value <= now))
        {
            _until.TryRemove(over);
        }

        return [.. _until.Keys];
    }
}

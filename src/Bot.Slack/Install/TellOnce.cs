using Bot.Slack.Install.Store;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Slack.Install;

/// <summary>Sees to it that a missing invitation is told of once a day, by whichever host and after a restart too.</summary>
public sealed class TellOnce(IDbContextFactory<SlackDb> stores, TimeProvider clock)
{
    public async Task<bool> IsFirstTodayAsync(string teamId, string channelId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var before = now.AddDays(-1);
        await using var db = await stores.CreateDbContextAsync(ct);
        var here = db.Told.Where(t => t.TeamId == teamId && t.ChannelId == channelId);
        if (await here.Where(t => t.At <= before).ExecuteUpdateAsync(t => t.SetProperty(x => x.At, now), ct) == 1)
        {
            return true;
        }

        if (await here.AnyAsync(ct))
        {
            return false;
        }

        db.Told.Add(new ToldInstaller { TeamId = teamId, ChannelId = channelId, At = now });
        try
        {
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateException failed) when (Collision.Is(failed))
        {
            return false; // another host was first
        }
    }
}

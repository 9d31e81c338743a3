using Bot.Slack.Install.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Slack.Install;

/// <summary>Sees to it that a missing invitation is told of once a day, by whichever host and after a restart too.</summary>
public sealed class TellOnce(IDbContextFactory<SlackDb> stores, TimeProvider clock)
{
    public async Task<bool> IsFirstTodayAsync(string teamId, string channelId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (at, before) = (now.ToUnixTimeMilliseconds(), now.AddDays(-1).ToUnixTimeMilliseconds());
        await using var db = await stores.CreateDbContextAsync(ct);
        return await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "Slack_Told" ("TeamId", "ChannelId", "At") VALUES ({teamId}, {channelId}, {at})
            ON CONFLICT ("TeamId", "ChannelId") DO UPDATE SET "At" = {at} WHERE "Slack_Told"."At" <= {before}
            """, ct) == 1;
    }
}

using System.Runtime.CompilerServices;
using Bot.Checkups;
using Bot.Store;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Bot.Host.Doctor;

/// <summary>The PostgreSQL database: in reach, new enough, of this release, safe against a crash, writable, with the time of this host; and which hosts share its alarm clock.</summary>
public sealed class CheckPostgres(BotDb db, StoreAddress store, TimeProvider clock) : ICheckup
{
    private const int Oldest = 15;

    /// <summary>Quartz takes over from a host after two checks missed; nobody comes back after so long.</summary>
    private static readonly TimeSpan Gone = TimeSpan.FromMinutes(2);

    public string About => "store";

    public async IAsyncEnumerable<Finding> LookAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var server = await db.Database.SqlQuery<Server>(
            $"""
            SELECT current_setting('server_version_num')::int / 10000 AS "Major", current_setting('server_version') AS "Version", clock_timestamp() AS "Now",
                current_setting('fsync') AS "Fsync", current_setting('synchronous_commit') AS "Commit", current_setting('transaction_read_only') = 'on' AS "ReadOnly",
                to_regclass('qrtz_scheduler_state') IS NOT NULL AS "HasHosts",
                to_regclass('"Outbox"') IS NULL OR has_table_privilege('"Outbox"', 'INSERT') AS "MayWrite"
            """).SingleAsync(ct);
        var now = clock.GetUtcNow();
        yield return server.Major >= Oldest ? Finding.Ok(About, $"PostgreSQL {server.Version} answers") : Finding.Fail(About, $"PostgreSQL {server.Version} is too old: use {Oldest} or later");
        yield return Finding.OfClock("the database", server.Now, now);
        yield return await CheckStore.MigrationsAsync(db, $"database {new NpgsqlConnectionStringBuilder(store.ConnectionString).Database}", ct);
        yield return server is { Fsync: "on", Commit: not "off" } ? Finding.Ok(About, "nothing is acknowledged before it is on disk")
            : Finding.Fail(About, $"what is acknowledged may be lost in a crash of the server: fsync is {server.Fsync}, synchronous_commit is {server.Commit}");
        yield return server.ReadOnly ? Finding.Fail(About, "takes no writes: name the primary, not a standby") : server.MayWrite ? Finding.Ok(About, "can be written")
            : Finding.Fail(About, "this user may not write: let the user that owns the tables be the one of Store__ConnectionString");
        if (server.HasHosts)
        {
            yield return await HostsAsync(now, ct);
        }
    }

    private async Task<Finding> HostsAsync(DateTimeOffset now, CancellationToken ct)
    {
        var hosts = await db.Database.SqlQuery<Node>($"SELECT instance_name AS \"Name\", last_checkin_time AS \"SeenTicks\" FROM qrtz_scheduler_state ORDER BY 1").ToListAsync(ct);
        var alive = hosts.Where(host => now.UtcTicks - host.SeenTicks < Gone.Ticks).Select(host => host.Name).ToList();
        return alive.Count > 0 ? Finding.Ok("hosts", $"{alive.Count} share the alarm clock: {string.Join(", ", alive)}")
            : Finding.Warn("hosts", "none has told of itself for two minutes: nothing is done until one is started");
    }

    private sealed record Server(int Major, string Version, DateTimeOffset Now, string Fsync, string Commit, bool ReadOnly, bool HasHosts, bool MayWrite);

    private sealed record Node(string Name, long SeenTicks);
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Bot.Store;

/// <summary>Brings tables of the store to this release.</summary>
public static class MigrateStoreExtensions
{
    /// <summary>Of all that hosts agree on by a lock of the database, this is the one thing that is not a workspace's lane.</summary>
    private const long Migrating = 0x4D69_6772_6174_65;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    /// <summary>
    /// Hosts that start at once on one database migrate one after the other. EF locks too, but for each migration by itself: the list of those
    /// that are to be done is then older than the lock.
    /// </summary>
    public static async Task MigrateStoreAsync(this DatabaseFacade database, CancellationToken ct)
    {
        if (!database.IsNpgsql())
        {
            await database.MigrateAsync(ct);
            return;
        }

        database.SetCommandTimeout(Longest);
        await database.OpenConnectionAsync(ct);
        try
        {
            await database.ExecuteSqlAsync($"SELECT pg_advisory_lock({Migrating})", ct);
            await database.MigrateAsync(ct);
        }
        finally
        {
            await database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({Migrating})", CancellationToken.None);
            await database.CloseConnectionAsync();
            database.SetCommandTimeout((int?)null);
        }
    }
}

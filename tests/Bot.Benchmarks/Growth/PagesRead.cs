using System.Data.Common;
using Bot.Store;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace Bot.Benchmarks.Growth;

/// <summary>How many pages of the store were looked at: as SQLite counts them for each connection, and as PostgreSQL does for each statement.</summary>
internal sealed class PagesRead : DbConnectionInterceptor
{
    private long _pages;

    public static async Task<long> OfServerAsync(BotDb db) => await db.Database.SqlQuery<long>(
        $"""
        SELECT COALESCE(sum(s.shared_blks_hit + s.shared_blks_read), 0)::bigint AS "Value" FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid
        WHERE d.datname = current_database() AND s.query NOT LIKE '%pg_stat_statements%'
        """).SingleAsync();

    /// <summary>Since it was last asked; of connections that are closed.</summary>
    public long Take() => Interlocked.Exchange(ref _pages, 0);

    public override InterceptionResult ConnectionClosing(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
    {
        Count(connection);
        return result;
    }

    public override ValueTask<InterceptionResult> ConnectionClosingAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
    {
        Count(connection);
        return ValueTask.FromResult(result);
    }

    // https://www.sqlite.org/c3ref/c_dbstatus_options.html: pages found in the cache, and not.
    private void Count(DbConnection connection)
    {
        if (connection is SqliteConnection { Handle: { } handle })
        {
            foreach (var what in new[] { raw.SQLITE_DBSTATUS_CACHE_HIT, raw.SQLITE_DBSTATUS_CACHE_MISS })
            {
                raw.sqlite3_db_status(handle, what, out var pages, out _, 1);
                Interlocked.Add(ref _pages, pages);
            }
        }
    }
}

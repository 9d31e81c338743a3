using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Benchmarks.Load;

/// <param name="Calls">How often it ran.</param>
/// <param name="Milliseconds">In all, inside the server.</param>
/// <param name="Rows">Returned or written.</param>
/// <param name="Blocks">Pages looked at.</param>
internal sealed record Statement(string Sql, long Calls, double Milliseconds, long Rows, long Blocks);

/// <summary>Where the server's time went (pg_stat_statements).</summary>
internal static class TopStatements
{
    private const int Most = 12;

    /// <summary>Those of this database, the longest first. None where the server is not ours.</summary>
    public static async Task<IReadOnlyList<Statement>> ReadAsync(BotDb db, OwnPostgres postgres) => postgres.Postmaster is null ? [] : await db.Database.SqlQuery<Statement>(
        $"""
        SELECT s.query AS "Sql", s.calls AS "Calls", s.total_exec_time AS "Milliseconds", s.rows AS "Rows", s.shared_blks_hit + s.shared_blks_read AS "Blocks"
        FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid WHERE d.datname = current_database() ORDER BY s.total_exec_time DESC LIMIT {Most}
        """).ToListAsync();

    public static Task ForgetAsync(BotDb db) => db.Database.ExecuteSqlAsync($"SELECT pg_stat_statements_reset()");
}

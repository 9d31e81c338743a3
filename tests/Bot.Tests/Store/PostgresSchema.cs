using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.Store;

/// <summary>The schema of a database on the server, read from the database itself.</summary>
internal static class PostgresSchema
{
    /// <summary>Every column, index and key, but those of the lists of migrations.</summary>
    public static Task<List<string>> OfAsync(DbContext db) => db.Database.SqlQueryRaw<string>("""
        SELECT 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull || ' ' || coalesce(l.collname, '') AS "Value"
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid LEFT JOIN pg_collation l ON l.oid = a.attcollation
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND c.relname NOT LIKE '\_\_EF%' AND c.relname NOT LIKE '%\_Migrations'
        UNION ALL
        SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename NOT LIKE '\_\_EF%' AND tablename NOT LIKE '%\_Migrations'
        ORDER BY 1
        """).ToListAsync();

    /// <summary>The schema that migrations make and the one that the model asks for.</summary>
    public static async Task<(List<string> Migrated, List<string> Modelled)> BothAsync(Func<TestStore, DbContext> open)
    {
        await using var migrated = await TestStore.EmptyOnServerAsync();
        await using var modelled = await TestStore.EmptyOnServerAsync();
        await using var one = open(migrated);
        await one.Database.MigrateAsync();
        await using var other = open(modelled);
        await other.Database.ExecuteSqlRawAsync(other.Database.GenerateCreateScript());
        return (await OfAsync(one), await OfAsync(other));
    }
}

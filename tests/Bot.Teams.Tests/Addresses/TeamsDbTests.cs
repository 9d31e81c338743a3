using Bot.Teams.Addresses.Store;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Bot.Teams.Tests.Addresses;

public sealed class TeamsDbTests
{
    [Fact]
    public async Task An_empty_database_migrated_equals_the_model_and_has_a_history_of_its_own()
    {
        var migrated = await SchemaAsync(db => db.Database.MigrateAsync());
        var modelled = await SchemaAsync(db => db.Database.ExecuteSqlRawAsync(db.Database.GenerateCreateScript()));

        Assert.Equal(modelled, migrated.Where(line => !line.Contains("Migrations", StringComparison.Ordinal)));
        Assert.Contains(migrated, line => line.Contains(TeamsDb.HistoryTable, StringComparison.Ordinal));
    }

    private static async Task<List<string>> SchemaAsync(Func<TeamsDb, Task> make)
    {
        await using var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync();
        await using var db = new TeamsDb(new DbContextOptionsBuilder<TeamsDb>().UseSqlite(connection, sqlite => sqlite.MigrationsHistoryTable(TeamsDb.HistoryTable)).Options);
        await make(db);
        return await db.Database.SqlQueryRaw<string>("SELECT sql AS Value FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name").ToListAsync();
    }
}

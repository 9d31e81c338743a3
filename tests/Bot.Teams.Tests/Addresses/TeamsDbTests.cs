using Bot.Store;
using Bot.Teams.Addresses;
using Bot.Teams.Addresses.Store;
using Bot.Tests;
using Bot.Tests.Retention;
using Bot.Tests.Store;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Bot.Teams.Tests.Addresses;

// Teams' own tables: migrated they equal the model, on both databases; what they hold of a tenant goes with it, and what was noted since stays.
public sealed class TeamsDbTests
{
    private static readonly DateTimeOffset Removed = DateTimeOffset.Parse("2026-11-30T09:00:00Z");

    [Fact]
    public async Task An_empty_database_migrated_equals_the_model_and_has_a_history_of_its_own()
    {
        var migrated = await SchemaAsync(db => db.Database.MigrateAsync());
        var modelled = await SchemaAsync(db => db.Database.ExecuteSqlRawAsync(db.Database.GenerateCreateScript()));

        Assert.Equal(modelled, migrated.Where(line => !line.Contains("Migrations", StringComparison.Ordinal)));
        Assert.Contains(migrated, line => line.Contains(TeamsDb.HistoryTable, StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task An_empty_database_on_PostgreSQL_migrated_equals_the_model()
    {
        var (migrated, modelled) = await PostgresSchema.BothAsync(Open);

        Assert.Equal(modelled, migrated);
    }

    [Fact]
    public async Task Every_table_loses_what_it_holds_of_a_removed_tenant() => await GoesAsync(TestStore.EmptyFile());

    [PostgresFact]
    public async Task Every_table_loses_what_it_holds_of_a_removed_tenant_on_PostgreSQL() => await GoesAsync(await TestStore.EmptyOnServerAsync());

    private static async Task GoesAsync(TestStore store)
    {
        await using var disposed = store;
        List<string> stay, all;
        await using var db = Open(store);
        await db.Database.MigrateAsync();
        db.AddRange(new OneOfEach(TeamsPlatform.PlatformName, "other", Removed).Of(db));
        // Of the same tenant, which is back.
        db.AddRange(new OneOfEach(TeamsPlatform.PlatformName, "contoso", Removed.AddDays(30)).Of(db));
        await db.SaveChangesAsync();
        stay = await AllRows.OfAsync(db);
        db.Add(new KnownConversation
        {
            TenantId = "contoso", ConversationId = "19:old", ServiceUrl = new Uri("https://pilot.test/"), Kind = Chat.ConversationKind.Channel, BotId = "28:bot", SeenAt = Removed,
        });
        db.Add(new KnownPerson { TenantId = "contoso", UserId = "29:old", MetIn = "19:old", SeenAt = Removed });
        await db.SaveChangesAsync();
        all = await AllRows.OfAsync(db);
        Assert.Equal(db.Model.GetEntityTypes().Count(), AllRows.Tables(all.Except(stay)).Count);

        await new DeleteTenant(new Stores(store)).DeleteAsync("contoso", Removed.AddHours(1), CancellationToken.None);

        Assert.Equal(stay, await AllRows.OfAsync(db));
    }

    private static TeamsDb Open(TestStore store)
    {
        var options = new DbContextOptionsBuilder<TeamsDb>();
        options.UseStore(store.Address, TeamsDb.HistoryTable);
        return new TeamsDb(options.Options);
    }

    private sealed class Stores(TestStore store) : IDbContextFactory<TeamsDb>
    {
        public TeamsDb CreateDbContext() => Open(store);
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

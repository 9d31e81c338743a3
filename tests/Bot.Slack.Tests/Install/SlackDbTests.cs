using Bot.Slack.Install;
using Bot.Slack.Install.Store;
using Bot.Store;
using Bot.Tests;
using Bot.Tests.Retention;
using Bot.Tests.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Bot.Slack.Tests.Install;

// Slack's own tables: migrated they equal the model, on both databases; what they hold of a workspace goes with it, of an organisation with its last workspace, and what is of a
// newer installation stays.
public sealed class SlackDbTests
{
    private static readonly DateTimeOffset Removed = DateTimeOffset.Parse("2026-11-30T09:00:00Z");

    [Fact]
    public async Task An_empty_database_migrated_equals_the_model_and_has_a_history_of_its_own()
    {
        var migrated = await SchemaAsync(db => db.Database.MigrateAsync());
        var modelled = await SchemaAsync(db => db.Database.ExecuteSqlRawAsync(db.Database.GenerateCreateScript()));

        Assert.Equal(modelled, migrated.Where(line => !line.Contains("Migrations", StringComparison.Ordinal)));
        Assert.Contains(migrated, line => line.Contains(SlackDb.HistoryTable, StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task An_empty_database_on_PostgreSQL_migrated_equals_the_model()
    {
        var (migrated, modelled) = await PostgresSchema.BothAsync(Open);

        Assert.Equal(modelled, migrated);
    }

    [Fact]
    public async Task Every_table_loses_what_it_holds_of_a_removed_workspace() => await GoesAsync(TestStore.EmptyFile());

    [PostgresFact]
    public async Task Every_table_loses_what_it_holds_of_a_removed_workspace_on_PostgreSQL() => await GoesAsync(await TestStore.EmptyOnServerAsync());

    [Fact]
    public async Task An_organisation_s_installation_goes_with_the_last_of_its_workspaces()
    {
        await using var store = TestStore.EmptyFile();
        await FillAsync(
            store, Installed("E1", stoppedAt: Removed), new OrganisationTeam { TeamId = "T1", EnterpriseId = "E1" }, new OrganisationTeam { TeamId = "T2", EnterpriseId = "E1" });

        await DeleteAsync(store, "T1");
        var afterTheFirst = await RowsAsync(store);
        await DeleteAsync(store, "T2");

        Assert.Equal(2, afterTheFirst.Count);
        Assert.Empty(await RowsAsync(store));
    }

    [Fact]
    public async Task An_installation_that_is_new_or_never_stopped_stays()
    {
        await using var store = TestStore.EmptyFile();
        await FillAsync(store, Installed("T1", stoppedAt: null), new ToldInstaller { TeamId = "T1", ChannelId = "C1", At = Removed.AddDays(30) });
        var before = await RowsAsync(store);

        await DeleteAsync(store, "T1");

        Assert.Equal(before, await RowsAsync(store));
    }

    private static async Task GoesAsync(TestStore store)
    {
        await using var disposed = store;
        List<string> others, all;
        await using (var db = Open(store))
        {
            await db.Database.MigrateAsync();
            db.AddRange(new OneOfEach(SlackPlatform.PlatformName, "T2", Removed).Of(db));
            await db.SaveChangesAsync();
            others = await AllRows.OfAsync(db);
            // A begun installation tells of a browser, for ten minutes, and of no workspace.
            db.AddRange(new OneOfEach(SlackPlatform.PlatformName, "T1", Removed).Of(db).Where(row => row is not BegunInstallation));
            await db.SaveChangesAsync();
            all = await AllRows.OfAsync(db);
            Assert.Equal(db.Model.GetEntityTypes().Count() - 1, AllRows.Tables(all.Except(others)).Count);
        }

        await DeleteAsync(store, "T3");
        Assert.Equal(all, await RowsAsync(store));
        await DeleteAsync(store, "T1");
        Assert.Equal(others, await RowsAsync(store));
    }

    private static Installation Installed(string id, DateTimeOffset? stoppedAt) => new()
    {
        Id = id, Token = "", BotUserId = "U1", AppId = "A1", InstallerId = "U2", Scopes = "chat:write", InstalledAt = Removed.AddDays(-90), StoppedAt = stoppedAt,
    };

    private static Task DeleteAsync(TestStore store, string team) => new DeleteTeam(new Stores(store)).DeleteAsync(team, Removed.AddHours(1), CancellationToken.None);

    private static async Task FillAsync(TestStore store, params object[] rows)
    {
        await using var db = Open(store);
        await db.Database.MigrateAsync();
        db.AddRange(rows);
        await db.SaveChangesAsync();
    }

    private static async Task<List<string>> RowsAsync(TestStore store)
    {
        await using var db = Open(store);
        return await AllRows.OfAsync(db);
    }

    private static async Task<List<string>> SchemaAsync(Func<SlackDb, Task> make)
    {
        await using var store = TestStore.EmptyFile();
        await using var db = Open(store);
        await make(db);
        return await db.Database.SqlQueryRaw<string>("SELECT sql AS Value FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name").ToListAsync();
    }

    private static SlackDb Open(TestStore store)
    {
        var options = new DbContextOptionsBuilder<SlackDb>();
        options.UseStore(store.Address, SlackDb.HistoryTable);
        return new SlackDb(options.Options);
    }

    private sealed class Stores(TestStore store) : IDbContextFactory<SlackDb>
    {
        public SlackDb CreateDbContext() => Open(store);
    }
}

using Bot.Initiatives;
using Bot.Store;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Bot.Tests.Store;

// The schema on SQLite: equal to the model, with the rows of earlier releases, written ahead and waited for, and telling nothing of when something was given without a name.
public sealed class MigrationTests
{
    [Fact]
    public async Task An_empty_database_migrated_equals_the_model()
    {
        using var migrated = new TemporaryFile();
        using var modelled = new TemporaryFile();
        await using (var db = Open(migrated))
        {
            await db.Database.MigrateAsync();
        }

        await using (var db = Open(modelled))
        {
            await db.Database.ExecuteSqlRawAsync(db.Database.GenerateCreateScript());
        }

        Assert.Equal(Schema(modelled), Schema(migrated));
    }

    [Fact]
    public void Every_migration_is_written_for_both_databases()
    {
        var migrations = typeof(BotDb).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Migration))).Select(type => type.FullName!);

        var scripts = typeof(BotDb).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order();

        Assert.Equal(migrations.SelectMany(name => new[] { name + ".postgres.sql", name + ".sqlite.sql" }).Order(), scripts);
    }

    [Fact]
    public async Task Migrating_twice_changes_nothing()
    {
        using var file = new TemporaryFile();
        await using var db = Open(file);
        await db.Database.MigrateAsync();
        var before = Schema(file);

        await db.Database.MigrateAsync();

        Assert.Equal(before, Schema(file));
        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
    }

    [Fact]
    public async Task The_store_writes_ahead_and_waits_for_the_disk()
    {
        using var file = new TemporaryFile();
        await using var db = Open(file);
        await db.Database.OpenConnectionAsync();

        Assert.Equal("wal", await db.Database.SqlQueryRaw<string>("SELECT journal_mode AS Value FROM pragma_journal_mode").SingleAsync());
        Assert.Equal(2, await db.Database.SqlQueryRaw<int>("SELECT synchronous AS Value FROM pragma_synchronous").SingleAsync());
    }

    [Fact]
    public async Task The_rows_of_nameless_notes_do_not_lie_in_the_order_they_were_written()
    {
        using var file = new TemporaryFile();
        await using var db = Open(file);
        await db.Database.MigrateAsync();

        var sql = await db.Database.SqlQueryRaw<string>("SELECT sql AS Value FROM sqlite_master WHERE name = 'NamelessNotes'").SingleAsync();

        Assert.Contains("WITHOUT ROWID", sql);
    }

    [Fact]
    public async Task A_database_of_the_first_release_migrates_with_its_rows()
    {
        using var file = new TemporaryFile();
        await using var db = Open(file);
        await db.GetService<IMigrator>().MigrateAsync("20261122000000_Initial");
        var (id, workspace, owner) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var created = new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO "Initiatives" ("Id", "WorkspaceId", "Name", "Stage", "OwnerId", "Metric_Name", "Metric_Unit", "Metric_Baseline", "Metric_Target", "CreatedAt", "IsSample")
            VALUES ({id}, {workspace}, 'Churn predictor', 'Pilot', {owner}, 'Calls changed', 'calls', 20.0, 60.0, {created.ToUnixTimeMilliseconds()}, 0)
            """);

        await db.Database.MigrateAsync();

        var initiative = await db.Initiatives.SingleAsync();
        Assert.Equal(("Churn predictor", Stage.Pilot, OutcomeStatement.Blank), (initiative.Name, initiative.Stage, initiative.Outcome));
        Assert.Equal(new BehaviourMetric("Calls changed", "calls", 20, 60), initiative.Metric);
        var entered = await db.StageChanges.SingleAsync();
        Assert.Equal((initiative.Id, null, Stage.Pilot, initiative.OwnerId, created), (entered.InitiativeId, entered.From, entered.To, entered.By, entered.At));
        Assert.Equal(7, entered.Id.Value.Version);
    }

    private static BotDb Open(TemporaryFile file)
    {
        var options = new DbContextOptionsBuilder<BotDb>();
        options.UseSqliteStore($"Data Source={file.Path};Pooling=False");
        return new BotDb(options.Options);
    }

    /// <summary>Every column and index, read from the database itself.</summary>
    private static List<string> Schema(TemporaryFile file)
    {
        using var connection = new SqliteConnection($"Data Source={file.Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT 'column ' || t.name || '.' || c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || c.pk
            FROM sqlite_master t JOIN pragma_table_info(t.name) c
            WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE '__EF%'
            UNION ALL
            SELECT 'index ' || t.name || '.' || i.name || ' ' || i."unique" || ' ' || (SELECT group_concat(name) FROM pragma_index_info(i.name))
            FROM sqlite_master t JOIN pragma_index_list(t.name) i
            WHERE t.type = 'table' AND t.name NOT LIKE '__EF%' AND i.origin = 'c'
            ORDER BY 1
            """;
        using var reader = command.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read())
        {
            lines.Add(reader.GetString(0));
        }

        return lines;
    }

    private sealed class TemporaryFile : IDisposable
    {
        public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"afterpilot-test-{Guid.NewGuid():N}.db");

        public void Dispose()
        {
            foreach (var suffix in new[] { "", "-wal", "-shm" })
            {
                File.Delete(Path + suffix);
            }
        }
    }
}

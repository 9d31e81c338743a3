using Bot.Web.Playground.Store;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Bot.Web.Tests.Playground;

public sealed class StoreTests
{
    [Fact]
    public async Task An_empty_database_migrated_equals_the_model()
    {
        await using var host = await PlaygroundHost.StartAsync();
        await using var migrated = host.Store();
        await using var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync();
        await using var model = new PlaygroundDb(new DbContextOptionsBuilder<PlaygroundDb>().UseSqlite(connection).Options);
        await model.Database.ExecuteSqlRawAsync(model.Database.GenerateCreateScript());

        Assert.False(migrated.Database.HasPendingModelChanges());
        Assert.Equal(await ShapeAsync(model), await ShapeAsync(migrated));
    }

    [Fact]
    public async Task The_file_is_write_ahead_logged_and_synced_on_every_commit()
    {
        await using var host = await PlaygroundHost.StartAsync();
        await using var store = host.Store();

        Assert.Equal("wal", await store.Database.SqlQuery<string>($"SELECT journal_mode AS Value FROM pragma_journal_mode").SingleAsync());
        Assert.Equal(2, await store.Database.SqlQuery<int>($"SELECT synchronous AS Value FROM pragma_synchronous").SingleAsync());
        Assert.Equal(30, store.Database.GetDbConnection() is SqliteConnection c ? c.DefaultTimeout : 0);
    }

    [Fact]
    public async Task Instants_are_kept_to_the_millisecond_and_ordered()
    {
        await using var host = await PlaygroundHost.StartAsync();
        await using var store = host.Store();
        var (early, late) = (StoppedClock.Start, StoppedClock.Start.AddMilliseconds(1).ToOffset(TimeSpan.FromHours(-9)));
        store.Messages.AddRange(Message(late), Message(early));
        await store.SaveChangesAsync();

        var read = await store.Messages.AsNoTracking().OrderBy(m => m.PostedAt).Select(m => m.PostedAt).ToListAsync();

        Assert.Equal([early, late.ToUniversalTime()], read);
    }

    private static PlaygroundMessage Message(DateTimeOffset at) => new() { ConversationId = "portfolio", Text = "x", PostedAt = at };

    /// <summary>Tables with their columns, and indexes with theirs, as SQLite itself tells.</summary>
    private static Task<List<string>> ShapeAsync(PlaygroundDb store) => store.Database.SqlQuery<string>(
        $"""
        SELECT t.name || '.' || c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || c.pk AS Value
        FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name LIKE 'Playground_%' AND t.name <> 'Playground_Migrations'
        UNION ALL
        SELECT t.name || ' by ' || i.name || ' ' || i."unique" || ' ' || (SELECT group_concat(x.name) FROM pragma_index_info(i.name) x)
        FROM sqlite_master t JOIN pragma_index_list(t.name) i WHERE t.type = 'table' AND t.name LIKE 'Playground_%' AND t.name <> 'Playground_Migrations'
        ORDER BY 1
        """).ToListAsync();
}

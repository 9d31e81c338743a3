using Bot.Store;
using Bot.Web.Playground.Store;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Bot.Host.Tests;

/// <summary>A store in a folder of its own, looked into beside the host that runs on it.</summary>
internal sealed class StoreFile : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("afterpilot-host-").FullName;

    public string Path => System.IO.Path.Combine(_folder, "afterpilot.db");

    private string Connection => $"Data Source={Path};Pooling=False;Default Timeout=30";

    /// <summary>The product's tables.</summary>
    public BotDb Product()
    {
        var options = new DbContextOptionsBuilder<BotDb>();
        options.UseSqliteStore(Connection);
        return new BotDb(options.Options);
    }

    /// <summary>The playground's tables: what people can see.</summary>
    public PlaygroundDb Playground() => new(new DbContextOptionsBuilder<PlaygroundDb>()
        .UseSqlite(Connection, sqlite => sqlite.MigrationsHistoryTable(PlaygroundDb.HistoryTable)).Options);

    public async Task<T> AskAsync<T>(Func<BotDb, Task<T>> ask)
    {
        await using var db = Product();
        return await ask(db);
    }

    public async Task<T> AskPlaygroundAsync<T>(Func<PlaygroundDb, Task<T>> ask)
    {
        await using var db = Playground();
        return await ask(db);
    }

    /// <summary>Both schemas, before the first start.</summary>
    public async Task MigrateAsync()
    {
        await using var product = Product();
        await product.Database.MigrateAsync();
        await using var playground = Playground();
        await playground.Database.MigrateAsync();
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}

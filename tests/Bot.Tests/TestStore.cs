using Bot.Store;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Bot.Tests;

/// <summary>
/// A store of its own for one test: a SQLite file, or a database on the server that AFTERPILOT_TEST_POSTGRES names where the whole run is asked
/// to be on PostgreSQL with AFTERPILOT_TEST_STORE=postgres.
/// </summary>
internal sealed class TestStore : IAsyncDisposable
{
    public const string ServerVariable = "AFTERPILOT_TEST_POSTGRES";
    private const string StoreVariable = "AFTERPILOT_TEST_STORE";
    private static readonly Lazy<Task<string>> Template = new(MakeTemplateAsync);

    private TestStore(StoreAddress address) => Address = address;

    public static string? Server => Environment.GetEnvironmentVariable(ServerVariable);

    public static bool IsPostgres => Environment.GetEnvironmentVariable(StoreVariable) == "postgres";

    public StoreAddress Address { get; }

    /// <summary>With the newest schema.</summary>
    public static Task<TestStore> MigratedAsync() => IsPostgres ? MigratedOnServerAsync() : MigratedFileAsync();

    /// <summary>Without tables.</summary>
    public static Task<TestStore> EmptyAsync() => IsPostgres ? EmptyOnServerAsync() : Task.FromResult(EmptyFile());

    /// <summary>With the newest schema, on PostgreSQL whatever the run is on.</summary>
    public static async Task<TestStore> MigratedOnServerAsync() => await OnServerAsync($"TEMPLATE {await Template.Value} STRATEGY file_copy");

    /// <summary>With the newest schema, in a SQLite file whatever the run is on.</summary>
    public static async Task<TestStore> MigratedFileAsync()
    {
        var store = EmptyFile();
        await using var db = store.Open();
        await db.Database.MigrateAsync();
        return store;
    }

    public static TestStore EmptyFile() => new(new StoreAddress(Database.Sqlite, new SqliteConnectionStringBuilder
    {
        DataSource = Path.Combine(Path.GetTempPath(), $"afterpilot-test-{Guid.NewGuid():N}.db"), DefaultTimeout = 30,
    }.ToString()));

    /// <summary>A new database on the server, without tables.</summary>
    public static Task<TestStore> EmptyOnServerAsync() => OnServerAsync("TEMPLATE template0 STRATEGY file_copy");

    public BotDb Open()
    {
        var options = new DbContextOptionsBuilder<BotDb>();
        options.UseStore(Address);
        return new BotDb(options.Options);
    }

    public async ValueTask DisposeAsync()
    {
        if (Address.Database == Database.Postgres)
        {
            await using (var pooled = new NpgsqlConnection(Address.ConnectionString))
            {
                NpgsqlConnection.ClearPool(pooled);
            }

            await OnServerDoAsync($"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(Address.ConnectionString).Database} WITH (FORCE)");
            return;
        }

        await using (var pooled = new SqliteConnection(Address.ConnectionString))
        {
            SqliteConnection.ClearPool(pooled);
        }

        var file = new SqliteConnectionStringBuilder(Address.ConnectionString).DataSource;
        foreach (var suffix in new[] { "", "-wal", "-shm" })
        {
            File.Delete(file + suffix);
        }
    }

    private static async Task<TestStore> OnServerAsync(string like)
    {
        var name = NewName();
        await OnServerDoAsync($"CREATE DATABASE {name} {like}");
        return new TestStore(new StoreAddress(Database.Postgres, Of(name)));
    }

    /// <summary>Migrated once for the run; copying it takes some hundredths of a second.</summary>
    private static async Task<string> MakeTemplateAsync()
    {
        var store = await EmptyOnServerAsync();
        await using (var db = store.Open())
        {
            await db.Database.MigrateStoreAsync(CancellationToken.None);
        }

        NpgsqlConnection.ClearAllPools();
        var name = new NpgsqlConnectionStringBuilder(store.Address.ConnectionString).Database!;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => OnServerDoAsync($"DROP DATABASE {name} WITH (FORCE)").Wait();
        return name;
    }

    private static string NewName() => $"afterpilot_test_{Guid.NewGuid():N}";

    private static string Of(string database) => new NpgsqlConnectionStringBuilder(Server
        ?? throw new InvalidOperationException($"Set {ServerVariable} to the connection string of a PostgreSQL server, without a database, for example Host=127.0.0.1;Username=postgres."))
    {
        Database = database, MaxPoolSize = 20, NoResetOnClose = true,
    }.ToString();

    private static async Task OnServerDoAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Of("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

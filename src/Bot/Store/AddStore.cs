using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Bot.Store;

/// <summary>Brings the store into a host.</summary>
public static class AddStoreExtensions
{
    /// <summary>Of the product's own tables.</summary>
    public const string History = "__EFMigrationsHistory";
    private const int BusyTimeoutSeconds = 30;

    public static IServiceCollection AddStore(this IServiceCollection services, StoreAddress store) => store.Database switch
    {
        Database.Postgres => services.AddPostgresStore(store.ConnectionString),
        _ => services.AddSqliteStore(store.ConnectionString),
    };

    /// <summary>SQLite in one file: readers beside one writer, and nothing acknowledged before it is on disk.</summary>
    /// <param name="scratch">A file that is thrown away after use: it waits for no disk.</param>
    public static IServiceCollection AddSqliteStore(this IServiceCollection services, string connectionString, bool scratch = false)
    {
        var connection = Patient(connectionString);
        return services.AddSingleton(_ => new StoreStamp(connection)).AddSingleton<StillTrue>().AddScoped(provider => provider.GetRequiredService<StillTrue>().Now())
            .AddDbContextPool<BotDb>(options => options.UseSqliteStore(connection, scratch));
    }

    /// <summary>Any number of hosts on one database: nobody can tell cheaply that nothing has changed, so each question is a moment of its own.</summary>
    private static IServiceCollection AddPostgresStore(this IServiceCollection services, string connectionString) =>
        services.AddScoped(_ => new Moment(version: 0)).AddDbContextPool<BotDb>(options => options.UsePostgresStore(connectionString));

    /// <param name="history">The table that lists which migrations were done; each set of tables in the store has its own.</param>
    public static DbContextOptionsBuilder UseStore(this DbContextOptionsBuilder options, StoreAddress store, string history = History) => store.Database switch
    {
        Database.Postgres => options.UsePostgresStore(store.ConnectionString, history),
        _ => options.UseSqliteStore(Patient(store.ConnectionString), history: history),
    };

    public static DbContextOptionsBuilder UseSqliteStore(this DbContextOptionsBuilder options, string connection, bool scratch = false, string history = History) => options
        .UseSqlite(connection, sqlite => sqlite.UseQuerySplittingBehavior(QuerySplittingBehavior.SingleQuery).MigrationsHistoryTable(history))
        .AddInterceptors(scratch ? SqliteDurability.None : SqliteDurability.Full)
        .WithMigrationsByHand();

    /// <summary>PostgreSQL: any number of hosts on one database. What fails because the server restarts or a connection breaks is tried again for some seconds.</summary>
    public static DbContextOptionsBuilder UsePostgresStore(this DbContextOptionsBuilder options, string connection, string history = History) => options
        .UseNpgsql(connection, postgres => postgres.UseQuerySplittingBehavior(QuerySplittingBehavior.SingleQuery).MigrationsHistoryTable(history)
            .EnableRetryOnFailure(maxRetryCount: 5, TimeSpan.FromSeconds(5), [PostgresErrorCodes.AdminShutdown, PostgresErrorCodes.CrashShutdown]))
        .WithMigrationsByHand();

    /// <summary>On a connection that the caller opened and keeps, in whose transactions nothing is tried again.</summary>
    public static DbContextOptionsBuilder UseOpenStore(this DbContextOptionsBuilder options, DbConnection connection, string history = History) =>
        (connection is NpgsqlConnection
            ? options.UseNpgsql(connection, postgres => postgres.MigrationsHistoryTable(history))
            : options.UseSqlite(connection, sqlite => sqlite.MigrationsHistoryTable(history))).WithMigrationsByHand();

    /// <summary>Migrations are written by hand and carry no snapshot for EF to compare with; a test compares the databases themselves.</summary>
    private static DbContextOptionsBuilder WithMigrationsByHand(this DbContextOptionsBuilder options) =>
        options.ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));

    /// <summary>Writers wait for each other instead of failing.</summary>
    private static string Patient(string connectionString) => new SqliteConnectionStringBuilder(connectionString) { DefaultTimeout = BusyTimeoutSeconds }.ToString();
}

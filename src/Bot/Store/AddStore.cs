using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Store;

/// <summary>Brings the store into a host.</summary>
public static class AddStoreExtensions
{
    /// <summary>SQLite in one file: readers beside one writer, and nothing acknowledged before it is on disk.</summary>
    /// <param name="scratch">A file that is thrown away after use: it waits for no disk.</param>
    public static IServiceCollection AddSqliteStore(this IServiceCollection services, string connectionString, bool scratch = false)
    {
        var connection = new SqliteConnectionStringBuilder(connectionString) { DefaultTimeout = 30 }.ToString();
        return services.AddSingleton(_ => new StoreStamp(connection)).AddDbContextPool<BotDb>(options => options.UseSqliteStore(connection, scratch));
    }

    public static DbContextOptionsBuilder UseSqliteStore(this DbContextOptionsBuilder options, string connection, bool scratch = false) => options
        .UseSqlite(connection, sqlite => sqlite.UseQuerySplittingBehavior(QuerySplittingBehavior.SingleQuery))
        .AddInterceptors(scratch ? SqliteDurability.None : SqliteDurability.Full)
        // Migrations are written by hand and carry no snapshot for EF to compare with; a test compares the databases themselves.
        .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));
}

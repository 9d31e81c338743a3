using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Store;

/// <summary>Brings the store into a host.</summary>
public static class AddStoreExtensions
{
    /// <summary>SQLite in one file: readers beside one writer, and nothing acknowledged before it is on disk.</summary>
    public static IServiceCollection AddSqliteStore(this IServiceCollection services, string connectionString)
    {
        var connection = new SqliteConnectionStringBuilder(connectionString) { DefaultTimeout = 30 }.ToString();
        return services.AddDbContextPool<BotDb>(options => options.UseSqliteStore(connection));
    }

    public static DbContextOptionsBuilder UseSqliteStore(this DbContextOptionsBuilder options, string connection) => options
        .UseSqlite(connection, sqlite => sqlite.UseQuerySplittingBehavior(QuerySplittingBehavior.SingleQuery))
        .AddInterceptors(SqliteDurability.Instance)
        // Migrations are written by hand and carry no snapshot for EF to compare with; a test compares the databases themselves.
        .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));

    private sealed class SqliteDurability : DbConnectionInterceptor
    {
        public static SqliteDurability Instance { get; } = new();

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using var command = Pragmas(connection);
            command.ExecuteNonQuery();
        }

        public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            await using var command = Pragmas(connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        private static DbCommand Pragmas(DbConnection connection)
        {
            var command = connection.CreateCommand();
            command.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;";
            return command;
        }
    }
}

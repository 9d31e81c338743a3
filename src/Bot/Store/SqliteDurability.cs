using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Bot.Store;

/// <summary>How long SQLite waits for the disk before it says that something is saved; readers work beside the one writer in any case.</summary>
internal sealed class SqliteDurability : DbConnectionInterceptor
{
    private readonly string _synchronous;

    private SqliteDurability(string synchronous) => _synchronous = synchronous;

    /// <summary>Nothing is acknowledged before it is on disk.</summary>
    public static SqliteDurability Full { get; } = new("FULL");

    /// <summary>For a file that is thrown away after use.</summary>
    public static SqliteDurability None { get; } = new("OFF");

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

    private DbCommand Pragmas(DbConnection connection)
    {
        var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA journal_mode = WAL; PRAGMA synchronous = {_synchronous};";
        return command;
    }
}

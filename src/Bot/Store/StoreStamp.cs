using Microsoft.Data.Sqlite;

namespace Bot.Store;

/// <summary>A number that changes with every change of the store, whoever made it: another thread, another process.</summary>
/// <param name="connection">Of the SQLite file.</param>
public sealed class StoreStamp(string connection) : IDisposable
{
    // https://www.sqlite.org/pragma.html#pragma_data_version: changes when another connection has committed. This one only reads.
    private const string Version = "PRAGMA data_version";

    private readonly Lock _gate = new();
    private SqliteCommand? _read;

    public long Read()
    {
        lock (_gate)
        {
            return (long)(_read ??= Open()).ExecuteScalar()!;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            var opened = _read?.Connection;
            _read?.Dispose();
            opened?.Dispose();
            _read = null;
        }
    }

    private SqliteCommand Open()
    {
        var opened = new SqliteConnection(connection);
        opened.Open();
        var command = opened.CreateCommand();
        command.CommandText = Version;
        return command;
    }
}

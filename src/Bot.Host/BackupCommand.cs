using Bot.Store;
using Microsoft.Data.Sqlite;

namespace Bot.Host;

/// <summary>
/// <c>backup --to FILE.db</c>: copies the store, as it is at one moment, into a file of its own, while hosts go on writing. Done is said after the copy was read through.
/// </summary>
public static class BackupCommand
{
    public const string Word = "backup";

    public const string Usage = """
        Copies the store's SQLite file into another file, as it is at one moment, and checks the copy. Hosts may run and write meanwhile.

          backup --to FILE.db

          --to FILE.db  a file that is not there yet

        The store is the one that Store__ConnectionString names, or afterpilot.db in this folder. To restore: stop the host, put the copy in the store's place,
        delete the files beside it that end in -wal and -shm, start the host.
        """;

    private const int Ok = 0;
    private const int Refused = 1;
    private const int Misused = 2;

    /// <param name="args">The program's, the word <c>backup</c> first.</param>
    /// <param name="store">As configured.</param>
    /// <returns>0 made and found good, 1 failed and nothing is left behind, 2 asked for in a way that cannot be done.</returns>
    public static async Task<int> RunAsync(string[] args, StoreAddress store, TextWriter output, TextWriter error, CancellationToken ct)
    {
        var typed = TypedOptions.Parse(args.AsSpan(1), ["--to"], [], out var fault);
        if (typed is not { Others: [] } || typed.Values.GetValueOrDefault("--to") is not { } to)
        {
            await error.WriteLineAsync(fault.Length > 0 ? $"{fault}\n\n{Usage}" : Usage);
            return Misused;
        }

        if (store.Database != Database.Sqlite)
        {
            await error.WriteLineAsync("The store is on PostgreSQL, which has its own tool: pg_dump --format=custom --file=FILE.dump DATABASE. See docs/backup.md.");
            return Misused;
        }

        if (new SqliteConnectionStringBuilder(store.ConnectionString).DataSource is var from && !File.Exists(from))
        {
            await error.WriteLineAsync($"There is no store at {Path.GetFullPath(from)}: let Store__ConnectionString name its file.");
            return Misused;
        }

        if (Path.Exists(to))
        {
            await error.WriteLineAsync($"{to} is there already and was left as it is. Name a file that is not.");
            return Misused;
        }

        return await MakeAsync(from, to, output, error, ct);
    }

    /// <summary>Under another name until it is found good: what bears the name that was asked for is a whole backup.</summary>
    private static async Task<int> MakeAsync(string from, string to, TextWriter output, TextWriter error, CancellationToken ct)
    {
        var part = to + ".part";
        try
        {
            // Nobody else's to write, so that two backups to one name do not meet; and nobody else's to read.
            var only = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                only.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            await using var made = new FileStream(part, only);
        }
        catch (Exception taken) when (taken is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"{part} cannot be made: {taken.Message}");
            return Misused;
        }

        try
        {
            await CopyAsync(from, part, ct);
            var (tables, rows) = await CheckAsync(part, ct);
            await using (var written = new FileStream(part, FileMode.Open, FileAccess.ReadWrite))
            {
                written.Flush(flushToDisk: true);
            }

            File.Move(part, to, overwrite: false);
            await output.WriteLineAsync($"{to} is a backup of {rows:N0} rows in {tables} tables; it was read through and is whole.");
            return Ok;
        }
        catch (Exception failed) when (failed is SqliteException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"There is no backup: {failed.Message}");
            return Refused;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await error.WriteLineAsync("Stopped; there is no backup.");
            return Refused;
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>
    /// https://www.sqlite.org/lang_vacuum.html: VACUUM INTO copies in one reading transaction, beside which others write. The backup interface could do that too, but copies free pages
    /// as well, with what is left of deleted texts in them.
    /// </summary>
    private static async Task CopyAsync(string from, string part, CancellationToken ct)
    {
        await using var source = await OpenAsync(from, ct);
        await using var copy = source.CreateCommand();
        copy.CommandText = "VACUUM INTO $file";
        copy.CommandTimeout = 0;
        copy.Parameters.AddWithValue("$file", part);
        await copy.ExecuteNonQueryAsync(ct);
    }

    /// <exception cref="IOException">The copy is not whole.</exception>
    private static async Task<(int Tables, long Rows)> CheckAsync(string part, CancellationToken ct)
    {
        await using var copy = await OpenAsync(part, ct);
        if (await ReadAsync(copy, "PRAGMA integrity_check", ct) is not ["ok"] and var faults)
        {
            throw new IOException($"the copy is not whole: {faults[0]}");
        }

        if (await ReadAsync(copy, $"SELECT \"MigrationId\" FROM \"{AddStoreExtensions.History}\"", ct) is [])
        {
            throw new IOException("this is no store of ours: it lists no migrations");
        }

        var tables = await ReadAsync(copy, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'", ct);
        var rows = 0L;
        foreach (var table in tables)
        {
            rows += long.Parse((await ReadAsync(copy, $"SELECT count(*) FROM \"{table}\"", ct))[0], System.Globalization.CultureInfo.InvariantCulture);
        }

        return (tables.Count, rows);
    }

    private static async Task<SqliteConnection> OpenAsync(string file, CancellationToken ct)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, Mode = SqliteOpenMode.ReadWrite, DefaultTimeout = 30 }.ToString());
        await connection.OpenAsync(ct);
        return connection;
    }

    private static async Task<List<string>> ReadAsync(SqliteConnection connection, string sql, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(ct);
        var lines = new List<string>();
        while (await reader.ReadAsync(ct))
        {
            lines.Add(reader.GetString(0));
        }

        return lines;
    }
}

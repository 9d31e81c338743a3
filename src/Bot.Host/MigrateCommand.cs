using System.Data.Common;
using Bot.Slack.Install.Store;
using Bot.Store;
using Bot.Teams.Addresses.Store;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Bot.Host;

/// <summary>
/// <c>migrate --to "..."</c>: moves the store from its SQLite file into an empty PostgreSQL database. In one transaction: whatever stops it,
/// the database is empty again and the file as it was, and the same command begins anew.
/// </summary>
public static class MigrateCommand
{
    public const string Word = "migrate";

    public const string Usage = $"""
        Moves the store from its SQLite file into an empty PostgreSQL database. All of it or nothing: stopped at any moment, it can be started again.
        The file is only read. Stop the host first, and start it afterwards with Store__Provider=postgres and the same Store__ConnectionString.

          migrate --to "{StoreAddress.PostgresExample}"

        The file is the one that Store__ConnectionString names, or afterpilot.db in this folder.
        """;

    private const int Ok = 0;
    private const int Refused = 1;
    private const int Misused = 2;
    private const int SqliteBusy = 5;

    /// <param name="args">The program's, the word <c>migrate</c> first.</param>
    /// <param name="store">As configured: where it is moved from.</param>
    /// <returns>0 moved, 1 refused or failed and nothing moved, 2 asked for in a way that cannot be done.</returns>
    public static async Task<int> RunAsync(string[] args, StoreAddress store, TextWriter output, TextWriter error, CancellationToken ct)
    {
        if (TypedOptions.Parse(args.AsSpan(1), ["--to"], [], out _) is not { Others: [] } typed || StoreAddress.Postgres(typed.Values.GetValueOrDefault("--to")) is not { } target)
        {
            await error.WriteLineAsync(Usage);
            return Misused;
        }

        if (store.Database != Database.Sqlite || new SqliteConnectionStringBuilder(store.ConnectionString).DataSource is var file && !File.Exists(file))
        {
            await error.WriteLineAsync("There is no SQLite store to move: leave Store__Provider unset, and let Store__ConnectionString name the file.");
            return Misused;
        }

        try
        {
            return await MoveAsync(store, target, output, error, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await error.WriteLineAsync("Stopped; nothing was moved.");
            return Refused;
        }
        catch (SqliteException busy) when (busy.SqliteErrorCode == SqliteBusy)
        {
            await error.WriteLineAsync("The store is in use. Stop the host that runs on it: what is answered meanwhile would stay behind. Nothing was moved.");
            return Refused;
        }
        catch (Exception failed) when (StoreAway.Is(failed.InnerException ?? failed))
        {
            await error.WriteLineAsync($"{failed.GetBaseException().Message}. Nothing was moved.");
            return Refused;
        }
    }

    private static async Task<int> MoveAsync(StoreAddress store, StoreAddress target, TextWriter output, TextWriter error, CancellationToken ct)
    {
        await using var source = await OpenAloneAsync(store, ct);
        await using var server = new NpgsqlConnection(target.ConnectionString);
        await server.OpenAsync(ct);
        await using var product = new Tables(new BotDb(On<BotDb>(source)), new BotDb(On<BotDb>(server)));
        await using var slack = new Tables(new SlackDb(On<SlackDb>(source, SlackDb.HistoryTable)), new SlackDb(On<SlackDb>(server, SlackDb.HistoryTable)));
        await using var teams = new Tables(new TeamsDb(On<TeamsDb>(source, TeamsDb.HistoryTable)), new TeamsDb(On<TeamsDb>(server, TeamsDb.HistoryTable)));
        List<Tables> all = [product];
        foreach (var platform in new[] { slack, teams })
        {
            if ((await platform.From.Database.GetAppliedMigrationsAsync(ct)).Any())
            {
                all.Add(platform);
            }
        }

        if (await RefusalAsync(all, ct) is { } refusal)
        {
            await error.WriteLineAsync($"{refusal} Nothing was moved.");
            return Refused;
        }

        // What it counts first is what it copies: nobody else has the file.
        var there = await CountAsync(all.Select(tables => tables.From), ct);
        var (done, total) = (0, there.Sum(table => table.Rows));
        var progress = new ProgressBar(output, redraws: ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected);
        progress.Report((0, total));
        await using var transaction = await server.BeginTransactionAsync(ct);
        foreach (var tables in all)
        {
            await tables.To.Database.UseTransactionAsync(transaction, ct);
            await MoveStore.CopyAsync(tables.From, tables.To, more => progress.Report((done += more, total)), ct);
        }

        var here = await CountAsync(all.Select(tables => tables.To), ct);
        if (!here.SequenceEqual(there))
        {
            await error.WriteLineAsync($"The counts differ: {string.Join(", ", there.Zip(here).Where(t => t.First != t.Second).Select(t => $"{t.First.Table} {t.First.Rows} and {t.Second.Rows}"))}. Nothing was moved.");
            return Refused;
        }

        await transaction.CommitAsync(ct);
        foreach (var (table, rows) in here.Where(table => table.Rows > 0))
        {
            await output.WriteLineAsync($"{table,-24}{rows,12:N0}");
        }

        await output.WriteLineAsync($"Moved {total:N0} rows; the counts of all {here.Count} tables agree. Start the hosts with Store__Provider=postgres. What the playground said stays in the file.");
        return Ok;
    }

    private static async Task<string?> RefusalAsync(List<Tables> all, CancellationToken ct)
    {
        var strangers = await all[0].To.Database.SqlQuery<string>(
            $"""
            SELECT tablename AS "Value" FROM pg_tables WHERE schemaname = current_schema() AND tablename NOT ILIKE 'qrtz\_%' ORDER BY 1
            """).ToListAsync(ct);
        if (strangers is [var stranger, ..] && !strangers.Contains(AddStoreExtensions.History))
        {
            return $"The database is not ours: it has a table {stranger}. Name an empty one.";
        }

        foreach (var tables in all)
        {
            if ((await tables.From.Database.GetPendingMigrationsAsync(ct)).Any())
            {
                return "The file is of an earlier release: start this release on it once, and stop it again.";
            }

            await tables.To.Database.MigrateStoreAsync(ct);
        }

        return (await CountAsync(all.Select(tables => tables.To), ct)).Where(table => table.Rows > 0).ToList() is [var (table, rows), ..]
            ? $"The database is not empty: {table} holds {rows:N0} rows. Name a database that nothing was started on, or drop this one and create it again."
            : null;
    }

    private static async Task<List<(string Table, int Rows)>> CountAsync(IEnumerable<DbContext> stores, CancellationToken ct)
    {
        var counts = new List<(string Table, int Rows)>();
        foreach (var store in stores)
        {
            counts.AddRange(await MoveStore.CountAsync(store, ct));
        }

        return counts;
    }

    /// <summary>https://www.sqlite.org/wal.html: in exclusive locking mode the first look takes the whole file, and fails while anybody else has it open.</summary>
    private static async Task<SqliteConnection> OpenAloneAsync(StoreAddress store, CancellationToken ct)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder(store.ConnectionString) { Pooling = false, DefaultTimeout = 1 }.ToString());
        await connection.OpenAsync(ct);
        await using var alone = connection.CreateCommand();
        alone.CommandText = "PRAGMA locking_mode = EXCLUSIVE; SELECT count(*) FROM sqlite_master";
        await alone.ExecuteScalarAsync(ct);
        return connection;
    }

    private static DbContextOptions<TStore> On<TStore>(DbConnection connection, string history = AddStoreExtensions.History)
        where TStore : DbContext
    {
        var options = new DbContextOptionsBuilder<TStore>();
        options.UseOpenStore(connection, history);
        return options.Options;
    }

    /// <summary>The same tables here and there.</summary>
    private sealed record Tables(DbContext From, DbContext To) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await From.DisposeAsync();
            await To.DisposeAsync();
        }
    }
}

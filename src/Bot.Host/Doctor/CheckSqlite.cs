using System.Runtime.CompilerServices;
using Bot.Checkups;
using Bot.Store;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Bot.Host.Doctor;

/// <summary>The SQLite file: there, of this release, safe against a power cut, writable, with room to grow.</summary>
public sealed class CheckSqlite(BotDb db, StoreAddress store) : ICheckup
{
    private const long Megabyte = 1024 * 1024;
    private const long Little = 1024 * Megabyte;
    private const long TooLittle = 100 * Megabyte;
    private const int SqliteBusy = 5;

    public string About => "store";

    public async IAsyncEnumerable<Finding> LookAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var file = Path.GetFullPath(new SqliteConnectionStringBuilder(store.ConnectionString).DataSource);
        var folder = Path.GetDirectoryName(file)!;
        if (!Directory.Exists(folder))
        {
            yield return Finding.Fail(About, $"there is no folder {folder}: make it, and give it to the host's user");
            yield break;
        }

        yield return OfSpace(new DriveInfo(folder).AvailableFreeSpace);
        if (!File.Exists(file))
        {
            yield return Finding.Warn(About, $"there is no {file} yet: the host makes it at its first start");
            yield break;
        }

        await db.Database.OpenConnectionAsync(ct);
        yield return await CheckStore.MigrationsAsync(db, file, ct);
        yield return await db.Database.SqlQuery<string>($"SELECT journal_mode AS \"Value\" FROM pragma_journal_mode()").SingleAsync(ct) is "wal" ? Finding.Ok(About, "written ahead to a log (WAL)")
            : Finding.Warn(About, "is not in WAL mode: readers and the writer wait for each other. The file system may not allow it; a network share does not");
        yield return await db.Database.SqlQuery<int>($"SELECT synchronous AS \"Value\" FROM pragma_synchronous()").SingleAsync(ct) >= 2 ? Finding.Ok(About, "nothing is acknowledged before it is on disk (synchronous FULL)")
            : Finding.Fail(About, "what is acknowledged may be lost in a power cut: synchronous is not FULL");
        yield return Writable(file);
    }

    /// <param name="free">In bytes.</param>
    public static Finding OfSpace(long free) =>
        free < TooLittle ? Finding.Fail("store", $"{free / Megabyte} MB of disk are free: make room before nothing can be saved any more")
        : free < Little ? Finding.Warn("store", $"{free / Megabyte} MB of disk are free: make room")
        : Finding.Ok("store", $"{free / Megabyte / 1024} GB of disk are free");

    /// <summary>Takes the one writer's place for a moment; a table is begun, because a transaction alone is let into a file that cannot be written, and taken back.</summary>
    private Finding Writable(string file)
    {
        try
        {
            var connection = (SqliteConnection)db.Database.GetDbConnection();
            using var writer = connection.BeginTransaction(deferred: false);
            using var table = connection.CreateCommand();
            (table.Transaction, table.CommandText) = (writer, "CREATE TABLE \"Doctor\" (\"Nothing\")");
            table.ExecuteNonQuery();
            writer.Rollback();
            return Finding.Ok(About, "can be written");
        }
        catch (SqliteException busy) when (busy.SqliteErrorCode == SqliteBusy)
        {
            return Finding.Warn(About, "somebody else has been writing all the time while this waited: look for a stuck backup or another program that has the file open");
        }
        catch (SqliteException no)
        {
            return Finding.Fail(About, $"cannot be written (SQLite {no.SqliteErrorCode}): give {file} and its folder to the host's user, and do not open it read-only");
        }
    }
}

using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Bot.Store;

/// <summary>Tells whether something failed because the store did not answer, or not well, so that trying later is the right answer.</summary>
public static class StoreAway
{
    // https://www.sqlite.org/rescode.html
    private const int SqliteBusy = 5;
    private const int SqliteReadOnly = 8;
    private const int SqliteIoError = 10;
    private const int SqliteFull = 13;
    private const int SqliteCannotOpen = 14;

    /// <remarks>On PostgreSQL it has then been tried for some seconds already.</remarks>
    public static bool Is(Exception failed) => failed is DbException or DbUpdateException or RetryLimitExceededException;

    /// <summary>Whether it is the store that failed, not what was asked of it: nothing else would have fared better.</summary>
    public static bool IsItself(Exception failed)
    {
        for (var cause = failed; cause is not null; cause = cause.InnerException)
        {
            if (cause is RetryLimitExceededException or (NpgsqlException { IsTransient: true } and not PostgresException)
                or PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.DiskFull }
                or SqliteException { SqliteErrorCode: SqliteBusy or SqliteIoError or SqliteFull or SqliteCannotOpen or SqliteReadOnly })
            {
                return true;
            }
        }

        return false;
    }
}

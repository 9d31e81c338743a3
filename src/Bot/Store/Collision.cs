using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Bot.Store;

/// <summary>Tells whether a save failed because somebody else saved first, so that deciding again is the right answer.</summary>
public static class Collision
{
    private const int SqliteConstraint = 19;

    public static bool Is(DbUpdateException failed) => failed is DbUpdateConcurrencyException
        || failed.InnerException is SqliteException { SqliteErrorCode: SqliteConstraint }
        || failed.InnerException is DbException
        {
            SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected,
        };
}

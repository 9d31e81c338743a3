using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Bot.Store;

/// <summary>Tells whether a save failed because somebody else saved first, so that deciding again is the right answer.</summary>
public static class Collision
{
    private const int SqliteConstraint = 19;
    private const string UniqueViolation = "23505";

    public static bool Is(DbUpdateException failed) => failed is DbUpdateConcurrencyException
        || failed.InnerException is SqliteException { SqliteErrorCode: SqliteConstraint }
        || failed.InnerException is DbException { SqlState: UniqueViolation };
}

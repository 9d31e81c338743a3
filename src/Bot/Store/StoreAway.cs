using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Bot.Store;

/// <summary>Tells whether something failed because the store did not answer, or not well, so that trying later is the right answer.</summary>
public static class StoreAway
{
    /// <remarks>On PostgreSQL it has then been tried for some seconds already.</remarks>
    public static bool Is(Exception failed) => failed is DbException or DbUpdateException or RetryLimitExceededException;
}

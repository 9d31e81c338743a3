using Bot.Checkups;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Host.Doctor;

/// <summary>What holds for either database.</summary>
internal static class CheckStore
{
    public static async Task<Finding> MigrationsAsync(BotDb db, string where, CancellationToken ct)
    {
        var pending = (await db.Database.GetPendingMigrationsAsync(ct)).Count();
        var strangers = (await db.Database.GetAppliedMigrationsAsync(ct)).Except(db.Database.GetMigrations()).Count();
        return strangers > 0 ? Finding.Fail("store", $"{where} is of a later release than this program, by {strangers} migrations: start the release that made it")
            : pending > 0 ? Finding.Warn("store", $"{where} lacks {pending} migrations: the host does them at its next start. Keep a copy before")
            : Finding.Ok("store", $"{where} has the tables of this release");
    }
}

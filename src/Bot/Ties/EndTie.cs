using Bot.Cards;
using Bot.Chat;
using Bot.Delivery;
using Bot.Loops;
using Bot.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Bot.Ties;

/// <summary>Ends a tie at once: either side may, and a workspace that removes the bot does. Nothing of it is kept.</summary>
public sealed partial class EndTie(BotDb db, FindLoop find, ReadAdmins admins, Outbox outbox, CardBook cards, ILogger<EndTie> log) : IActionHandler
{
    public const string Action = "together.end";

    public async Task<Reply> HandleAsync(Asked asked, string key, CancellationToken ct)
    {
        if (await find.ByKeyAsync(asked, key, ct) is not { } loop)
        {
            return find.Unknown();
        }

        if (!asked.By.IsAdmin)
        {
            return await admins.OnlyTheyAsync(asked.Workspace.Id, ct);
        }

        return new Reply.ReplaceCard(cards.Fill(new Notice(await OfLoopAsync(loop.Loop.Id, ct)
            ? "Ended. From the next check-in on, people who take part in both are asked and counted in each again. What they were recognised by is deleted."
            : $"{loop.Initiative.Name} is followed here alone; that had ended already.")));
    }

    /// <summary>The one a loop is in; false when it is in none.</summary>
    public async Task<bool> OfLoopAsync(LoopId loop, CancellationToken ct)
    {
        if (await db.TieSides.FindAsync([loop], ct) is not { } side)
        {
            return false;
        }

        await EndAsync(side.TieId, null, ct);
        return true;
    }

    /// <summary>All that a workspace is in and offers, because it removed the bot.</summary>
    public async Task OfWorkspaceAsync(WorkspaceId workspace, CancellationToken ct)
    {
        db.TieOffers.RemoveRange(await db.TieOffers.Where(o => o.WorkspaceId == workspace).ToListAsync(ct));
        foreach (var tie in await db.TieSides.Where(s => s.WorkspaceId == workspace).Select(s => s.TieId).ToListAsync(ct))
        {
            await EndAsync(tie, workspace, ct);
        }
    }

    /// <param name="tie">Which.</param>
    /// <param name="gone">Where nothing can be said any more.</param>
    /// <param name="ct">Ends the reading.</param>
    private async Task EndAsync(TieId tie, WorkspaceId? gone, CancellationToken ct)
    {
        var sides = await db.TieSides.Where(s => s.TieId == tie).ToListAsync(ct);
        db.TieSides.RemoveRange(sides);
        foreach (var side in sides.Where(s => s.WorkspaceId != gone))
        {
            if (await db.Loops.FindAsync([side.LoopId], ct) is not { } loop)
            {
                continue;
            }

            outbox.Post(side.WorkspaceId, $"untied:{tie}:{loop.Id}", loop.ChannelId, cards.Fill(new Notice(
                "This initiative is no longer followed in two places as one: from the next check-in on, people who take part in both are asked and counted in each.")));
        }

        db.Fingerprints.RemoveRange(await db.Fingerprints.Where(f => f.TieId == tie).ToListAsync(ct));
        db.Ties.RemoveRange(await db.Ties.Where(t => t.Id == tie).ToListAsync(ct));
        LogEnded(tie);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Ended tie {Tie}")]
    private partial void LogEnded(TieId tie);
}

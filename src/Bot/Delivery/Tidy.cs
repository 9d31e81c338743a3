using Bot.Store;
using Bot.Ties;
using Microsoft.EntityFrameworkCore;

namespace Bot.Delivery;

/// <summary>Clears what has served: old inbox entries, cards that are out or given up, drafts nobody came back to, codes that have lapsed; and the traces of who wrote what without a name.</summary>
public sealed class Tidy(BotDb db, TimeProvider clock)
{
    /// <summary>Longer than any platform repeats a delivery.</summary>
    private static readonly TimeSpan InboxKept = TimeSpan.FromDays(3);

    /// <summary>Longer than any round runs, so that a key cannot be used again for the same round. A card that is given up holds its text until then.</summary>
    private static readonly TimeSpan CardsKept = TimeSpan.FromDays(60);
    private static readonly TimeSpan DraftsKept = TimeSpan.FromDays(30);

    public async Task RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (inbox, cards, drafts) = (now - InboxKept, now - CardsKept, now - DraftsKept);
        await db.Inbox.Where(i => i.At < inbox).ExecuteDeleteAsync(ct);
        await db.Outbox.Where(o => (o.EndedAt ?? o.CreatedAt) < cards).ExecuteDeleteAsync(ct);
        // Without the card's own row its post is neither changed nor answered; and its key may come again.
        await db.PostedCards.Where(p => p.At < cards).ExecuteDeleteAsync(ct);
        await db.Drafts.Where(d => d.SavedAt < drafts).ExecuteDeleteAsync(ct);
        var tried = now - WrongCodes.Within;
        await db.TieOffers.Where(o => o.ExpiresAt <= now).ExecuteDeleteAsync(ct);
        await db.WrongCodes.Where(w => w.Since <= tried).ExecuteDeleteAsync(ct);
        if (db.Database.IsNpgsql())
        {
            await MixNamelessNotesAsync(ct);
        }
    }

    /// <summary>
    /// PostgreSQL keeps with each row the transaction that wrote it (the system column <c>xmin</c>), which is that of the writer's invitation, and
    /// lays rows down in the order they came. So the notes of a round are written anew, all at once and in the order of their random keys.
    /// </summary>
    private Task<int> MixNamelessNotesAsync(CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        WITH written AS (
            SELECT DISTINCT note."RoundId" FROM "NamelessNotes" note JOIN "Invitations" invitation ON invitation."RoundId" = note."RoundId" AND invitation.xmin = note.xmin
        ), mixed AS (
            DELETE FROM "NamelessNotes" WHERE "RoundId" IN (SELECT "RoundId" FROM written) RETURNING "Id", "RoundId", "Struggles", "Text", "Counted"
        )
        INSERT INTO "NamelessNotes" ("Id", "RoundId", "Struggles", "Text", "Counted") SELECT * FROM mixed ORDER BY "Id"
        """,
        ct);
}

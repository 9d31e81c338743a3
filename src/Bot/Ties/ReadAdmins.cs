using Bot.Cards;
using Bot.Chat;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Ties;

/// <summary>Tells who administers a workspace, to those who do not.</summary>
public sealed class ReadAdmins(BotDb db, CardBook cards)
{
    private const int Named = 5;

    public async Task<Reply> OnlyTheyAsync(WorkspaceId workspace, CancellationToken ct)
    {
        var names = await db.People.Where(p => p.WorkspaceId == workspace && p.IsAdmin && p.GoneAt == null).OrderBy(p => p.Name).Select(p => p.Name).Take(Named).ToListAsync(ct);
        return Notice.Whisper(cards, names.Count == 0
            ? "Only an admin of this workspace can do this, and I have not heard of one yet."
            : $"Only an admin of this workspace can do this: {string.Join(", ", names)}.");
    }
}

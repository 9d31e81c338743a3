using Bot.Cards;
using Bot.Chat;
using Bot.Initiatives;
using Bot.Loops;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Warnings;

/// <summary>A warning with what it is about, loaded for change.</summary>
public sealed record WarningInHand(Warning Warning, Initiative Initiative);

/// <summary>Finds a warning for somebody who may see it: those who see the loop of its initiative; while it has no loop, everybody in the workspace, as the register.</summary>
public sealed class FindWarning(BotDb db, FindLoop loops, CardBook cards)
{
    /// <summary>Null for one of another workspace or of a loop they do not see, as for one that never was.</summary>
    public async Task<WarningInHand?> ByKeyAsync(Asked asked, string key, CancellationToken ct) =>
        Id.Parse<WarningId>(key) is { } id
        && await db.Warnings.FirstOrDefaultAsync(w => w.Id == id && w.WorkspaceId == asked.Workspace.Id, ct) is { } warning
        && await db.Initiatives.FindAsync([warning.InitiativeId], ct) is { } initiative
        && await SeesAsync(asked, initiative.Id, ct)
            ? new WarningInHand(warning, initiative) : null;

    public async Task<bool> SeesAsync(Asked asked, InitiativeId initiative, CancellationToken ct)
    {
        var running = await db.Loops.Where(l => l.InitiativeId == initiative && l.EndedAt == null).Select(l => l.Id).ToListAsync(ct);
        foreach (var loop in running)
        {
            if (await loops.ByKeyAsync(asked, loop.ToString(), ct) is not null)
            {
                return true;
            }
        }

        return running.Count == 0;
    }

    public Reply Unknown() => Notice.Whisper(cards, "This warning is not known here any more.");
}

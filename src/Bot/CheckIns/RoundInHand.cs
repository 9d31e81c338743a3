using Bot.Chat;
using Bot.Initiatives;
using Bot.Loops;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.CheckIns;

/// <summary>A round with all that belongs to it, loaded for change.</summary>
public sealed record RoundInHand(Round Round, Loop Loop, Initiative Initiative, Channel Channel)
{
    public string Zone => Loop.Slot.Zone;

    public string PromptKey(PersonId person) => $"prompt:{Round.Id}:{person}";

    public string ReviewKey => $"review:{Round.Id}";

    public string DigestKey => $"digest:{Round.Id}";

    public static async Task<IReadOnlyList<RoundInHand>> LoadAsync(BotDb db, IReadOnlyCollection<RoundId> ids, CancellationToken ct)
    {
        var rows = await (
            from round in db.Rounds
            join loop in db.Loops on round.LoopId equals loop.Id
            join initiative in db.Initiatives on loop.InitiativeId equals initiative.Id
            join channel in db.Channels on loop.ChannelId equals channel.Id
            where ids.Contains(round.Id)
            select new { round, loop, initiative, channel }).ToListAsync(ct);
        return [.. rows.Select(r => new RoundInHand(r.round, r.loop, r.initiative, r.channel))];
    }

    /// <summary>One round of the asker's own workspace; null for any other, known or not.</summary>
    public static async Task<RoundInHand?> FindAsync(BotDb db, WorkspaceId workspace, string key, CancellationToken ct)
    {
        if (Id.Parse<RoundId>(key) is not { } id)
        {
            return null;
        }

        var found = await LoadAsync(db, [id], ct);
        return found.SingleOrDefault(r => r.Round.WorkspaceId == workspace);
    }
}

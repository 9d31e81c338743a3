using Bot.Cards;
using Bot.Chat;
using Bot.Loops;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Ties;

/// <summary>A tie as an admin of one side sees it: with what, since when, by whom on this side, and how many are recognised.</summary>
public sealed class ShowTie(BotDb db, AcrossTies across, IEnumerable<IChatPlatform> platforms, CardBook cards, TimeProvider clock)
{
    public async Task<Card> CardAsync(Asked asked, LoopInHand loop, OtherPlace there, CancellationToken ct)
    {
        var (id, zone) = (loop.Loop.Id, asked.By.TimeZone ?? loop.Loop.Slot.Zone);
        var side = await db.TieSides.FindAsync([id], ct);
        var recognised = await db.Fingerprints.CountAsync(f => f.TieId == there.Tie && f.LoopId == id && f.Hash != null, ct);
        var hasRead = loop.Channel.MembersReadAt >= there.Since;
        return cards.Fill(new TieCard(
            id.ToString(), loop.Initiative.Name, there.Name,
            Say.Date(WeeklySlot.DateIn(there.Since, zone), WeeklySlot.DateIn(clock.GetUtcNow(), zone)),
            side is null ? null : (await db.People.FindAsync([side.By], ct))?.Name,
            hasRead, recognised, await db.Participants.CountAsync(p => p.LoopId == id && p.LeftAt == null, ct), await across.InBothAsync(id, there, ct),
            hasRead && recognised == 0 ? platforms.FirstOrDefault(p => p.Name == asked.Workspace.Platform)?.EmailNeeds : null));
    }
}

/// <param name="Key">The loop.</param>
/// <param name="By">The admin of this workspace who agreed.</param>
/// <param name="HasRead">The roster was read since.</param>
/// <param name="Recognised">How many of this side's people have a fingerprint.</param>
/// <param name="All">How many there are.</param>
/// <param name="InBoth">How many take part in both.</param>
/// <param name="EmailNeeds">What has to be granted, where addresses are not given.</param>
public sealed record TieCard(
    string Key, string Initiative, string Place, string Since, string? By, bool HasRead, int Recognised, int All, int InBoth, string? EmailNeeds) : ICardData
{
    public static string Template => "tie";
}

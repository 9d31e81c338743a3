using Bot.Cards;
using Bot.Chat;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Portfolios;

/// <summary>Who may say where the portfolio goes, and who may read it.</summary>
public sealed class PortfolioRights(BotDb db, CardBook cards)
{
    private const int MostNamed = 3;

    /// <summary>Workspace admins and whoever set it; while nobody has, the owner of any initiative.</summary>
    public async Task<bool> MaySetAsync(Asked asked, Portfolio? set, CancellationToken ct) => asked.By.IsAdmin
        || (set is null
            ? await db.Initiatives.AnyAsync(i => i.WorkspaceId == asked.Workspace.Id && i.OwnerId == asked.By.Id, ct)
            : set.SetBy == asked.By.Id);

    /// <summary>It tells of all channels' initiatives, so it is for those it was meant for: the people of its channel, and those who may set it.</summary>
    public async Task<bool> MayReadAsync(Asked asked, Portfolio set, CancellationToken ct) => asked.In?.Id == set.ChannelId
        || await MaySetAsync(asked, set, ct) || await db.ChannelMembers.AnyAsync(m => m.ChannelId == set.ChannelId && m.PersonId == asked.By.Id, ct);

    public async Task<Reply> RefusalAsync(Asked asked, Portfolio? set, CancellationToken ct)
    {
        var admin = await AdminAsync(asked, ct);
        var setter = set is null ? null : (await db.People.FindAsync([set.SetBy], ct))?.Name;
        return Notice.Whisper(cards, setter is null
            ? $"Only {admin}, or the owner of an initiative, can say where managers get the portfolio digest."
            : $"Only {setter}, who set it up, or {admin} can change the portfolio digest.");
    }

    public async Task<Reply> UnreadableAsync(Asked asked, CancellationToken ct) => Notice.Whisper(
        cards, $"The portfolio digest is for the people of the channel it is posted in; {await AdminAsync(asked, ct)} can bring you in. `/pilot status` shows your own initiatives.");

    private async Task<string> AdminAsync(Asked asked, CancellationToken ct)
    {
        var names = await db.People.Where(p => p.WorkspaceId == asked.Workspace.Id && p.IsAdmin && p.GoneAt == null)
            .OrderBy(p => p.Name).Select(p => p.Name).Take(MostNamed).ToListAsync(ct);
        return names.Count == 0 ? "a workspace admin" : $"a workspace admin ({string.Join(", ", names)})";
    }
}

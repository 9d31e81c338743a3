using Bot.Cards;
using Bot.Chat;
using Bot.Loops;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Portfolios;

/// <summary>Says in which channel managers get the portfolio digest.</summary>
public sealed class SetPortfolio(BotDb db, PortfolioRights rights, CardBook cards, TimeProvider clock) : IActionHandler
{
    public const string Action = "portfolio.here";
    private const int MostNamed = 10;

    /// <summary>Pressed on the offer.</summary>
    public async Task<Reply> HandleAsync(Asked asked, string key, CancellationToken ct) =>
        Id.Parse<ChannelId>(key) is { } id && (await SeenAsync(asked, ct)).Find(c => c.Id == id) is { } channel
            ? await InAsync(asked, channel, ct)
            : Unknown(asked, null, []);

    /// <param name="named">"#managers", "managers", or the platform's id of a channel.</param>
    public async Task<Reply> InNamedAsync(Asked asked, string named, CancellationToken ct)
    {
        var portfolio = await db.Portfolios.FindAsync([asked.Workspace.Id], ct);
        if (!await rights.MaySetAsync(asked, portfolio, ct))
        {
            return await rights.RefusalAsync(asked, portfolio, ct);
        }

        var seen = await SeenAsync(asked, ct);
        var name = named.TrimStart('#');
        var meant = seen.FindAll(c => c.ExternalId == named || c.ExternalId == name);
        meant = meant.Count > 0 ? meant : seen.FindAll(c => c.Name is { } its && its.Equals(name, StringComparison.OrdinalIgnoreCase));
        return meant switch
        {
            [var one] => await InAsync(asked, one, ct),
            [] => Unknown(asked, named, seen),
            _ => Notice.Whisper(cards, $"Several channels are called \"{Say.Shortened(name, 60)}\". Type `/pilot portfolio here` in the one you mean."),
        };
    }

    public async Task<Reply> InAsync(Asked asked, Channel channel, CancellationToken ct)
    {
        var portfolio = await db.Portfolios.FindAsync([asked.Workspace.Id], ct);
        if (!await rights.MaySetAsync(asked, portfolio, ct))
        {
            return await rights.RefusalAsync(asked, portfolio, ct);
        }

        if (portfolio is null)
        {
            var slot = Portfolio.UsualSlot(asked.By.TimeZone);
            portfolio = new Portfolio
            {
                WorkspaceId = asked.Workspace.Id, ChannelId = channel.Id, Slot = slot, NextAt = slot.StartOn(slot.FirstAfter(clock.GetUtcNow())), SetBy = asked.By.Id,
            };
            db.Portfolios.Add(portfolio);
        }

        portfolio.ChannelId = channel.Id;
        portfolio.SetBy = asked.By.Id;
        await PlanAsync(portfolio, ct);
        return Confirm(portfolio, channel);
    }

    /// <summary>When the next one comes: not on a date that has had one.</summary>
    public async Task PlanAsync(Portfolio portfolio, CancellationToken ct)
    {
        var date = portfolio.Slot.FirstAfter(clock.GetUtcNow());
        var key = portfolio.PostKey(date);
        var hadOne = await db.Outbox.AnyAsync(o => o.WorkspaceId == portfolio.WorkspaceId && o.Key == key, ct);
        portfolio.NextAt = portfolio.Slot.StartOn(hadOne ? date.AddDays(7) : date);
    }

    public Reply Confirm(Portfolio portfolio, Channel channel) => new Reply.Whisper(cards.Fill(new PortfolioSetCard(
        Portfolio.Key, channel.Label, portfolio.Slot.InWords(), Say.WithOffset(portfolio.NextAt, portfolio.Slot.Zone))));

    /// <summary>Channels the bot is in; to anybody but an admin only those they are in themselves.</summary>
    private async Task<List<Channel>> SeenAsync(Asked asked, CancellationToken ct)
    {
        var (workspace, me, isAdmin, here) = (asked.Workspace.Id, asked.By.Id, asked.By.IsAdmin, asked.In?.Id);
        var seen = await db.Channels.Where(c => c.WorkspaceId == workspace && c.GoneAt == null
                && (isAdmin || c.Id == here || db.ChannelMembers.Any(m => m.ChannelId == c.Id && m.PersonId == me)))
            .OrderBy(c => c.Name).ToListAsync(ct);
        // The one it is typed in may be new in this very turn.
        return asked.In is { } place && !seen.Contains(place) ? [.. seen, place] : seen;
    }

    private Reply Unknown(Asked asked, string? named, List<Channel> seen)
    {
        var known = seen.Where(c => c.Name is not null).Select(c => c.Label).ToList();
        return Notice.Whisper(cards, (named is null ? "I do not know this channel any more." : $"I do not know a channel \"{Say.Shortened(named, 60)}\" that we are both in.")
            + $" Bring me into it{(asked.By.IsAdmin ? "" : ", join it yourself")}, and type `/pilot portfolio here` there."
            + (known.Count == 0 ? "" : $" I know: {string.Join(", ", known.Take(MostNamed))}{(known.Count > MostNamed ? $" and {known.Count - MostNamed} more" : "")}."));
    }
}

/// <param name="Every">"Fridays at 09:00 (Berlin)".</param>
/// <param name="Next">When the next one comes.</param>
public sealed record PortfolioSetCard(string Key, string Channel, string Every, string Next) : ICardData
{
    public static string Template => "portfolio-set";
}

using Bot.Cards;
using Bot.Chat;
using Bot.Store;

namespace Bot.Portfolios;

/// <summary>
/// <c>/pilot portfolio</c>: how the initiatives stand now, only to the asker; with a channel's name it is posted there from now on, with
/// "off" nowhere any more.
/// </summary>
public sealed class ShowPortfolio(BotDb db, SetPortfolio set, ReadPortfolio read, PortfolioRights rights, CardBook cards, TimeProvider clock)
    : ICommandHandler, IActionHandler
{
    public const string Action = "portfolio.show";
    private const string Off = "off";
    private const string Here = "here";

    public async Task<Reply> HandleAsync(Asked asked, string arguments, CancellationToken ct)
    {
        var portfolio = await db.Portfolios.FindAsync([asked.Workspace.Id], ct);
        var named = arguments.Trim();
        return (named.ToLowerInvariant(), portfolio) switch
        {
            ("", null) => await OfferAsync(asked, ct),
            ("", { } known) => await NowAsync(asked, known, ct),
            (Off, _) => await EndAsync(asked, portfolio, ct),
            (Here, _) when asked.In is { } here => await set.InAsync(asked, here, ct),
            _ => await set.InNamedAsync(asked, named, ct),
        };
    }

    Task<Reply> IActionHandler.HandleAsync(Asked asked, string key, CancellationToken ct) => HandleAsync(asked, "", ct);

    private async Task<Reply> NowAsync(Asked asked, Portfolio portfolio, CancellationToken ct)
    {
        if (!await rights.MayReadAsync(asked, portfolio, ct))
        {
            return await rights.UnreadableAsync(asked, ct);
        }

        var (now, zone) = (clock.GetUtcNow(), portfolio.Slot.Zone);
        var channel = (await db.Channels.FindAsync([portfolio.ChannelId], ct))!;
        var where = $"Posted in {channel.Label}, {portfolio.Slot.InWords()}; the next one {Say.WithOffset(portfolio.NextAt, zone)}.";
        var facts = await read.OfAsync(asked.Workspace.Id, zone, now.AddDays(-7), now, ct);
        return new Reply.Whisper(cards.Fill(ComposePortfolio.From(facts, where: where, settable: await rights.MaySetAsync(asked, portfolio, ct))));
    }

    private async Task<Reply> OfferAsync(Asked asked, CancellationToken ct) =>
        !await rights.MaySetAsync(asked, null, ct) ? await rights.RefusalAsync(asked, null, ct)
        : asked.In is { } here ? new Reply.Whisper(cards.Fill(new PortfolioOfferCard(here.Id.ToString(), here.Label)))
        : Notice.Whisper(cards, "Nobody has said yet where managers get the portfolio digest. `/pilot portfolio #channel` says it.");

    private async Task<Reply> EndAsync(Asked asked, Portfolio? portfolio, CancellationToken ct)
    {
        if (!await rights.MaySetAsync(asked, portfolio, ct))
        {
            return await rights.RefusalAsync(asked, portfolio, ct);
        }

        if (portfolio is null)
        {
            return Notice.Whisper(cards, "No portfolio digest is posted here. `/pilot portfolio #channel` starts one.");
        }

        db.Portfolios.Remove(portfolio);
        return Notice.Whisper(cards, "Managers get no portfolio digest any more. `/pilot portfolio #channel` starts it again.");
    }
}

/// <param name="Key">The channel.</param>
public sealed record PortfolioOfferCard(string Key, string Channel) : ICardData
{
    public static string Template => "portfolio-offer";
}

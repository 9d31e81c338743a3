using System.Globalization;
using Bot.Cards;
using Bot.Chat;
using Bot.Loops;
using Bot.Store;

namespace Bot.Portfolios;

/// <summary>Changes the weekday, time and zone of the portfolio digest.</summary>
public sealed class SchedulePortfolio(BotDb db, AddressBook book, SetPortfolio set, PortfolioRights rights, CardBook cards) : IActionHandler, IFormHandler
{
    public const string Action = "portfolio.change";
    public const string FormName = "portfolio";

    public async Task<Reply> HandleAsync(Asked asked, string key, CancellationToken ct)
    {
        var (portfolio, refusal) = await FindAsync(asked, ct);
        if (portfolio is null)
        {
            return refusal;
        }

        var slot = portfolio.Slot;
        return new Reply.OpenForm(Fill(await book.FindDraftAsync(asked.By.Id, new ActionRef(FormName, Portfolio.Key), ct) ?? new FormValues(new Dictionary<string, string>
        {
            ["day"] = slot.Day.ToString(),
            ["time"] = slot.Time.ToString("HH:mm", CultureInfo.InvariantCulture),
            ["zone"] = slot.Zone,
        })));
    }

    public async Task<Reply> HandleAsync(Asked asked, string key, FormValues values, CancellationToken ct)
    {
        var (portfolio, refusal) = await FindAsync(asked, ct);
        if (portfolio is null)
        {
            return refusal;
        }

        var read = new FormReader(values);
        var slot = SlotFields.Read(read, values);
        if (!read.IsFine)
        {
            return new Reply.FieldErrors(Fill(values), read.Errors);
        }

        portfolio.Slot = slot;
        await set.PlanAsync(portfolio, ct);
        return set.Confirm(portfolio, (await db.Channels.FindAsync([portfolio.ChannelId], ct))!);
    }

    private async Task<(Portfolio? Portfolio, Reply Refusal)> FindAsync(Asked asked, CancellationToken ct)
    {
        var portfolio = await db.Portfolios.FindAsync([asked.Workspace.Id], ct);
        return portfolio is null ? (null, Notice.Whisper(cards, "No portfolio digest is posted here any more. `/pilot portfolio #channel` starts one."))
            : await rights.MaySetAsync(asked, portfolio, ct) ? (portfolio, new Reply.Silence())
            : (null, await rights.RefusalAsync(asked, portfolio, ct));
    }

    private Form Fill(FormValues typed) =>
        cards.FillForm(FormName, Portfolio.Key, "Portfolio digest", new PortfolioFormCard(Portfolio.Key, typed["day"], typed["time"], typed["zone"]));
}

public sealed record PortfolioFormCard(string Key, string? Day, string? Time, string? Zone) : ICardData
{
    public static string Template => "portfolio-form";
}

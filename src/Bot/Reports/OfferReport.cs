using Bot.Cards;
using Bot.Chat;
using Bot.Links;
using Bot.Loops;

namespace Bot.Reports;

/// <summary><c>/pilot report</c>: a link to the report page, for anybody who can see the loop.</summary>
public sealed class OfferReport(FindLoop find, ILinks links, CardBook cards, TimeProvider clock) : ICommandHandler
{
    public Task<Reply> HandleAsync(Asked asked, string arguments, CancellationToken ct) => find.OneAsync(
        asked, arguments, loop => Task.FromResult<Reply>(new Reply.Whisper(cards.Fill(CardFor(asked.By, loop)))), ct);

    private ReportCard CardFor(Person by, LoopInHand loop) => new(
        loop.Initiative.Name,
        links.Report(loop.Loop.WorkspaceId, loop.Initiative.Id).AbsoluteUri,
        Say.DayAndTime(clock.GetUtcNow() + ReportLink.Lifetime, by.TimeZone ?? loop.Loop.Slot.Zone));
}

/// <param name="Until">When the link ends.</param>
public sealed record ReportCard(string Initiative, string ReportUrl, string Until) : ICardData
{
    public static string Template => "report";
}

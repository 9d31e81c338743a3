using Bot.Cards;
using Bot.Chat;
using Bot.Links;
using Bot.Loops;

namespace Bot.Exports;

/// <summary><c>/pilot export</c>: links to everything a loop holds, for whoever may set it.</summary>
public sealed class OfferExport(FindLoop find, ILinks links, CardBook cards, TimeProvider clock) : ICommandHandler
{
    public Task<Reply> HandleAsync(Asked asked, string arguments, CancellationToken ct) => find.OneAsync(
        asked, arguments, async loop => loop.MaySet(asked.By) ? new Reply.Whisper(cards.Fill(CardFor(asked.By, loop))) : await find.NotYoursAsync(loop, ct), ct);

    private ExportCard CardFor(Person by, LoopInHand loop)
    {
        var until = Say.Time(clock.GetUtcNow() + LoopLink.Lifetime, by.TimeZone ?? loop.Loop.Slot.Zone);
        return new ExportCard(loop.Initiative.Name, Url(ExportFile.Weeks), Url(ExportFile.Texts), Url(ExportFile.All), until);

        string Url(string file) => links.Export(loop.Loop.Id, by.Id, file).AbsoluteUri;
    }
}

/// <param name="WeeksUrl">For the asker only, like the other two.</param>
/// <param name="Until">When the links end.</param>
public sealed record ExportCard(string Initiative, string WeeksUrl, string TextsUrl, string AllUrl, string Until) : ICardData
{
    public static string Template => "export";
}

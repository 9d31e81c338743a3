using Bot.Cards;
using Bot.Chat;
using Bot.Links;
using Bot.Loops;

namespace Bot.Imports;

/// <summary><c>/pilot loop import</c>: a link to the page on which one brings answers from elsewhere.</summary>
public sealed class OfferImport(FindLoop find, ILinks links, CardBook cards, TimeProvider clock)
{
    public const string Word = "import";

    /// <param name="named">The initiative; empty for the one of this channel.</param>
    public Task<Reply> AnswerAsync(Asked asked, string named, CancellationToken ct) => find.OneAsync(asked, named, async loop => loop.MaySet(asked.By)
        ? new Reply.Whisper(cards.Fill(new ImportOfferCard(
            loop.Initiative.Name, links.Import(loop.Loop.Id, asked.By.Id).AbsoluteUri,
            Say.Time(clock.GetUtcNow() + LoopLink.Lifetime, asked.By.TimeZone ?? loop.Loop.Slot.Zone))))
        : await find.NotYoursAsync(loop, ct), ct);
}

/// <param name="Url">The page; for the asker only.</param>
/// <param name="Until">When the link ends.</param>
public sealed record ImportOfferCard(string Initiative, string Url, string Until) : ICardData
{
    public static string Template => "import-offer";
}

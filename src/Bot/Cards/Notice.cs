using Bot.Chat;

namespace Bot.Cards;

/// <summary>A few plain words, for what needs no card of its own.</summary>
/// <param name="Words">Shown as text; words between back quotes are what one can type.</param>
public sealed record Notice(string Words) : ICardData
{
    public static string Template => "notice";

    public static Reply Whisper(CardBook cards, string words) => new Reply.Whisper(cards.Fill(new Notice(words)));
}

using Bot.Cards;

namespace Bot.Chat;

/// <summary>Answers a word nobody taught the bot: the nearest one it knows, and the help.</summary>
public sealed class UnknownWord(Catalogue catalogue, CardBook cards)
{
    private const int MaxShown = 40;

    public Reply Answer(string word)
    {
        var shown = word.Length > MaxShown ? word[..MaxShown] + "…" : word;
        var nearest = catalogue.Words.Select(w => (w.Word, Distance: Distance(word, w.Word))).MinBy(w => w.Distance);
        var near = nearest.Word is not null && nearest.Distance <= Math.Max(1, nearest.Word.Length / 2) ? nearest.Word : null;
        return new Reply.Whisper(cards.Fill(new HelpCard(shown, near, HelpCard.Lines(catalogue))));
    }

    /// <summary>How many letters to change, add, leave out or swap to get from one word to the other.</summary>
    internal static int Distance(string from, string to)
    {
        from = from.Length > MaxShown ? from[..MaxShown] : from;
        var cost = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            for (var j = 0; j <= to.Length; j++)
            {
                cost[i, j] = (i, j) switch
                {
                    (0, _) => j,
                    (_, 0) => i,
                    _ => Math.Min(Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1, cost[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1)),
                };
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                {
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
                }
            }
        }

        return cost[from.Length, to.Length];
    }
}

using System.Text;
using System.Text.Json.Nodes;
using Bot.Cards;

namespace Bot.Slack.Blocks;

/// <summary>Words without their formatting.</summary>
internal static class PlainText
{
    public static string Of(IEnumerable<Inline> runs)
    {
        var text = new StringBuilder();
        foreach (var run in runs)
        {
            text.Append(run switch
            {
                Inline.Text plain => plain.Value,
                Inline.Bold bold => Of(bold.Inner),
                Inline.Italic italic => Of(italic.Inner),
                Inline.Link link => Of(link.Inner),
                _ => "\n",
            });
        }

        return text.ToString();
    }

    /// <summary>A table's cell in one line.</summary>
    public static string Cell(IReadOnlyList<Part.Words> cell) => string.Join(", ", cell.Select(words => words.Plain));

    /// <summary>A table's row in one line.</summary>
    public static string Row(IReadOnlyList<IReadOnlyList<Part.Words>> row) => string.Join(" · ", row.Select(Cell));

    /// <summary>
    /// What shows it as it is written: no emoji names, no mentions, no formatting. Nothing here is ever mrkdwn, which has no escape for
    /// its own marks ("Formatting text for app surfaces"): a name such as _v2_ would come out different from how it was written.
    /// </summary>
    public static JsonObject Object(string text, int most) => new() { ["type"] = "plain_text", ["text"] = Say.Shortened(text.Length == 0 ? " " : text, most), ["emoji"] = false };

    /// <summary>A text in pieces that fit, none of them empty and no character torn apart.</summary>
    public static IEnumerable<string> Pieces(string text, int most)
    {
        for (var from = 0; from < text.Length;)
        {
            var length = Math.Min(most, text.Length - from);
            if (from + length < text.Length && char.IsHighSurrogate(text[from + length - 1]))
            {
                length--;
            }

            yield return text.Substring(from, length);
            from += length;
        }
    }

    /// <summary>
    /// For the one place that Slack reads for its marks, a message's text: the three characters that begin mentions, links and escapes are
    /// written out. Cut visibly, and never inside of an escape.
    /// </summary>
    public static string Escaped(string text, int most)
    {
        var escaped = new StringBuilder();
        var whole = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            escaped.Append(rune.Value switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                _ => rune.ToString(),
            });
            if (escaped.Length > most)
            {
                return escaped.ToString(0, whole) + "…";
            }

            // Room for the mark of the cut.
            whole = escaped.Length < most ? escaped.Length : whole;
        }

        return escaped.ToString();
    }
}

using System.Text.Json.Nodes;
using Bot.Chat;

namespace Bot.Slack.Blocks;

/// <summary>A message's top-level text: everything its card says, because screen readers read this and skip the blocks ("chat.postMessage", accessibility).</summary>
internal static class SayCard
{
    /// <summary>Above it chat.update refuses ("msg_too_long"), and a message has to stay one that can be updated.</summary>
    private const int LongestText = 4000;

    /// <summary>
    /// The summary first, which is what a notification shows; then everything in reading order. What the card begins with is left out where
    /// the summary has said it; further down it may be a name that belongs to what follows.
    /// </summary>
    public static string Text(Card card, CardParts parts)
    {
        var said = parts.Body.TakeWhile(part => part is Part.Heading or Part.Words && Lines(part).All(line => Says(card.Text, line))).Count();
        var lines = parts.Body.Skip(said).SelectMany(Lines).Append(Buttons(parts.Foot)).Where(line => !IsPicture(line));
        return PlainText.Escaped(string.Join('\n', lines.Prepend(card.Text).Where(line => line.Length > 0)), LongestText);
    }

    private static IEnumerable<string> Lines(Part part) => part switch
    {
        Part.Heading heading => [heading.Text],
        Part.Words words => [words.Plain],
        Part.Beside beside => [.. beside.Said.Select(words => words.Plain), Buttons([beside.Button])],
        Part.Buttons buttons => [Buttons(buttons.All)],
        Part.Grid grid => grid.Rows.Select(PlainText.Row),
        Part.Chart chart => [chart.Numbers],
        Part.Field field => [field.Label],
        _ => [],
    };

    private static string Buttons(IReadOnlyList<JsonObject> buttons) => string.Join(' ', buttons.Select(button => $"[{button["text"]!["text"]}]"));

    /// <summary>Bars and dots are read out one by one, as "lower half block"; the figures beside them are words.</summary>
    private static bool IsPicture(string line) => line.All(sign => sign is (>= '▁' and <= '█') or '░' or '·' or ' ');

    /// <summary>Word for word, and not in the middle of a word.</summary>
    private static bool Says(string summary, string line)
    {
        var at = summary.IndexOf(line, StringComparison.Ordinal);
        var end = at + line.Length;
        return at >= 0 && (at == 0 || !char.IsLetterOrDigit(summary[at - 1])) && (end == summary.Length || !char.IsLetterOrDigit(summary[end]));
    }
}

using System.Text.Json.Nodes;
using Bot.Chat;

namespace Bot.Slack.Blocks;

/// <summary>A message's top-level text: everything its card says, because screen readers read this and skip the blocks ("chat.postMessage", accessibility).</summary>
internal static class SayCard
{
    /// <summary>Above it chat.update refuses ("msg_too_long"), and a message has to stay one that can be updated.</summary>
    private const int LongestText = 4000;

    /// <summary>A shorter line may stand in the summary by chance.</summary>
    private const int ShortestRepeat = 12;

    /// <summary>The summary first, which is what a notification shows; then, in reading order, what it has not said.</summary>
    public static string Text(Card card, CardParts parts)
    {
        var lines = parts.Body.SelectMany(Lines).Append(Buttons(parts.Foot)).Where(line => line.Any(char.IsLetterOrDigit) && !Says(card.Text, line));
        return PlainText.Escaped(string.Join('\n', lines.Prepend(card.Text).Where(line => line.Length > 0)), LongestText);
    }

    /// <summary>Lines of bars and dots are pictures; the figures beside them are words.</summary>
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

    private static bool Says(string summary, string line)
    {
        if (line.Length < ShortestRepeat)
        {
            return summary == line;
        }

        var at = summary.IndexOf(line, StringComparison.Ordinal);
        var end = at + line.Length;
        return at >= 0 && (at == 0 || !char.IsLetterOrDigit(summary[at - 1])) && (end == summary.Length || !char.IsLetterOrDigit(summary[end]));
    }
}

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

    /// <summary>What shows it as it is written: no emoji names, no mentions, no formatting.</summary>
    public static JsonObject Object(string text, int most) => new() { ["type"] = "plain_text", ["text"] = Say.Shortened(text.Length == 0 ? " " : text, most), ["emoji"] = false };

    /// <summary>For the few places that Slack reads for its marks ("Formatting text for app surfaces"): the three characters that begin them.</summary>
    public static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}

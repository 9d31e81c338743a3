using System.Text.Json.Nodes;
using Bot.Cards;

namespace Bot.Slack.Blocks;

/// <summary>Paragraphs as rich text, where words stand as they are and cannot act; subtle ones as a context block in plain text.</summary>
internal static class Paragraphs
{
    /// <summary>No limit of a rich text block is documented; that of a section is kept to.</summary>
    private const int LongestBlock = 3000;
    private const int LongestContext = 3000;

    public static IEnumerable<JsonObject> Render(IReadOnlyList<Part.Words> words)
    {
        if (words.Count == 0)
        {
            yield break;
        }

        if (words[0].IsSubtle)
        {
            foreach (var text in Pieces(string.Join('\n', words.Select(w => PlainText.Of(w.Runs))), LongestContext))
            {
                yield return Subtle(text);
            }

            yield break;
        }

        var elements = new JsonArray();
        var length = 0;
        foreach (var run in words.SelectMany((w, i) => i == 0 ? w.Runs : [new Inline.LineBreak(), .. w.Runs]))
        {
            foreach (var element in Elements(run, bold: false, italic: false))
            {
                var text = element["text"]!.ToString().Length;
                if (length > 0 && length + text > LongestBlock)
                {
                    yield return RichText(elements);
                    (elements, length) = ([], 0);
                }

                length += text;
                elements.Add(element);
            }
        }

        if (elements.Count > 0)
        {
            yield return RichText(elements);
        }
    }

    public static JsonObject Subtle(string text) => new() { ["type"] = "context", ["elements"] = new JsonArray(PlainText.Object(text, LongestContext)) };

    private static JsonObject RichText(JsonArray elements) => new()
    {
        ["type"] = "rich_text",
        ["elements"] = new JsonArray(new JsonObject { ["type"] = "rich_text_section", ["elements"] = elements }),
    };

    private static IEnumerable<JsonObject> Elements(Inline run, bool bold, bool italic)
    {
        switch (run)
        {
            case Inline.Bold inner:
                return inner.Inner.SelectMany(i => Elements(i, true, italic));
            case Inline.Italic inner:
                return inner.Inner.SelectMany(i => Elements(i, bold, true));
            case Inline.Link link:
                var shown = PlainText.Of(link.Inner);
                return [Styled(new JsonObject { ["type"] = "link", ["url"] = link.Url, ["text"] = shown.Length == 0 ? link.Url : shown }, bold, italic)];
            case Inline.LineBreak:
                return [new JsonObject { ["type"] = "text", ["text"] = "\n" }];
            default:
                return Pieces(((Inline.Text)run).Value, LongestBlock).Select(text => Styled(new JsonObject { ["type"] = "text", ["text"] = text }, bold, italic));
        }
    }

    private static JsonObject Styled(JsonObject element, bool bold, bool italic)
    {
        if (bold || italic)
        {
            var style = new JsonObject();
            if (bold)
            {
                style["bold"] = true;
            }

            if (italic)
            {
                style["italic"] = true;
            }

            element["style"] = style;
        }

        return element;
    }

    /// <summary>A text in pieces that fit, none of them empty and no character torn apart.</summary>
    private static IEnumerable<string> Pieces(string text, int most)
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
}

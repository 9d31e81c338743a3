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

        // Plain text has no links; what has one is rich text, subtle or not.
        if (words[0].IsSubtle && !words.Any(w => w.HasLink))
        {
            foreach (var text in PlainText.Pieces(string.Join('\n', words.Select(w => w.Plain)), LongestContext))
            {
                yield return Subtle(text);
            }

            yield break;
        }

        var elements = new JsonArray();
        var length = 0;
        foreach (var element in Elements(words))
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

        if (elements.Count > 0)
        {
            yield return RichText(elements);
        }
    }

    public static JsonObject Subtle(string text) => new() { ["type"] = "context", ["elements"] = new JsonArray(PlainText.Object(text, LongestContext)) };

    /// <summary>A table's cell: plain where the words are, rich text where they are formatted or more than one line.</summary>
    public static JsonObject Cell(IReadOnlyList<Part.Words> words)
    {
        var elements = Elements(words).ToList();
        return elements switch
        {
            [] => new JsonObject { ["type"] = "raw_text", ["text"] = " " },
            [var only] when (string?)only["type"] == "text" && !only.ContainsKey("style") => new JsonObject { ["type"] = "raw_text", ["text"] = only["text"]!.ToString() },
            _ => RichText(new JsonArray([.. elements])),
        };
    }

    private static IEnumerable<JsonObject> Elements(IReadOnlyList<Part.Words> words) =>
        words.SelectMany((w, i) => i == 0 ? w.Runs : [new Inline.LineBreak(), .. w.Runs]).SelectMany(run => Elements(run, bold: false, italic: false));

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
                return PlainText.Pieces(((Inline.Text)run).Value, LongestBlock).Select(text => Styled(new JsonObject { ["type"] = "text", ["text"] = text }, bold, italic));
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
}

using System.Text.Json.Nodes;
using Bot.Cards;

namespace Bot.Slack.Blocks;

/// <summary>Reads an Adaptive Card into parts.</summary>
/// <param name="charts">Whether charts become Slack's own; otherwise what stands in for them.</param>
internal sealed class ReadCard(bool charts)
{
    private readonly List<Part> _parts = [];
    private int _buttons;

    public static IReadOnlyList<Part> Read(JsonObject card, bool charts)
    {
        var read = new ReadCard(charts);
        read.Elements(card["body"]);
        if (card["actions"] is JsonArray { Count: > 0 } actions)
        {
            read.Buttons(actions);
        }

        return read._parts;
    }

    private void Elements(JsonNode? elements)
    {
        foreach (var element in (elements as JsonArray ?? []).OfType<JsonObject>())
        {
            Element(element);
        }
    }

    private void Element(JsonObject element)
    {
        if (element["separator"]?.GetValue<bool>() == true && _parts is [.., not Part.Line])
        {
            _parts.Add(new Part.Line());
        }

        switch ((string?)element["type"])
        {
            case "TextBlock" when (string?)element["style"] == "heading":
                _parts.Add(new Part.Heading(PlainText.Of(CardMarkdown.Inlines(Text(element, "text")))));
                break;
            case "TextBlock":
                Markdown(Text(element, "text"), (string?)element["weight"] == "Bolder", Subtle(element));
                break;
            case "RichTextBlock":
                _parts.Add(new Part.Words([.. (element["inlines"] as JsonArray ?? []).Select(Run)], false));
                break;
            case "Container":
                Elements(element["items"]);
                break;
            case "ColumnSet":
                Columns(element);
                break;
            case "FactSet":
                foreach (var fact in (element["facts"] as JsonArray ?? []).OfType<JsonObject>())
                {
                    _parts.Add(new Part.Words(
                        [new Inline.Bold(CardMarkdown.Inlines(Text(fact, "title"))), new Inline.Text("  "), .. CardMarkdown.Inlines(Text(fact, "value"))], false));
                }

                break;
            case "Table":
                _parts.Add(new Part.Grid([.. (element["rows"] as JsonArray ?? []).OfType<JsonObject>().Select(row =>
                    (IReadOnlyList<string>)[.. (row["cells"] as JsonArray ?? []).OfType<JsonObject>().Select(CellText)])]));
                break;
            case "ActionSet":
                Buttons(element["actions"] as JsonArray ?? []);
                break;
            case "Chart.Line" when charts && LineChart.Render(element) is { } chart:
                _parts.Add(new Part.Chart(chart));
                Element(element["fallback"]!.AsObject());
                break;
            case "Chart.Line":
                Element(element["fallback"]!.AsObject());
                break;
            case { } input when input.StartsWith("Input.", StringComparison.Ordinal):
                _parts.Add(new Part.Field(InputBlock.Render(element), InputBlock.Label(element)));
                break;
        }
    }

    /// <summary>A column of words and one with a button stand side by side; anything else goes one below the other.</summary>
    private void Columns(JsonObject set)
    {
        var inner = new ReadCard(charts) { _buttons = _buttons };
        foreach (var column in (set["columns"] as JsonArray ?? []).OfType<JsonObject>())
        {
            inner.Elements(column["items"]);
        }

        _buttons = inner._buttons;
        if (inner._parts is [.., Part.Buttons { All: [var only] }] && inner._parts.Count > 1 && inner._parts.SkipLast(1).All(part => part is Part.Words))
        {
            _parts.Add(new Part.Beside([.. inner._parts.OfType<Part.Words>()], only));
        }
        else
        {
            _parts.AddRange(inner._parts);
        }
    }

    private void Buttons(JsonArray actions)
    {
        var buttons = actions.OfType<JsonObject>().Select(action => Button.Render(action, _buttons++)).ToList();
        if (buttons.Count > 0)
        {
            _parts.Add(new Part.Buttons(buttons));
        }
    }

    private void Markdown(string text, bool isBold, bool isSubtle)
    {
        foreach (var block in CardMarkdown.Blocks(text))
        {
            switch (block)
            {
                case Block.Paragraph paragraph:
                    Add(paragraph.Text);
                    break;
                case Block.Items items:
                    for (var i = 0; i < items.Texts.Count; i++)
                    {
                        Add([new Inline.Text(items.Start is { } start ? $"{start + i}. " : "• "), .. items.Texts[i]]);
                    }

                    break;
            }
        }

        void Add(IReadOnlyList<Inline> runs) => _parts.Add(new Part.Words(isBold ? [new Inline.Bold(runs)] : runs, isSubtle));
    }

    /// <summary>A text run is no Markdown.</summary>
    private static Inline Run(JsonNode? run) => run switch
    {
        JsonObject styled when (string?)styled["weight"] == "Bolder" => new Inline.Bold([new Inline.Text(Text(styled, "text"))]),
        JsonObject plain => new Inline.Text(Text(plain, "text")),
        _ => new Inline.Text((string?)run ?? ""),
    };

    private static string CellText(JsonObject cell)
    {
        var inner = new ReadCard(charts: false);
        inner.Elements(cell["items"]);
        return string.Join(' ', inner._parts.OfType<Part.Words>().Select(words => PlainText.Of(words.Runs)));
    }

    private static bool Subtle(JsonObject element) => element["isSubtle"]?.GetValue<bool>() == true;

    private static string Text(JsonObject element, string property) => element[property]?.ToString() ?? "";
}

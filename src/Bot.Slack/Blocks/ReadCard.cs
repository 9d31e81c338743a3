using System.Text.Json.Nodes;
using Bot.Cards;

namespace Bot.Slack.Blocks;

/// <summary>Reads an Adaptive Card into parts.</summary>
/// <param name="charts">Whether charts become Slack's own; what stands in for them is there in any case.</param>
internal sealed class ReadCard(bool charts)
{
    private readonly List<Part> _parts = [];
    private int _buttons;

    public static CardParts Read(JsonObject card, bool charts)
    {
        var read = new ReadCard(charts);
        read.Elements(card["body"]);
        var body = read._parts.ToList();
        read._parts.Clear();
        read.Buttons(card["actions"] as JsonArray ?? []);
        return new CardParts([.. body, .. read._parts.Where(part => part is not Part.Buttons)], [.. read._parts.OfType<Part.Buttons>().SelectMany(buttons => buttons.All)]);
    }

    private void Elements(JsonNode? elements)
    {
        foreach (var element in Objects(elements))
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
                foreach (var fact in Objects(element["facts"]))
                {
                    _parts.Add(new Part.Words(
                        [new Inline.Bold(CardMarkdown.Inlines(Text(fact, "title"))), new Inline.Text("  "), .. CardMarkdown.Inlines(Text(fact, "value"))], false));
                }

                break;
            case "Table":
                Table(element);
                break;
            case "ActionSet":
                Buttons(element["actions"] as JsonArray ?? []);
                break;
            case "Chart.Line":
                _parts.Add(new Part.Chart(charts ? LineChart.Render(element) : null, LineChart.Numbers(element)));
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
        foreach (var column in Objects(set["columns"]))
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

    private void Table(JsonObject table)
    {
        var others = new List<Part>();
        _parts.Add(new Part.Grid([.. Objects(table["rows"]).Select(row => (IReadOnlyList<IReadOnlyList<Part.Words>>)[.. Objects(row["cells"]).Select(Cell)])]));
        _parts.AddRange(others);

        // What is no words cannot stand in a cell and follows the table.
        IReadOnlyList<Part.Words> Cell(JsonObject cell)
        {
            var inner = new ReadCard(charts: false) { _buttons = _buttons };
            inner.Elements(cell["items"]);
            _buttons = inner._buttons;
            others.AddRange(inner._parts.Where(part => part is not (Part.Words or Part.Heading or Part.Line)));
            return [.. inner._parts.Select(part => part switch
            {
                Part.Words words => words,
                Part.Heading heading => new Part.Words([new Inline.Bold([new Inline.Text(heading.Text)])], false),
                _ => null,
            }).OfType<Part.Words>()];
        }
    }

    private void Buttons(JsonArray actions)
    {
        var buttons = new List<JsonObject>();
        foreach (var action in actions.OfType<JsonObject>())
        {
            if (Button.Render(action, _buttons++) is { } button)
            {
                buttons.Add(button);
            }
            else
            {
                // An address that is too long for a button is no trouble to a link; one that leads nowhere is words.
                Inline title = new Inline.Text(Text(action, "title"));
                _parts.Add(new Part.Words([Addresses.Absolute(Text(action, "url")) is { } url ? new Inline.Link(url, [title]) : title], false));
            }
        }

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

    private static IEnumerable<JsonObject> Objects(JsonNode? list) => (list as JsonArray ?? []).OfType<JsonObject>();

    private static bool Subtle(JsonObject element) => element["isSubtle"]?.GetValue<bool>() == true;

    private static string Text(JsonObject element, string property) => element[property]?.ToString() ?? "";
}

using System.Text.Json.Nodes;
using Bot.Chat;
using FsCheck;
using FsCheck.Fluent;

namespace Bot.Slack.Tests.Blocks;

/// <summary>Cards of any size and with any text, for laws that hold for each of them.</summary>
internal static class AnyCard
{
    private static readonly string[] Scraps =
    [
        "", " ", "a", "An answer. ", "\n", "\n\n", "- item\n", "1. item\n", "**bold** ", "_italic_ ", "[link](https://example.org/?a=1&b=2) ", "🌱", "👩‍👩‍👧", "ليلى ", "שלום ", "\u202E", "e\u0301",
        "<!channel>", "&", "`", "*", "\\", "\t", "Donaudampfschifffahrtsgesellschaft", "0",
    ];

    public static Gen<string> Text { get; } =
        from scraps in Many(Gen.Elements(Scraps), 0, 12)
        from times in Gen.Frequency((40, Gen.Constant(1)), (4, Gen.Choose(2, 20)), (1, Gen.Choose(40, 150)))
        select string.Concat(Enumerable.Repeat(string.Concat(scraps), times));

    public static Gen<Card> Card { get; } =
        from body in Elements(0, 120)
        from actions in Many(Button, 0, 60)
        from text in Text
        select Rendered.Card("any", new JsonArray([.. body]), new JsonArray([.. actions]), text);

    /// <summary>A form whose inputs alone fit a window; the words between them may be more.</summary>
    public static Gen<Card> Form { get; } =
        from kinds in Many(Input, 1, 30)
        from words in Many(Paragraph, 0, 120)
        select Rendered.Card("any-form", new JsonArray(
        [
            .. words.Take(words.Count / 2), .. kinds.Select((input, i) => With(input, "id", $"field{i}")), .. words.Skip(words.Count / 2),
        ]), new JsonArray(new JsonObject { ["type"] = "Action.Execute", ["title"] = "Send", ["verb"] = "any.send", ["data"] = new JsonObject { ["_ap"] = "key" } }), "A form");

    private static Gen<string> Short => from text in Text select text.Length <= 400 ? text : text[..400].TrimEnd('\uD83D', '\uD83C');

    private static Gen<JsonObject> Paragraph =>
        from text in Text
        from subtle in Gen.Elements(true, false)
        from heading in Gen.Frequency((1, Gen.Constant(true)), (5, Gen.Constant(false)))
        from separator in Gen.Frequency((1, Gen.Constant(true)), (4, Gen.Constant(false)))
        select new JsonObject { ["type"] = "TextBlock", ["text"] = text, ["isSubtle"] = subtle, ["style"] = heading ? "heading" : "default", ["separator"] = separator };

    private static Gen<JsonObject> Runs =>
        from texts in Many(Text, 1, 6)
        select new JsonObject { ["type"] = "RichTextBlock", ["inlines"] = new JsonArray([.. texts.Select((text, i) => new JsonObject { ["type"] = "TextRun", ["text"] = text, ["weight"] = i % 2 == 0 ? "Bolder" : "Default" })]) };

    private static Gen<JsonObject> Facts =>
        from texts in Many(Text, 1, 6)
        select new JsonObject { ["type"] = "FactSet", ["facts"] = new JsonArray([.. texts.Select(text => new JsonObject { ["title"] = text, ["value"] = text })]) };

    private static Gen<JsonObject> Button =>
        from title in Short
        from isLink in Gen.Elements(true, false)
        from style in Gen.Elements("default", "positive", "destructive")
        select isLink
            ? new JsonObject { ["type"] = "Action.OpenUrl", ["title"] = title, ["url"] = "https://example.org/report" }
            : new JsonObject { ["type"] = "Action.Execute", ["title"] = title, ["verb"] = "any.do", ["style"] = style, ["data"] = new JsonObject { ["_ap"] = "key" } };

    private static Gen<JsonObject> Row => from buttons in Many(Button, 1, 40) select new JsonObject { ["type"] = "ActionSet", ["actions"] = new JsonArray([.. buttons]) };

    private static Gen<JsonObject> Columns =>
        from words in Many(Paragraph, 0, 3)
        from button in Button
        select new JsonObject
        {
            ["type"] = "ColumnSet",
            ["columns"] = new JsonArray(
                new JsonObject { ["type"] = "Column", ["items"] = new JsonArray([.. words]) },
                new JsonObject { ["type"] = "Column", ["items"] = new JsonArray(new JsonObject { ["type"] = "ActionSet", ["actions"] = new JsonArray(button) }) }),
        };

    private static Gen<JsonObject> Table =>
        from rows in Gen.Frequency((4, Gen.Choose(0, 12)), (1, Gen.Choose(90, 300)))
        from cells in Gen.Frequency((4, Gen.Choose(1, 4)), (1, Gen.Choose(5, 24)))
        from text in Short
        from uneven in Gen.Frequency((1, Gen.Constant(true)), (6, Gen.Constant(false)))
        select new JsonObject
        {
            ["type"] = "Table",
            ["rows"] = new JsonArray([.. Enumerable.Range(0, rows).Select(row => new JsonObject
            {
                ["type"] = "TableRow",
                ["cells"] = new JsonArray([.. Enumerable.Range(0, uneven && row == 1 ? cells + 1 : cells).Select(cell => new JsonObject
                {
                    ["type"] = "TableCell",
                    ["items"] = new JsonArray(new JsonObject { ["type"] = "TextBlock", ["text"] = (row + cell) % 7 == 0 ? text : $"{row}.{cell}" }),
                })]),
            })]),
        };

    private static Gen<JsonObject> Chart =>
        from lines in Gen.Choose(0, 9)
        from points in Gen.Choose(0, 40)
        from name in Short
        from gaps in Gen.Elements(true, false)
        select new JsonObject
        {
            ["type"] = "Chart.Line",
            ["title"] = name,
            ["yAxisTitle"] = name,
            ["data"] = new JsonArray([.. Enumerable.Range(0, lines).Select(line => new JsonObject
            {
                ["legend"] = $"{line} {name}",
                ["values"] = new JsonArray([.. Enumerable.Range(0, points).Where(point => !gaps || line == 0 || point % 3 > 0).Select(point => new JsonObject { ["x"] = $"week {point}", ["y"] = line + (point / 4.0) })]),
            })]),
            ["fallback"] = new JsonObject { ["type"] = "TextBlock", ["text"] = "▁▂▃" },
        };

    private static Gen<JsonObject> Input =>
        from kind in Gen.Choose(0, 6)
        from title in Short
        from value in Short
        from choices in Gen.Frequency((10, Gen.Choose(0, 12)), (1, Gen.Choose(90, 250)))
        from required in Gen.Elements(true, false)
        let input = new JsonObject { ["label"] = title, ["isRequired"] = required, ["placeholder"] = value, ["value"] = value }
        select kind switch
        {
            0 => With(With(input, "type", "Input.Date"), "value", "2026-11-28"),
            1 => With(With(input, "type", "Input.Time"), "value", "10:00"),
            2 => With(With(input, "type", "Input.Number"), "value", "2.5"),
            3 => With(With(With(input, "type", "Input.Toggle"), "title", title), "valueOn", "true"),
            4 => Choices(With(input, "value", "v1"), choices, title, "expanded"),
            5 => Choices(With(input, "value", "v1,v2"), choices, title, "compact"),
            _ => With(input, "type", "Input.Text"),
        };

    private static JsonObject Choices(JsonObject input, int choices, string title, string style)
    {
        input["type"] = "Input.ChoiceSet";
        input["style"] = style;
        input["isMultiSelect"] = style == "compact";
        input["choices"] = new JsonArray([.. Enumerable.Range(0, choices).Select(i => new JsonObject { ["title"] = choices > 12 ? $"Person {i}" : $"{i} {title}", ["value"] = $"v{i}" })]);
        return input;
    }

    private static Gen<List<JsonObject>> Elements(int least, int most) => Many(
        Gen.Frequency((8, Paragraph), (3, Runs), (2, Facts), (3, Columns), (2, Row), (1, Table), (1, Chart)), least, most);

    private static Gen<List<T>> Many<T>(Gen<T> each, int least, int most) => from count in Gen.Choose(least, most) from list in each.ListOf(count) select list.ToList();

    private static JsonObject With(JsonObject map, string property, string value)
    {
        map[property] = value;
        return map;
    }
}

using System.Text.Json.Nodes;
using static FakeSlack.Rules.Member;
using static FakeSlack.Rules.Must;

namespace FakeSlack.Rules;

/// <summary>Tables ("Table block", "Data table block"), within the lower of the limits that are told of them.</summary>
internal static class Tables
{
    public const int MostText = 10_000;
    private const int MostRows = 100;
    private const int MostCells = 20;

    public static Rule Rows { get; } = BeList(BeList(Cell, MostCells), MostRows);

    /// <summary>The head counts as a row beside the hundred.</summary>
    public static Rule Data { get; } = BeList(BeList(Cell, MostCells), MostRows + 1, 2);

    public static Rule Columns { get; } = BeList(BeObject(May("align", BeOneOf("left", "center", "right")), May("is_wrapped", BeSwitch)), MostCells);

    /// <summary>Every row of a data table is as wide as its head, and the head is words.</summary>
    public static void IsEven(JsonObject table, At at)
    {
        var rows = (table["rows"] as JsonArray ?? []).OfType<JsonArray>().ToList();
        if (rows.Select(row => row.Count).Distinct().Count() > 1)
        {
            at.Under("rows").Refuse("bad_value", "all rows must have the same number of cells");
        }

        if (rows is [var head, ..] && head.Any(cell => Text((cell as JsonObject)?["type"]) == "rich_text"))
        {
            at.Under("rows").Under(0).Refuse("unknown_type", "header cells must not be rich_text");
        }
    }

    private static void Cell(JsonNode? cell, At at)
    {
        var rule = Text((cell as JsonObject)?["type"]) switch
        {
            "raw_text" => BeObject(Needs("type", BeText(100)), Needs("text", BeText(MostText))),
            "raw_number" => BeObject(Needs("type", BeText(100)), Needs("value", BeNumber), Needs("text", BeText(MostText))),
            _ => BlockKinds.Any("rich_text"),
        };
        rule(cell, at);
    }
}

using System.Text.Json.Nodes;

namespace Bot.Teams.Cards;

/// <summary>What Teams offers beyond Adaptive Cards 1.5, each with what an older client shows instead.</summary>
internal static class Extras
{
    public static void Add(JsonObject card, Surface surface)
    {
        var charts = CardParts.OfType(card, "Chart.Line").ToList();
        var tables = CardParts.OfType(card, "Table").ToList();
        foreach (var chart in charts)
        {
            // Otherwise the title is only read aloud ("Charts in Adaptive Cards").
            chart["showTitle"] = true;
        }

        foreach (var table in tables)
        {
            table["fallback"] = WrittenOut(table);
        }

        if (charts.Count + tables.Count > 0 && surface != Surface.Dialog)
        {
            card["msteams"] = new JsonObject { ["width"] = "Full" };
        }

        foreach (var input in CardParts.Inputs(card).Where(input => input["value"]?.ToString() is ""))
        {
            // A day, a time and a number cannot be an empty text.
            input.Remove("value");
        }
    }

    /// <summary>The rows one below the other without the head.</summary>
    private static JsonObject WrittenOut(JsonObject table) => new()
    {
        ["type"] = "Container",
        ["items"] = new JsonArray([.. table["rows"]!.AsArray().OfType<JsonObject>().Skip((bool?)table["firstRowAsHeaders"] == true ? 1 : 0).Select(row => new JsonObject
        {
            ["type"] = "Container",
            ["separator"] = true,
            ["items"] = new JsonArray([.. row["cells"]!.AsArray().SelectMany(cell => cell!["items"]!.AsArray()).Select(item => item!.DeepClone())]),
        })]),
    };
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bot.Teams.Cards;

/// <summary>Cuts visibly what Teams would not take; buttons that stand alone and inputs are never cut.</summary>
internal static class FitCard
{
    /// <summary>Teams takes about 100 KB, two for each character ("Format your bot messages"); a fifth is left for what is around the card.</summary>
    public const int Most = 80 * 1024;

    private const int Comma = 2;

    private static readonly JsonSerializerOptions AsSent = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] Words = ["TextBlock", "RichTextBlock", "FactSet", "TableRow", "ColumnSet", "Chart.Line"];

    public static void Fit(JsonObject card)
    {
        var over = Size(card) - Most;
        if (over <= 0)
        {
            return;
        }

        foreach (var table in CardParts.OfType(card, "Table").ToList())
        {
            over -= Size(table["fallback"]);
            table["fallback"] = "drop";
        }

        if (over <= 0)
        {
            return;
        }

        var shortened = new JsonObject { ["type"] = "TextBlock", ["text"] = "… shortened", ["isSubtle"] = true, ["wrap"] = true };
        over += Size(shortened) + Comma;
        foreach (var part in Cuttable(card["body"]).Reverse().ToList())
        {
            if (over <= 0)
            {
                break;
            }

            var among = part.Parent!.AsArray();
            // The last one of a list has no comma to take with it.
            over -= Size(part) + (among.Count > 1 ? Comma : 0);
            among.Remove(part);
        }

        card["body"]!.AsArray().Add(shortened);
    }

    /// <summary>In bytes, as Teams counts: UTF-16.</summary>
    public static int Size(JsonNode? json) => 2 * (json?.ToJsonString(AsSent).Length ?? 0);

    /// <summary>The parts that are whole only together, from top to bottom; a row with a button goes with its button.</summary>
    private static IEnumerable<JsonObject> Cuttable(JsonNode? within) => within switch
    {
        JsonObject part when Words.Contains((string?)part["type"]) && !CardParts.Inputs(part).Any() => [part],
        JsonObject part => part.Where(member => member.Key != "fallback").SelectMany(member => Cuttable(member.Value)),
        JsonArray list => list.SelectMany(Cuttable),
        _ => [],
    };
}

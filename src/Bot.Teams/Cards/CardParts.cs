using System.Text.Json.Nodes;

namespace Bot.Teams.Cards;

/// <summary>Ways through a card.</summary>
internal static class CardParts
{
    /// <summary>Every object of a card with a type, from the outside in and from top to bottom.</summary>
    public static IEnumerable<JsonObject> All(JsonNode? within) => within switch
    {
        JsonObject map => map.SelectMany(member => All(member.Value)).Prepend(map).Where(part => part["type"] is not null),
        JsonArray list => list.SelectMany(All),
        _ => [],
    };

    public static IEnumerable<JsonObject> OfType(JsonNode? within, string type) => All(within).Where(part => (string?)part["type"] == type);

    public static IEnumerable<JsonObject> Inputs(JsonNode? within) => All(within).Where(part => IsA(part, "Input."));

    public static IEnumerable<JsonObject> Actions(JsonNode? within) => All(within).Where(part => IsA(part, "Action."));

    /// <summary>Puts a part into the list of another, right after it.</summary>
    public static void InsertAfter(JsonObject part, JsonObject added)
    {
        var list = part.Parent!.AsArray();
        list.Insert(list.IndexOf(part) + 1, added);
    }

    private static bool IsA(JsonObject part, string family) => ((string?)part["type"])!.StartsWith(family, StringComparison.Ordinal);
}

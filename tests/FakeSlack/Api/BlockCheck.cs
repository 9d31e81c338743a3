using System.Text.Json.Nodes;

namespace FakeSlack.Api;

/// <summary>What is wrong with blocks or a view, in Slack's words: the fault, and where it is.</summary>
internal static class BlockCheck
{
    public static IReadOnlyList<string> Message(JsonNode blocks) => blocks is JsonArray ? [] : ["must be an array [json-pointer:/blocks]"];

    public static IReadOnlyList<string> View(JsonNode view) => view is JsonObject ? [] : ["must be an object [json-pointer:/view]"];
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace FakeTeams.Talk;

/// <summary>What Teams' client makes of a card's buttons and inputs.</summary>
internal static class CardForm
{
    public static JsonObject Button(JsonObject card, string named) => Objects(card)
        .FirstOrDefault(o => Text(o, "type")?.StartsWith("Action.", StringComparison.Ordinal) == true && (Text(o, "title") == named || Text(o, "verb") == named))
        ?? throw new InvalidOperationException($"The card has no button '{named}': {string.Join(", ", Objects(card).Where(o => Text(o, "type")?.StartsWith("Action.", StringComparison.Ordinal) == true).Select(o => Text(o, "title")))}");

    public static bool OpensDialog(JsonObject action) => action["data"] is JsonObject data && data["msteams"] is JsonObject teams && Text(teams, "type") == "task/fetch";

    /// <summary>The button's own data and the inputs: all are texts, empty ones are absent, one called as a key of the data writes over it.</summary>
    public static JsonObject Values(JsonObject card, JsonObject action, IReadOnlyDictionary<string, string> typed)
    {
        var data = action["data"]?.DeepClone() as JsonObject ?? [];
        if (Text(action, "associatedInputs") == "none")
        {
            return data;
        }

        var inputs = Objects(card).Where(o => Text(o, "type")?.StartsWith("Input.", StringComparison.Ordinal) == true && Text(o, "id") is not null).ToList();
        if (typed.Keys.FirstOrDefault(id => inputs.TrueForAll(input => Text(input, "id") != id)) is { } unknown)
        {
            throw new InvalidOperationException($"The card has no input '{unknown}'.");
        }

        foreach (var input in inputs)
        {
            var id = Text(input, "id")!;
            var value = typed.GetValueOrDefault(id) ?? input["value"]?.ToString() ?? "";
            if (value.Length > 0)
            {
                data[id] = value;
            }
            else if (input["isRequired"]?.GetValueKind() == JsonValueKind.True)
            {
                throw new InvalidOperationException($"Teams does not send the form: '{id}' is required.");
            }
        }

        return data;
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject members => members.Where(m => m.Key is not ("fallback" or "data")).SelectMany(m => Objects(m.Value)).Prepend(members),
        JsonArray items => items.SelectMany(Objects),
        _ => [],
    };

    private static string? Text(JsonObject o, string key) => o[key] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? (string)value! : null;
}

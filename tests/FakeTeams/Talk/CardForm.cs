using System.Text.Json;
using System.Text.Json.Nodes;

namespace FakeTeams.Talk;

/// <summary>What Teams' client makes of a card's buttons and inputs.</summary>
internal static class CardForm
{
    public static JsonObject Button(JsonObject card, string named) => Objects(card)
        .FirstOrDefault(o => Text(o, "type")?.StartsWith("Action.", StringComparison.Ordinal) == true && (Text(o, "title") == named || Text(o, "verb") == named))
        ?? throw new InvalidOperationException($"The card has no button '{named}': {string.Join(", ", Objects(card).Where(o => Text(o, "type")?.StartsWith("Action.", StringComparison.Ordinal) == true).Select(o => Text(o, "title")))}");

    /// <summary>What can be read in a card, one text a line.</summary>
    public static string Words(JsonObject card) => string.Join('\n', Objects(card)
        .SelectMany(o => new[] { Text(o, "text"), Text(o, "label"), Text(o, "title"), Text(o, "value") }).Where(words => !string.IsNullOrEmpty(words)));

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
            var value = typed.TryGetValue(id, out var entered) ? Chosen(input, entered) : input["value"]?.ToString() ?? "";
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

    /// <summary>People choose by what a choice is called; several with commas between them. What is no choice's name is sent as it is.</summary>
    private static string Chosen(JsonObject input, string entered)
    {
        var choices = (input["choices"] as JsonArray ?? []).OfType<JsonObject>().DistinctBy(choice => Text(choice, "title")).ToDictionary(choice => Text(choice, "title") ?? "", choice => Text(choice, "value") ?? "");
        return choices.GetValueOrDefault(entered) ?? string.Join(',', entered.Split(',').Select(one => choices.GetValueOrDefault(one, one)));
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject members => members.Where(m => m.Key is not ("fallback" or "data")).SelectMany(m => Objects(m.Value)).Prepend(members),
        JsonArray items => items.SelectMany(Objects),
        _ => [],
    };

    private static string? Text(JsonObject o, string key) => o[key] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? (string)value! : null;
}

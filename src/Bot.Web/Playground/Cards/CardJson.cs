using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bot.Web.Playground.Cards;

/// <summary>Reads Adaptive Card JSON forgivingly, as its renderers do: what has another type than expected is as if it were absent.</summary>
public static class CardJson
{
    extension(JsonObject element)
    {
        /// <summary>A text, number or switch as text; null when absent.</summary>
        public string? Text(string property) => element[property] is JsonValue value ? value.ToString() : null;

        /// <summary>One of a closed set of words, in lower case; null when it is none of them.</summary>
        public string? Word(string property, params ReadOnlySpan<string> allowed)
        {
            var word = element.Text(property)?.ToLowerInvariant();
            return word is not null && allowed.Contains(word) ? word : null;
        }

        public bool IsOn(string property, bool otherwise = false) =>
            element[property] is JsonValue value
                ? value.GetValueKind() switch
                {
                    JsonValueKind.True => true,
                    JsonValueKind.False => false,
                    _ => string.Equals(value.ToString(), "true", StringComparison.OrdinalIgnoreCase) || (otherwise && value.ToString() != "false"),
                }
                : otherwise;

        public IEnumerable<JsonObject> Objects(string property) => element[property] is JsonArray array ? array.OfType<JsonObject>() : [];

        public string Type => element.Text("type") ?? "";

        /// <summary>Every input of the card, wherever it stands, with an id.</summary>
        public IEnumerable<JsonObject> Inputs() => Descend(element).Where(e => e.Type.StartsWith("Input.", StringComparison.Ordinal) && e.Text("id") is { Length: > 0 });
    }

    private static IEnumerable<JsonObject> Descend(JsonObject element)
    {
        yield return element;
        foreach (var inner in element.SelectMany(property => property.Value switch
        {
            JsonObject one => Descend(one),
            JsonArray many => many.OfType<JsonObject>().SelectMany(Descend),
            _ => [],
        }))
        {
            yield return inner;
        }
    }
}

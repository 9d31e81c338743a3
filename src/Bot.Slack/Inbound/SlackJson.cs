using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bot.Chat;

namespace Bot.Slack.Inbound;

/// <summary>Reads payloads: whatever is missing, or is something else than it should be, is null.</summary>
internal static class SlackJson
{
    private const int MaxDepth = 64;

    extension(JsonNode? node)
    {
        public string? Text(params ReadOnlySpan<string> path) => node.At(path) is JsonValue value && value.GetValueKind() == JsonValueKind.String ? PlainText.Of((string?)value) : null;

        public JsonObject? Object(params ReadOnlySpan<string> path) => node.At(path) as JsonObject;

        public JsonArray? Array(params ReadOnlySpan<string> path) => node.At(path) as JsonArray;

        public long? Number(params ReadOnlySpan<string> path) => node.At(path) is JsonValue value && value.TryGetValue<long>(out var number) ? number : null;

        public bool IsOn(params ReadOnlySpan<string> path) => node.At(path)?.GetValueKind() == JsonValueKind.True;

        private JsonNode? At(ReadOnlySpan<string> path)
        {
            var at = node;
            foreach (var name in path)
            {
                at = at is JsonObject within && within.TryGetPropertyValue(name, out var inner) ? inner : null;
            }

            return at;
        }
    }

    /// <summary>Null for what is no object, is nested deeper than Slack nests, names a property twice, or holds halves of characters.</summary>
    public static JsonObject? Parse(string text)
    {
        try
        {
            return HasWholeStrings(text)
                ? JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false }) as JsonObject
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Half of a character, escaped, throws where it is read, be it in the parser or much later; all of them are read here.</summary>
    private static bool HasWholeStrings(string text)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                {
                    reader.GetString();
                }
            }

            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    public static Conversation Conversation(string id, string? name, string? channelType = null) => new(
        id,
        id.StartsWith('D') || channelType == "im" || name == "directmessage" ? ConversationKind.Personal
            : channelType == "mpim" || name?.StartsWith("mpdm-", StringComparison.Ordinal) == true ? ConversationKind.Group : ConversationKind.Channel,
        name is "directmessage" or "privategroup" || name?.StartsWith("mpdm-", StringComparison.Ordinal) == true ? null : name);
}

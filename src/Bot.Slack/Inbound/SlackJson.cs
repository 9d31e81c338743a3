using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bot.Chat;

namespace Bot.Slack.Inbound;

/// <summary>Reads payloads: whatever is missing, or is something else than it should be, is null.</summary>
internal static class SlackJson
{
    extension(JsonNode? node)
    {
        public string? Text(params ReadOnlySpan<string> path) => node.At(path) is JsonValue value && value.GetValueKind() == JsonValueKind.String ? (string?)value : null;

        public JsonObject? Object(params ReadOnlySpan<string> path) => node.At(path) as JsonObject;

        public JsonArray? Array(params ReadOnlySpan<string> path) => node.At(path) as JsonArray;

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

    public static JsonObject? Parse(string text)
    {
        try
        {
            // A property twice is told when it is looked for; all of them are looked for here.
            var parsed = JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { MaxDepth = 64, AllowDuplicateProperties = false }) as JsonObject;
            return parsed;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>One delivery of what may come under several ids: the same parts, the same delivery.</summary>
    public static DeliveryId Delivery(string kind, string secret, params ReadOnlySpan<string?> parts)
    {
        var joined = string.Join('\u001f', parts.ToArray());
        return new DeliveryId($"{kind}:{Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(joined)))}");
    }

    public static Conversation Conversation(string id, string? name, string? channelType = null) => new(
        id,
        id.StartsWith('D') || channelType == "im" || name == "directmessage" ? ConversationKind.Personal
            : channelType == "mpim" || name?.StartsWith("mpdm-", StringComparison.Ordinal) == true ? ConversationKind.Group : ConversationKind.Channel,
        name is "directmessage" or "privategroup" || name?.StartsWith("mpdm-", StringComparison.Ordinal) == true ? null : name);
}

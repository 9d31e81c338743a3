using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Bot.Chat;

namespace Bot.Teams.Inbound;

/// <summary>Reads activities: whatever is missing, or is something else than it should be, is null.</summary>
internal static class TeamsJson
{
    extension(JsonElement json)
    {
        public string? Text(params ReadOnlySpan<string> path) => json.At(path) is { ValueKind: JsonValueKind.String } value && PlainText.Of(value.GetString()) is { Length: > 0 } text ? text : null;

        public bool IsOn(params ReadOnlySpan<string> path) => json.At(path).ValueKind == JsonValueKind.True;

        /// <summary>Of kind Undefined where there is nothing.</summary>
        public JsonElement At(params ReadOnlySpan<string> path)
        {
            var at = json;
            foreach (var name in path)
            {
                at = at.ValueKind == JsonValueKind.Object && at.TryGetProperty(name, out var inner) ? inner : default;
            }

            return at;
        }

        public IEnumerable<JsonElement> Each(string name) => json.At(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];
    }

    /// <summary>Null for what is not one readable object.</summary>
    public static JsonElement? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var parsed = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 64, AllowDuplicateProperties = false });
            Read(parsed.RootElement);
            return parsed.RootElement.ValueKind == JsonValueKind.Object ? parsed.RootElement.Clone() : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>One delivery of what may come more than once: the same parts, the same delivery.</summary>
    /// <param name="kind">Of what was delivered.</param>
    /// <param name="secret">Goes with what was delivered and is kept nowhere, so that the id tells nothing of a text among the parts.</param>
    /// <param name="parts">What makes it this one.</param>
    public static DeliveryId Delivery(string kind, string secret, params ReadOnlySpan<string?> parts) =>
        new($"{kind}:{Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(string.Join('\u001f', parts.ToArray()))))}");

    /// <summary>Text that is no Unicode is found when it is read; all of it is read here.</summary>
    private static void Read(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in json.EnumerateObject())
                {
                    _ = property.Name;
                    Read(property.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in json.EnumerateArray())
                {
                    Read(item);
                }

                break;
            case JsonValueKind.String:
                _ = json.GetString();
                break;
        }
    }
}

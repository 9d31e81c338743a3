using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bot.Teams.Connector;

/// <summary>An activity as text, and whether Teams takes it.</summary>
internal static class ActivityJson
{
    /// <summary>Teams counts about 100 KB of UTF-16, pictures inside the card not ("Format your bot messages"); a margin is left for what it adds itself.</summary>
    private const int MostBytes = 80 * 1024;

    private const string Picture = "data:image/";

    /// <summary>Letters of every language as themselves: escaped they would count six times.</summary>
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(JsonObject body) => body.ToJsonString(Plain);

    public static bool Fits(JsonObject body) => (Write(body).Length - Pictures(body)) * sizeof(char) <= MostBytes;

    private static int Pictures(JsonNode? node) => node switch
    {
        JsonObject members => members.Sum(member => Pictures(member.Value)),
        JsonArray items => items.Sum(Pictures),
        JsonValue value when value.GetValueKind() == JsonValueKind.String && ((string)value!).StartsWith(Picture, StringComparison.OrdinalIgnoreCase) => ((string)value!).Length,
        _ => 0,
    };
}

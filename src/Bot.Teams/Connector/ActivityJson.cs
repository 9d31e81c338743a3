using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bot.Teams.Connector;

/// <summary>The body of a request to the connector as it goes out; written once where many are sent the same.</summary>
public sealed class ActivityJson
{
    /// <summary>Teams counts about 100 KB of UTF-16, pictures inside the card not ("Format your bot messages"); a margin is left for what it adds itself.</summary>
    private const int MostBytes = 80 * 1024;

    private const string Picture = "data:image/";

    /// <summary>Letters of every language as themselves: escaped they would count six times.</summary>
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public ActivityJson(JsonObject body)
    {
        Utf8 = JsonSerializer.SerializeToUtf8Bytes(body, Plain);
        Fits = Utf8.Length * sizeof(char) <= MostBytes || (Encoding.UTF8.GetCharCount(Utf8.Span) - Pictures(body)) * sizeof(char) <= MostBytes;
    }

    public ReadOnlyMemory<byte> Utf8 { get; }

    /// <summary>Whether Teams takes a message of that length.</summary>
    public bool Fits { get; }

    private static int Pictures(JsonNode? node) => node switch
    {
        JsonObject members => members.Sum(member => Pictures(member.Value)),
        JsonArray items => items.Sum(Pictures),
        JsonValue value when value.GetValueKind() == JsonValueKind.String && ((string)value!).StartsWith(Picture, StringComparison.OrdinalIgnoreCase) => ((string)value!).Length,
        _ => 0,
    };
}

using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bot.Teams.Manifests;

/// <summary>Fills the app manifest and zips it with its icons: what an admin uploads to Teams.</summary>
public static class MakeAppPackage
{
    internal const string Manifest = "manifest.json";
    private const string NoAppId = "00000000-0000-0000-0000-000000000000";
    private const string NoHost = "https://pilot.example.org";
    private const string Targeted = "1.29";

    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A zip writes days since 1980; always the same one makes the same package of the same files.</summary>
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="folder">With manifest.json and the icons it names.</param>
    /// <param name="appId">The app registration's client id, which is the bot's id too.</param>
    /// <param name="publicUrl">Where people reach the host.</param>
    /// <param name="targeted">Asks for private messages and slash commands, which an older schema does not know.</param>
    public static byte[] Zip(string folder, Guid appId, Uri publicUrl, bool targeted)
    {
        var manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, Manifest)).Replace(NoAppId, appId.ToString(), StringComparison.Ordinal))!.AsObject();
        Place(manifest, publicUrl.AbsoluteUri.TrimEnd('/'));
        if (targeted)
        {
            AskForTargeted(manifest);
        }

        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create))
        {
            Add(zip, Manifest, Encoding.UTF8.GetBytes(manifest.ToJsonString(Written)));
            foreach (var (_, icon) in manifest["icons"]!.AsObject())
            {
                Add(zip, (string)icon!, File.ReadAllBytes(Path.Combine(folder, (string)icon!)));
            }
        }

        return bytes.ToArray();
    }

    private static void Place(JsonObject part, string publicUrl)
    {
        foreach (var (name, value) in part.ToList())
        {
            if (value is JsonObject inner)
            {
                Place(inner, publicUrl);
            }
            else if (value?.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is { } text && text.StartsWith(NoHost, StringComparison.Ordinal))
            {
                part[name] = publicUrl + text[NoHost.Length..];
            }
        }
    }

    private static void AskForTargeted(JsonObject manifest)
    {
        manifest["$schema"] = $"https://developer.microsoft.com/en-us/json-schemas/teams/v{Targeted}/MicrosoftTeams.schema.json";
        manifest["manifestVersion"] = Targeted;
        foreach (var bot in manifest["bots"]!.AsArray())
        {
            bot!["supportsTargetedMessages"] = true;
            // In the personal chat everything is private already, and it knows no slash commands.
            foreach (var list in bot["commandLists"]!.AsArray().Where(list => list!["scopes"]!.AsArray().All(scope => (string?)scope != "personal")))
            {
                list!["triggers"] = new JsonArray("mention", "slash");
            }
        }
    }

    private static void Add(ZipArchive zip, string name, byte[] content)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.SmallestSize);
        entry.LastWriteTime = NoTime;
        using var stream = entry.Open();
        stream.Write(content);
    }
}

using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Bot.Teams.Manifests;

namespace Bot.Teams.Tests.Manifests;

/// <summary>App packages as the command makes them, and what somebody may do to one.</summary>
internal static class Packages
{
    public static readonly Guid AppId = new("8f14e45f-ceea-467f-a3b0-c2f6b4d1a9e7");

    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "manifests", "teams");

    public static JsonObject Template { get; } = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "manifest.json")))!.AsObject();

    public static byte[] Make(bool targeted) => MakeAppPackage.Zip(Folder, AppId, new Uri("https://afterpilot.example.com/pilot/"), targeted);

    public static JsonObject Manifest(byte[] package)
    {
        using var zip = new ZipArchive(new MemoryStream(package));
        using var content = zip.GetEntry("manifest.json")!.Open();
        return JsonNode.Parse(content)!.AsObject();
    }

    /// <summary>A good package with one change to its manifest and other files in the place of its own.</summary>
    public static Stream Changed(Action<JsonObject> change, params (string Name, byte[]? Content)[] files)
    {
        var manifest = Manifest(Make(targeted: false));
        change(manifest);
        var all = new Dictionary<string, byte[]?>
        {
            ["manifest.json"] = Encoding.UTF8.GetBytes(manifest.ToJsonString()),
            ["color.png"] = File.ReadAllBytes(Path.Combine(Folder, "color.png")),
            ["outline.png"] = File.ReadAllBytes(Path.Combine(Folder, "outline.png")),
        };
        foreach (var (name, content) in files)
        {
            all[name] = content;
        }

        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in all.Where(file => file.Value is not null))
            {
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(content);
            }
        }

        bytes.Position = 0;
        return bytes;
    }
}

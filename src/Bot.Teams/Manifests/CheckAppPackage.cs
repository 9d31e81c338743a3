using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bot.Teams.Manifests;

/// <summary>What Teams would refuse an app package for, before anybody uploads it ("App manifest schema", "Create Teams app package").</summary>
public static class CheckAppPackage
{
    private const string SchemaFolder = "https://developer.microsoft.com/en-us/json-schemas/teams/v";
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The longest text of each place that must be there.</summary>
    private static readonly (string Path, int Most)[] Texts =
    [
        ("version", 256), ("developer.name", 32), ("name.short", 30), ("name.full", 100), ("description.short", 80), ("description.full", 4000), ("accentColor", 7),
    ];

    private static readonly string[] Addresses = ["developer.websiteUrl", "developer.privacyUrl", "developer.termsOfUseUrl"];
    private static readonly (string Path, int Pixels, bool Transparent)[] Icons = [("icons.color", 192, false), ("icons.outline", 32, true)];

    /// <summary>A sentence for each thing to mend; none if it can be uploaded.</summary>
    public static IReadOnlyList<string> Faults(Stream package)
    {
        try
        {
            using var zip = new ZipArchive(package, ZipArchiveMode.Read, leaveOpen: true);
            if (zip.GetEntry(MakeAppPackage.Manifest) is not { } entry)
            {
                return ["manifest.json is not at the root of the zip."];
            }

            using var content = entry.Open();
            return JsonNode.Parse(content) is JsonObject manifest ? [.. Files(zip), .. Fields(manifest), .. Bots(manifest), .. Pictures(zip, manifest)] : ["manifest.json is not a JSON object."];
        }
        catch (InvalidDataException)
        {
            return ["It is not a zip file."];
        }
        catch (JsonException problem)
        {
            return [$"manifest.json is not valid JSON: {problem.Message}"];
        }
    }

    private static IEnumerable<string> Files(ZipArchive zip) =>
        zip.Entries.Where(file => file.FullName.Contains('/', StringComparison.Ordinal)).Select(file => $"{file.FullName} is in a folder: everything belongs at the root of the zip.");

    private static IEnumerable<string> Fields(JsonObject manifest)
    {
        var version = Text(manifest, "manifestVersion");
        if (version is null || Text(manifest, "$schema") != $"{SchemaFolder}{version}/MicrosoftTeams.schema.json")
        {
            yield return "$schema and manifestVersion must name the same version.";
        }

        if (!Guid.TryParseExact(Text(manifest, "id"), "D", out var id) || id == Guid.Empty)
        {
            yield return "id is not a GUID: give the app registration's client id.";
        }

        foreach (var (path, most) in Texts)
        {
            var text = Text(manifest, path);
            if (string.IsNullOrWhiteSpace(text))
            {
                yield return $"{path} is missing.";
            }
            else if (text.Length > most)
            {
                yield return $"{path} has {text.Length} characters, {most} at most.";
            }
        }

        foreach (var path in Addresses)
        {
            if (!Uri.TryCreate(Text(manifest, path), UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps)
            {
                yield return $"{path} is not an https address.";
            }
        }
    }

    private static IEnumerable<string> Bots(JsonObject manifest)
    {
        if (manifest["bots"] is not JsonArray { Count: 1 } bots || bots[0] is not JsonObject bot)
        {
            yield return "bots must have exactly one bot.";
            yield break;
        }

        if (!Guid.TryParseExact(Text(bot, "botId"), "D", out var id) || id == Guid.Empty)
        {
            yield return "bots[0].botId is not a GUID: give the app registration's client id.";
        }

        // Twelve from 1.24 on; ten are shown everywhere.
        const int most = 10;
        foreach (var list in (bot["commandLists"] as JsonArray ?? []).OfType<JsonObject>())
        {
            var commands = (list["commands"] as JsonArray ?? []).OfType<JsonObject>().ToList();
            if (commands.Count is 0 or > most)
            {
                yield return $"A list of commands has {commands.Count}: 1 to {most} are shown.";
            }

            foreach (var title in commands.Select(command => Text(command, "title")).Where(title => title is null or { Length: 0 or > 32 }))
            {
                yield return $"A command's title must have 1 to 32 characters: \"{title}\".";
            }
        }
    }

    private static IEnumerable<string> Pictures(ZipArchive zip, JsonObject manifest)
    {
        foreach (var (path, pixels, transparent) in Icons)
        {
            var name = Text(manifest, path);
            if (name is null || zip.GetEntry(name) is not { } entry)
            {
                yield return $"{path} names no file of the package.";
                continue;
            }

            // The signature, and of the first chunk its length, its name, width, height, depth and color type (PNG specification, IHDR).
            var head = new byte[26];
            using var picture = entry.Open();
            if (picture.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length || !head.AsSpan(0, 8).SequenceEqual(Png))
            {
                yield return $"{name} is not a PNG picture.";
                continue;
            }

            var (width, height, hasAlpha) = (BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(20)), head[25] is 4 or 6);
            if (width != pixels || height != pixels)
            {
                yield return $"{name} is {width} by {height} pixels, it must be {pixels} by {pixels}.";
            }

            if (transparent && !hasAlpha)
            {
                yield return $"{name} is not transparent: it must be white on nothing.";
            }
        }
    }

    private static string? Text(JsonObject within, string path)
    {
        JsonNode? found = within;
        foreach (var name in path.Split('.'))
        {
            found = (found as JsonObject)?[name];
        }

        return found is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
    }
}

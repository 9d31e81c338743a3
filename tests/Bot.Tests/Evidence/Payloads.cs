using System.Text.Json;

namespace Bot.Tests.Evidence;

/// <summary>What monitors send, as they send it, and what nobody should; the files lie beside this one.</summary>
internal static class Payloads
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Evidence");

    public static IReadOnlyList<string> Names { get; } = [.. Directory.EnumerateFiles(Path.Combine(Folder, "payloads")).Select(f => Path.GetFileNameWithoutExtension(f)!).Order()];

    public static IReadOnlyList<Broken> AllBroken { get; } =
        JsonSerializer.Deserialize<List<Broken>>(File.ReadAllText(Path.Combine(Folder, "broken-payloads.json")), JsonSerializerOptions.Web)!;

    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder, "payloads", name + ".json"));

    /// <param name="Says">Part of what the answer says.</param>
    public sealed record Broken(string Name, string Body, int Status, string Says);
}

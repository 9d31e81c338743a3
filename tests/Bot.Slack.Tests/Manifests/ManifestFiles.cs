using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Bot.Slack.Tests.Manifests;

/// <summary>The manifests as they are in the repository, read as YAML.</summary>
internal static class ManifestFiles
{
    public const string OverSockets = "manifest.yaml";
    public const string OverHttp = "manifest-http.yaml";

    public static JsonObject Read(string file)
    {
        var yaml = new YamlStream();
        using var text = File.OpenText(Path.Combine(AppContext.BaseDirectory, "manifests", "slack", file));
        yaml.Load(text);
        return Json(yaml.Documents[0].RootNode)!.AsObject();
    }

    private static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, Json(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Json)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" or "false" } flag => JsonValue.Create(flag.Value == "true"),
        YamlScalarNode { Style: ScalarStyle.Plain } plain when int.TryParse(plain.Value, out var number) => JsonValue.Create(number),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => throw new InvalidDataException($"{node.NodeType} is not expected in a manifest."),
    };
}

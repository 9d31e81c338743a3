using System.Text.Json.Nodes;
using Bot.Cards;

namespace Bot.Tests.Cards;

/// <summary>Vectors/*.json, each an output (or an error) of the JavaScript reference implementation; read leniently, as the reference reads.</summary>
public sealed class ReferenceVectorTests
{
    private static readonly Dictionary<string, JsonObject> Files = new[] { "templating.json", "templating-more.json" }
        .ToDictionary(file => file, file => JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Vectors", file)))!.AsObject());

    public static TheoryData<string, string> Expected => Names(vector => vector.ContainsKey("expected"));

    public static TheoryData<string, string> Refused => Names(vector => vector.ContainsKey("error"));

    [Theory, MemberData(nameof(Expected))]
    public void A_card_expands_to_what_the_reference_gives(string file, string name)
    {
        var (template, data, host, vector) = Read(file, name);

        var card = CardTemplate.ParseLeniently(name, template).Expand(data, host);

        Assert.True(JsonNode.DeepEquals(vector["expected"], card), $"{vector["feature"]}: expected {vector["expected"]?.ToJsonString()}, got {card?.ToJsonString()}");
    }

    [Theory, MemberData(nameof(Refused))]
    public void A_card_the_reference_refuses_is_refused(string file, string name)
    {
        var (template, data, host, vector) = Read(file, name);

        var refusal = Record.Exception(() => CardTemplate.ParseLeniently(name, template).Expand(data, host));

        Assert.True(refusal is CardTemplateException or CardExpansionException, $"{vector["feature"]} should fail ({vector["error"]}) but gave {refusal}");
    }

    private static TheoryData<string, string> Names(Func<JsonObject, bool> wanted)
    {
        var names = new TheoryData<string, string>();
        foreach (var (file, content) in Files)
            foreach (var vector in content["vectors"]!.AsArray().Select(vector => vector!.AsObject()).Where(wanted))
                names.Add(file, vector["name"]!.GetValue<string>());
        return names;
    }

    private static (string Template, JsonNode? Data, JsonNode? Host, JsonObject Vector) Read(string file, string name)
    {
        var vector = Files[file]["vectors"]!.AsArray().Select(vector => vector!.AsObject()).Single(vector => vector["name"]!.GetValue<string>() == name);
        var data = vector.ContainsKey("data") ? vector["data"] : Files[file]["data"];
        return (vector["template"]!.ToJsonString(), data, vector["host"], vector);
    }
}

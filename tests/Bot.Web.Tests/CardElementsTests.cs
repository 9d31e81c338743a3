using System.Text.Json.Nodes;
using Bot.Cards;
using Bot.Web.Playground.Cards;

namespace Bot.Web.Tests;

public sealed class CardElementsTests
{
    public static TheoryData<string> Samples() =>
        [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "cards", "samples"), "*.json").Select(f => Path.GetFileNameWithoutExtension(f)).Order()];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Every_element_of_every_card_has_a_translation_here(string sample)
    {
        var template = CardBook.Open().Templates[sample.Split('.')[0]];
        var card = template.Expand(JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "cards", "samples", sample + ".json"))));

        Assert.All(Types(card).Where(t => t is not "AdaptiveCard" && !t.StartsWith("Action.", StringComparison.Ordinal)), t => Assert.Contains(t, CardView.Elements));
        Assert.All(Types(card).Where(t => t.StartsWith("Action.", StringComparison.Ordinal)), t => Assert.Contains(t, new[] { "Action.Execute", "Action.OpenUrl" }));
    }

    private static IEnumerable<string> Types(JsonNode? node) => node switch
    {
        JsonObject element => element.SelectMany(p => p.Key == "type" && p.Value is JsonValue type ? [type.ToString()] : Types(p.Value)),
        JsonArray list => list.SelectMany(Types),
        _ => [],
    };
}

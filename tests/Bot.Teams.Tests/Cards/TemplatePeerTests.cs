using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Bot.Cards;
using Bot.Teams.Tests.Peers;
using Bot.Tests.Cards;

namespace Bot.Teams.Tests.Cards;

// Microsoft's template language (npm adaptivecards-templating) makes of every template with every sample what our binder makes of it;
// and what the product fills differs from that by backslashes before people's Markdown and by nothing else.
public sealed partial class TemplatePeerTests
{
    [NodeFact]
    public async Task Every_card_is_filled_as_the_reference_fills_it()
    {
        var samples = CardFiles.Samples.Keys.ToList();

        var reference = await ExpandAsync(samples);

        Assert.All(samples.Zip(reference), pair =>
        {
            var ours = CardTemplate.Parse(pair.First, CardFiles.Templates[CardFiles.TemplateOf(pair.First)]).Expand(CardFiles.Sample(pair.First));
            Assert.True(JsonNode.DeepEquals(pair.Second, ours), $"{pair.First}: expected {pair.Second?.ToJsonString()}, got {ours?.ToJsonString()}");
        });
    }

    [NodeFact]
    public async Task What_the_product_shows_differs_from_it_by_escapes_alone()
    {
        var samples = CardFiles.Samples.Keys.ToList();

        var reference = await ExpandAsync(samples);

        Assert.All(samples.Zip(reference), pair =>
        {
            var ours = CardFiles.Fill(pair.First).Content;
            Assert.True(JsonNode.DeepEquals(Unescaped(pair.Second), Unescaped(ours)), $"{pair.First}: expected {pair.Second?.ToJsonString()}, got {ours.ToJsonString()}");
        });
    }

    private static async Task<JsonArray> ExpandAsync(IEnumerable<string> samples) => (await Node.RunAsync("expand-templates.mjs", new JsonArray([.. samples.Select(sample => new JsonObject
    {
        ["template"] = CardFiles.Template(CardFiles.TemplateOf(sample)),
        ["data"] = CardFiles.Sample(sample),
    })]))).AsArray();

    private static JsonNode? Unescaped(JsonNode? json) => json switch
    {
        JsonObject part => new JsonObject(part.Select(member => KeyValuePair.Create(member.Key, Unescaped(member.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Unescaped)]),
        JsonValue value when value.TryGetValue<string>(out var text) => JsonValue.Create(Backslash().Replace(text, "")),
        _ => json?.DeepClone(),
    };

    [GeneratedRegex(@"\\(?=[!-/:-@\[-`{-~])", RegexOptions.None, 1000)]
    private static partial Regex Backslash();
}

using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Bot.Cards;
using Bot.Chat;
using Bot.Teams.Cards;
using Bot.Teams.Tests.Peers;
using Bot.Tests.Cards;

namespace Bot.Teams.Tests.Cards;

// Microsoft's own renderer (npm adaptivecards) with a CommonMark reader shows every card of every place: it knows every element, shows every button and input,
// sends what we read back, shows what people wrote as they wrote it, and has something to show for a chart it does not know.
public sealed partial class RendererPeerTests
{
    private const string NoCharts = "Unknown element type \"Chart.Line\". Fallback will be used if present.";

    [NodeFact]
    public async Task Every_card_is_shown_without_a_complaint_and_with_every_button_and_input()
    {
        var all = TeamsCards.Different.ToList();

        var shown = await ShowAsync(all.Select(one => one.Card));

        Assert.All(all.Zip(shown), pair =>
        {
            var ((_, _, card), seen) = pair;
            var charts = CardParts.OfType(card, "Chart.Line").Select(_ => NoCharts);
            Assert.Equal(charts, seen.Problems);
            Assert.Equal(CardParts.Inputs(card).Select(input => (string)input["id"]!), seen.Inputs);
            Assert.Equal(CardParts.Actions(card).Select(button => (string)button["title"]!).Order(), seen.Buttons.Order());
        });
    }

    [NodeFact]
    public async Task Every_button_sends_what_is_read_back_with_everything_typed_beside_it()
    {
        var all = TeamsCards.Different.Where(one => CardParts.Actions(one.Card).Any()).ToList();
        foreach (var (_, _, card) in all)
        {
            Answer(card);
        }

        var shown = await ShowAsync(all.Select(one => one.Card));

        Assert.All(all.Zip(shown), pair =>
        {
            var ((_, _, card), seen) = pair;
            var (own, sent) = (CardParts.Actions(card).Where(IsOurs).ToList(), seen.Sent.Where(press => press.Data.ValueKind == JsonValueKind.Object).ToList());
            Assert.Equal(own.Select(button => Read(button["data"], (string?)button["verb"])).OrderBy(Order), sent.Select(press => ReservedKey.Read(press.Data, press.Verb)!).OrderBy(Order));
            var typed = CardParts.Inputs(card).Where(input => !string.IsNullOrEmpty(input["value"]?.ToString())).ToDictionary(input => (string)input["id"]!, input => input["value"]!.ToString());
            Assert.All(sent, press => Assert.Equal(typed, ReservedKey.Typed(press.Data).All.ToDictionary()));
        });
    }

    [NodeFact]
    public async Task A_chart_that_is_not_known_is_a_line_of_blocks_instead()
    {
        var card = TeamsCards.Render.Card(CardFiles.Fill("trend"), ConversationKind.Channel);

        var seen = Assert.Single(await ShowAsync([card]));

        Assert.Contains(seen.Lines, line => line.Length > 5 && line.All(sign => "▁▂▃▄▅▆▇█·".Contains(sign)));
    }

    [NodeFact]
    public async Task What_people_write_is_shown_as_they_wrote_it()
    {
        // A fixed seed: the same texts each time.
        var chance = new Random(20261128);
        string[] pieces =
        [
            "a", "b c", "1", ".", ")", "-", "+", "*", "**", "_", "`", "```", "~", "~~", "#", "## ", ">", "<b>", "</b>", "<!--", "&amp;", "&#42;", "[a](http://b.c)", "![a](b)", "|", "|-|", "=",
            "==", "---", "\\", "\n", "\n\n", " ", "!", "http://a.b/c_d", "<http://a.b>", "{{DATE(2026-11-28T10:00:00Z,SHORT)}}", "${key}", ":", "(", "]", "[", "ä", "“”", "…",
        ];
        var texts = Enumerable.Range(0, 1000).Select(_ => string.Concat(Enumerable.Range(0, chance.Next(1, 9)).Select(_ => pieces[chance.Next(pieces.Length)])))
            .Where(text => !string.IsNullOrWhiteSpace(text)).ToList();

        var shown = await ShowAsync(texts.Select(text => TeamsCards.Render.Card(TeamsCards.Card(TeamsCards.Text(MarkdownText.Escape(text))), ConversationKind.Channel)));

        Assert.All(texts.Zip(shown), pair => Assert.Equal(OneLine(pair.First), OneLine(string.Concat(pair.Second.Lines))));
    }

    /// <summary>As somebody would fill what is required.</summary>
    private static void Answer(JsonObject card)
    {
        foreach (var input in CardParts.Inputs(card).Where(input => (bool?)input["isRequired"] == true && !input.ContainsKey("value")))
        {
            input["value"] = (string)input["type"]! switch
            {
                "Input.ChoiceSet" => (string)input["choices"]![0]!["value"]!,
                "Input.Date" => "2026-12-01",
                "Input.Time" => "10:00",
                "Input.Number" => input["min"]!.GetValue<int>(),
                _ => "Something",
            };
        }
    }

    private static bool IsOurs(JsonObject button) => (string?)button["type"] != "Action.OpenUrl";

    private static ActionRef Read(JsonNode? data, string? verb) => ReservedKey.Read(JsonSerializer.SerializeToElement(data), verb)!;

    private static string Order(ActionRef action) => $"{action.Name} {action.Key}";

    private static string OneLine(string text) => White().Replace(text, " ").Trim();

    private static async Task<IReadOnlyList<Seen>> ShowAsync(IEnumerable<JsonObject> cards)
    {
        var shown = await Node.RunAsync("render-cards.mjs", new JsonArray([.. cards.Select(card => card.DeepClone())]));
        return shown.Deserialize<List<Seen>>(JsonSerializerOptions.Web)!;
    }

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex White();

    private sealed record Seen(IReadOnlyList<string> Problems, IReadOnlyList<string> Lines, IReadOnlyList<string> Inputs, IReadOnlyList<string> Buttons, IReadOnlyList<Press> Sent);

    private sealed record Press(string Type, string? Verb, string? Url, JsonElement Data);
}

using System.Text.Json.Nodes;
using Bot.Cards;
using Bot.Chat;
using Bot.Slack.Blocks;
using Bot.Tests.Cards;
using FakeSlack.Rules;

namespace Bot.Slack.Tests.Blocks;

/// <summary>A card on every surface it can come to, and what stands there.</summary>
internal static class Rendered
{
    public static readonly RenderBlocks WithCharts = new(new SlackOptions { Charts = true });
    public static readonly RenderBlocks WithoutCharts = new(new SlackOptions());

    /// <summary>By the name of the surface; a form is a modal only.</summary>
    public static IReadOnlyDictionary<string, JsonNode> Everywhere(Card card) => card.Name.EndsWith("-form", StringComparison.Ordinal)
        ? new Dictionary<string, JsonNode> { ["form"] = Form(card) }
        : new Dictionary<string, JsonNode>
        {
            ["message"] = WithoutCharts.Message(card).Blocks,
            ["message with charts"] = WithCharts.Message(card).Blocks,
            ["modal"] = RenderBlocks.Modal(card, "Afterpilot", ""),
            ["home"] = RenderBlocks.Home(card),
        };

    public static JsonObject Form(Card card) => RenderBlocks.Modal(new Form(new ActionRef(Submit(card), "key"), "Check-in", card), "{}");

    public static Card Card(string name, JsonArray body, JsonArray? actions = null, string text = "") =>
        new(name, new JsonObject { ["type"] = "AdaptiveCard", ["body"] = body, ["actions"] = actions ?? [] }, text);

    public static IReadOnlyList<Fault> Faults(JsonNode rendered) => rendered is JsonArray blocks ? BlockRules.Message(blocks) : BlockRules.View(rendered);

    public static JsonArray Blocks(JsonNode rendered) => rendered as JsonArray ?? rendered["blocks"]!.AsArray();

    public static List<JsonObject> Buttons(JsonNode rendered) => [.. CardFiles.OfType(rendered, "button")];

    public static List<JsonObject> Inputs(JsonNode rendered) => [.. CardFiles.OfType(rendered, "input")];

    /// <summary>Everything that is shown as words, in order, a block on each line.</summary>
    public static string Words(JsonNode rendered) => string.Join('\n', Blocks(rendered).Select(block => string.Concat(Texts(block))));

    private static string Submit(Card card) => (string?)CardFiles.OfType(card.Content["actions"], "Action.Execute").FirstOrDefault()?["verb"] ?? card.Name;

    private static IEnumerable<string> Texts(JsonNode? within) => within switch
    {
        JsonObject map => map.SelectMany(member => member.Key == "text" && member.Value is JsonValue text ? [text.ToString()] : Texts(member.Value)),
        JsonArray list => list.SelectMany(item => Texts(item).Append((item as JsonObject)?["type"]?.ToString() is "raw_text" or "plain_text" ? "\n" : "")),
        _ => [],
    };
}

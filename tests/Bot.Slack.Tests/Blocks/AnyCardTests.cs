using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Bot.Chat;
using Bot.Tests.Cards;
using FsCheck;
using FsCheck.Fluent;

namespace Bot.Slack.Tests.Blocks;

/// <summary>
/// Laws for any card: huge texts, hundreds of rows, more buttons than fit, characters of two units, from right to left, empty.
/// 1. Slack has nothing to refuse, on any surface, and nothing throws; 2. a button is shown or counted in the note that says what is cut;
/// 3. no input, no label, nothing typed is lost; 4. what is not cut is there word for word; 5. the text is whole characters, and escaped.
/// </summary>
public sealed partial class AnyCardTests
{
    [Fact]
    public void Any_card_is_within_every_limit_of_slacks() => ForAll(AnyCard.Card, card =>
        Assert.All(Rendered.Everywhere(card), rendered => Assert.Empty(Rendered.Faults(rendered.Value))));

    [Fact]
    public void A_button_is_shown_or_said_to_be_missing() => ForAll(AnyCard.Card, card =>
    {
        var all = CardFiles.OfType(card.Content, "Action.").Count();

        Assert.All(Rendered.Everywhere(card), rendered =>
        {
            var missing = Missing().Match(Rendered.Words(rendered.Value));
            Assert.Equal(all, Rendered.Buttons(rendered.Value).Count + (missing.Success ? int.Parse(missing.Groups["n"].Value) : 0));
        });
    });

    [Fact]
    public void The_buttons_at_the_foot_stay_when_the_rest_is_too_long() => ForAll(AnyCard.Card, card =>
    {
        var foot = CardFiles.OfType(card.Content["actions"], "Action.").Count();

        var everywhere = Rendered.Everywhere(card);

        // Rows of the body may end where the foot begins.
        Assert.All(everywhere, rendered => Assert.InRange(
            Rendered.Blocks(rendered.Value).Reverse().TakeWhile(block => (string?)block!["type"] == "actions").Sum(row => row!["elements"]!.AsArray().Count), foot, int.MaxValue));
    });

    [Fact]
    public void What_is_not_cut_is_there_word_for_word() => ForAll(AnyCard.Card, card =>
        Assert.All(Rendered.Everywhere(card).Where(rendered => !Rendered.Words(rendered.Value).Contains("… shortened")), rendered =>
        {
            var shown = Bare(Rendered.Words(rendered.Value));
            Assert.All(CardFiles.OfType(card.Content, "TextRun"), run => Assert.Contains(Bare((string)run["text"]!), shown));
        }));

    [Fact]
    public void The_text_is_whole_escaped_and_short_enough_to_be_updated() => ForAll(AnyCard.Card, card =>
    {
        var text = Rendered.WithCharts.Message(card).Text;

        Assert.InRange(text.Length, 0, 4000);
        Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));
        Assert.DoesNotMatch(Acting(), text);
    });

    [Fact]
    public void No_input_and_nothing_typed_is_lost_from_a_form() => ForAll(AnyCard.Form, card =>
    {
        var asked = CardFiles.OfType(card.Content, "Input.").ToList();

        var modal = Rendered.Form(card);

        Assert.Empty(Rendered.Faults(modal));
        var inputs = Rendered.Inputs(modal);
        Assert.Equal(asked.Select(input => (string)input["id"]!), inputs.Select(input => (string)input["block_id"]!));
        Assert.All(asked.Zip(inputs), pair => Assert.Equal(Typed(pair.First), Initial(pair.Second["element"]!)));
        Assert.All(asked.Where(input => input["choices"] is JsonArray { Count: > 0 }).Zip(inputs.Where(input => Options(input["element"]!) is not ["-"] and not ["true"] and not [])), pair =>
            Assert.Equal(pair.First["choices"]!.AsArray().Select(choice => (string)choice!["value"]!), Options(pair.Second["element"]!)));
    });

    private static void ForAll(Gen<Card> cards, Action<Card> law) =>
        Prop.ForAll(cards.Select(card => new Drawn(card)).ToArbitrary(), drawn => law(drawn.Card)).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    /// <summary>A card that is named by its beginning where it breaks a law.</summary>
    private sealed record Drawn(Card Card)
    {
        public override string ToString() => Bot.Cards.Say.Shortened(Card.Content.ToJsonString(), 2000);
    }

    /// <summary>What stands in an input at first, as a reader of the form would type it.</summary>
    private static string Typed(JsonObject input) => (string)input["type"]! switch
    {
        "Input.Toggle" => (string)input["value"]! == "true" ? "true" : "",
        "Input.ChoiceSet" => string.Join(',', ((string)input["value"]!).Split(',').Where(value => input["choices"]!.AsArray().Any(choice => (string)choice!["value"]! == value))),
        _ => (string)input["value"]!,
    };

    private static string Initial(JsonNode element) => string.Concat(
        element["initial_value"], element["initial_date"], element["initial_time"], element["initial_option"]?["value"],
        string.Join(',', (element["initial_options"] as JsonArray ?? []).Select(option => (string)option!["value"]!)));

    private static List<string> Options(JsonNode element) =>
        [.. CardFiles.Objects(element["options"] ?? element["option_groups"]).Where(option => option.ContainsKey("value")).Select(option => (string)option["value"]!)];

    private static string Bare(string text) => Spaces().Replace(text, "");

    [GeneratedRegex("… shortened, with (?<n>[0-9]+) button", RegexOptions.None, 1000)]
    private static partial Regex Missing();

    [GeneratedRegex("[<>]|&(?!amp;|lt;|gt;)", RegexOptions.None, 1000)]
    private static partial Regex Acting();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Spaces();
}

using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Bot.Cards;
using Bot.Slack.Blocks;
using Bot.Tests.Cards;

namespace Bot.Slack.Tests.Blocks;

/// <summary>
/// Every sample of every card, on every surface it can come to.
/// 1. Slack has nothing to refuse; 2. every word is there, in blocks and in the text for screen readers, and none is shortened;
/// 3. every button, with its verb and key or its address; 4. every input, with label, value, whether it is required, and choices.
/// </summary>
public sealed partial class SampleTests
{
    [Theory, MemberData(nameof(CardFiles.EverySample), MemberType = typeof(CardFiles))]
    public void A_card_is_within_every_limit_of_slacks(string sample)
    {
        var everywhere = Rendered.Everywhere(CardFiles.Fill(sample));

        Assert.All(everywhere, rendered => Assert.Empty(Rendered.Faults(rendered.Value)));
    }

    [Theory, MemberData(nameof(CardFiles.EverySample), MemberType = typeof(CardFiles))]
    public void Every_word_of_a_card_is_shown(string sample)
    {
        var card = CardFiles.Fill(sample);

        var everywhere = Rendered.Everywhere(card);

        Assert.All(everywhere, rendered =>
        {
            var shown = Normal(Rendered.Words(rendered.Value));
            Assert.DoesNotContain("… shortened", shown);
            Assert.All(Words(card.Content), words => Assert.Contains(Normal(words), shown));
        });
    }

    [Theory, MemberData(nameof(CardFiles.EverySample), MemberType = typeof(CardFiles))]
    public void The_text_for_screen_readers_says_everything_in_the_order_it_is_read(string sample)
    {
        var card = CardFiles.Fill(sample);

        var message = Rendered.WithoutCharts.Message(card).Text;

        var (text, summary) = (Normal(message.Replace("&lt;", "<").Replace("&gt;", ">").Replace("&amp;", "&")), Normal(card.Text));
        Assert.StartsWith(summary, text);
        Assert.InRange(message.Length, 1, 4000);
        // What is more than chat.update takes is cut where it has to be, and the cut is shown.
        var isCut = message is { Length: > 3990 } && message.EndsWith('…');
        var at = summary.Length;
        foreach (var words in Words(card.Content).Select(Normal).Where(words => words.Any(sign => !"▁▂▃▄▅▆▇█░· ".Contains(sign)) && !summary.Contains(words)))
        {
            var next = text.IndexOf(words, at, StringComparison.Ordinal);
            if (next < 0)
            {
                Assert.True(isCut, $"“{words}” is not said, or not in its place.");
                return;
            }

            at = next + words.Length;
        }

        Assert.All(CardFiles.OfType(card.Content, "Action."), button => Assert.Contains($"[{Normal((string)button["title"]!)}]", text));
    }

    [Fact]
    public void A_name_that_the_summary_has_said_is_said_again_where_it_belongs()
    {
        var text = Rendered.WithoutCharts.Message(CardFiles.Fill("people")).Text;

        Assert.Contains("\nDana Kowalski\nowner, assigned · Berlin\n[Change]\n", text);
        Assert.Single(Regex.Matches(text, "4 people", RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    [Theory, MemberData(nameof(CardFiles.EverySample), MemberType = typeof(CardFiles))]
    public void Every_button_of_a_card_can_be_pressed(string sample)
    {
        var card = CardFiles.Fill(sample);
        var all = CardFiles.OfType(card.Content, "Action.").ToList();

        var everywhere = Rendered.Everywhere(card);

        Assert.All(everywhere, rendered =>
        {
            var buttons = Rendered.Buttons(rendered.Value);
            // A form's submit button is the window's own.
            var expected = CardFiles.IsForm(CardFiles.TemplateOf(sample)) ? all.SkipLast(1).ToList() : all;
            Assert.Equal(
                expected.Select(action => (action["title"]!.ToString(), Target(action))),
                buttons.Select(button => (button["text"]!["text"]!.ToString(), button["url"]?.ToString() ?? $"{ActionId.VerbOf((string)button["action_id"]!)} {button["value"]}")));
        });
    }

    [Theory, MemberData(nameof(CardFiles.EveryForm), MemberType = typeof(CardFiles))]
    public void Every_input_of_a_form_is_there(string template)
    {
        foreach (var sample in CardFiles.Samples.Keys.Where(sample => CardFiles.TemplateOf(sample) == template))
        {
            var card = CardFiles.Fill(sample);
            var asked = CardFiles.OfType(card.Content, "Input.").ToList();

            var modal = Rendered.Form(card);

            var inputs = Rendered.Inputs(modal);
            Assert.Equal(
                asked.Select(input => ((string?)input["id"], (string?)input["id"], (string?)input["label"], (bool?)input["isRequired"] == true)),
                inputs.Select(input => ((string?)input["block_id"], (string?)input["element"]!["action_id"], (string?)input["label"]!["text"], !(bool)input["optional"]!)));
            Assert.All(asked.Zip(inputs), pair => Assert.Equal(Titles(pair.First), Options(pair.Second)));
            Assert.All(inputs, input => Assert.True((bool?)input["dispatch_action"], "Typed text would be lost with the window."));
            Assert.Equal(CardFiles.OfType(card.Content, "Action.").Last()["title"]!.ToString(), (string?)modal["submit"]!["text"]);
            Assert.True((bool?)modal["notify_on_close"]);
        }
    }

    [Fact]
    public void The_largest_tables_are_tables_in_messages_and_words_elsewhere()
    {
        var everywhere = Rendered.Everywhere(CardFiles.Fill("portfolio.many"));

        Assert.Equal(["message", "message with charts"], everywhere.Where(rendered => CardFiles.OfType(rendered.Value, "table").Any()).Select(rendered => rendered.Key));
    }

    private static IEnumerable<(string?, string?)> Titles(JsonObject input) => input["choices"] is JsonArray choices
        ? choices.Select(choice => ((string?)choice!["title"], (string?)choice["value"]))
        : (string?)input["type"] == "Input.Toggle" ? [((string?)input["title"], (string?)input["valueOn"])] : [];

    private static IEnumerable<(string?, string?)> Options(JsonObject block) =>
        (block["element"]!["options"] as JsonArray ?? []).Select(option => ((string?)option!["text"]!["text"], (string?)option["value"]));

    private static string Target(JsonObject action) => (string?)action["type"] == "Action.OpenUrl" ? action["url"]!.ToString() : $"{action["verb"]} {action["data"]!["_ap"]}";

    /// <summary>What a reader sees of a card, paragraph by paragraph, read by the card and not by what renders it.</summary>
    private static IEnumerable<string> Words(JsonObject card) => CardFiles.Objects(card["body"]).SelectMany(part => (string?)part["type"] switch
    {
        "TextBlock" => CardMarkdown.Blocks((string)part["text"]!).SelectMany(block =>
            block is Block.Paragraph paragraph ? [Plain(paragraph.Text)] : ((Block.Items)block).Texts.Select(Plain)),
        "RichTextBlock" => [string.Concat(part["inlines"]!.AsArray().Select(run => run!["text"]!.ToString()))],
        null when part.ContainsKey("value") && part.ContainsKey("title") && !part.ContainsKey("id") && part.Parent?.Parent?["type"]?.ToString() == "FactSet" =>
            [Plain(CardMarkdown.Inlines((string)part["title"]!)), Plain(CardMarkdown.Inlines((string)part["value"]!))],
        _ => [],
    });

    private static string Plain(IEnumerable<Inline> runs) => string.Concat(runs.Select(run => run switch
    {
        Inline.Text text => text.Value,
        Inline.Bold bold => Plain(bold.Inner),
        Inline.Italic italic => Plain(italic.Inner),
        Inline.Link link => Plain(link.Inner),
        _ => "\n",
    }));

    private static string Normal(string text) => Spaces().Replace(text, " ").Trim();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Spaces();
}

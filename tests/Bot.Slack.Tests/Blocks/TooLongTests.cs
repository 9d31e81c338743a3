using System.Text.Json.Nodes;
using Bot.Chat;
using Bot.Slack.Blocks;
using Bot.Tests.Cards;

namespace Bot.Slack.Tests.Blocks;

/// <summary>
/// What happens to what is more than Slack takes.
/// 1. a heading, a long paragraph beside a button, an address: in another block, whole; 2. a choice's title goes on below it, and more than
/// a hundred choices are groups; 3. a second or larger table is written out; 4. the end of a message goes, with what it held, and is said
/// to be gone; 5. a form's words go before any of its inputs; one with more inputs than a window takes is refused aloud; 6. the text for
/// screen readers.
/// </summary>
public sealed class TooLongTests
{
    private static readonly string LongText = string.Join(' ', Enumerable.Repeat("word", 700));

    [Fact]
    public void A_heading_that_is_too_long_is_a_bold_paragraph()
    {
        var heading = LongText[..151];

        var block = Assert.Single(Message(new JsonObject { ["type"] = "TextBlock", ["style"] = "heading", ["text"] = heading }));

        Assert.Equal((heading, true), ((string?)Run(block)["text"], (bool?)Run(block)["style"]!["bold"]));
    }

    [Fact]
    public void Words_that_are_too_long_to_stand_beside_a_button_stand_above_it()
    {
        var blocks = Message(Beside($"{LongText[..3000]}!"));

        Assert.Equal(["rich_text", "rich_text", "actions"], blocks.Select(block => (string)block!["type"]!));
        Assert.Equal("!", (string?)Run(blocks[1])["text"]);
    }

    [Fact]
    public void A_link_beside_a_button_stays_a_link()
    {
        var blocks = Message(Beside("See [the report](https://example.org/report)."));

        Assert.Equal(("https://example.org/report", "the report"), CardFiles.OfType(blocks, "link").Single() is var link ? ((string?)link["url"], (string?)link["text"]) : default);
        Assert.Single(Rendered.Buttons(blocks));
    }

    [Theory]
    [InlineData(2990, "button")]
    [InlineData(3100, "link")]
    public void An_address_that_is_too_long_for_a_button_is_a_link(int length, string type)
    {
        var url = "https://example.org/".PadRight(length, 'a');

        var blocks = Message(new JsonObject { ["type"] = "ActionSet", ["actions"] = new JsonArray(new JsonObject { ["type"] = "Action.OpenUrl", ["title"] = "Report", ["url"] = url }) });

        Assert.Equal(url, (string?)CardFiles.OfType(blocks, type).Single()["url"]);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("/reports")]
    public void A_button_that_leads_nowhere_is_its_words(string url)
    {
        var blocks = Message(new JsonObject { ["type"] = "ActionSet", ["actions"] = new JsonArray(new JsonObject { ["type"] = "Action.OpenUrl", ["title"] = "Report", ["url"] = url }) });

        Assert.Equal("Report", Rendered.Words(blocks));
        Assert.Empty(Rendered.Buttons(blocks));
    }

    [Fact]
    public void The_title_of_a_choice_goes_on_below_it_and_no_character_is_torn_apart()
    {
        var title = new string('a', 73) + "🌱 and the rest";

        var option = Choices([title]).Single();

        Assert.Equal(title, option["text"]!["text"]!.ToString().TrimEnd('…') + option["description"]!["text"]!.ToString().TrimStart('…'));
    }

    [Fact]
    public void More_than_a_hundred_choices_are_groups_of_a_hundred()
    {
        var modal = Rendered.Form(Form(ChoiceSet([.. Enumerable.Range(1, 230).Select(i => $"Person {i}")], "v120")));

        var element = Rendered.Inputs(modal).Single()["element"]!;
        Assert.Equal(["1 to 100", "101 to 200", "201 to 230"], element["option_groups"]!.AsArray().Select(group => (string)group!["label"]!["text"]!));
        Assert.Equal(230, CardFiles.Objects(element["option_groups"]).Count(option => option.ContainsKey("value")));
        Assert.Equal("v120", (string?)element["initial_option"]!["value"]);
        Assert.Empty(Rendered.Faults(modal));
    }

    [Fact]
    public void A_second_table_and_one_that_is_too_large_are_written_out()
    {
        var twice = Message(Table(3), Table(3));
        var large = Message(Table(101));

        Assert.Single(CardFiles.OfType(twice, "table"));
        Assert.Contains("row 1 · 1\nrow 2 · 2", Rendered.Words(twice));
        Assert.Empty(CardFiles.OfType(large, "table"));
        Assert.Contains("row 100 · 100", Rendered.Words(large));
    }

    [Fact]
    public void The_end_of_a_long_message_goes_with_its_buttons_and_says_how_many_and_the_foot_stays()
    {
        var rows = Enumerable.Range(1, 60).Select(i => Beside($"Row {i}"));
        var more = new JsonObject { ["type"] = "Action.Execute", ["title"] = "More", ["verb"] = "list.more", ["data"] = new JsonObject { ["_ap"] = "key" } };

        var blocks = Rendered.WithoutCharts.Message(Rendered.Card("any", new JsonArray([.. rows]), new JsonArray(more))).Blocks;

        Assert.Equal(50, blocks.Count);
        Assert.Equal(("Row 48", "… shortened, with 12 buttons", "More"), (
            (string?)blocks[47]!["text"]!["text"], (string?)blocks[48]!["elements"]![0]!["text"], (string?)blocks[49]!["elements"]![0]!["text"]!["text"]));
    }

    [Fact]
    public void Lines_between_go_before_any_word_does()
    {
        var rows = Enumerable.Range(1, 45).Select(i => Beside($"Row {i}")).ToList();
        rows.ForEach(row => row["separator"] = true);

        var blocks = Message([.. rows]);

        Assert.Equal((50, 45), (blocks.Count, Rendered.Buttons(blocks).Count));
        Assert.DoesNotContain("shortened", Rendered.Words(blocks));
    }

    [Fact]
    public void More_words_than_a_message_takes_are_cut()
    {
        var blocks = Message([.. Enumerable.Repeat(LongText[..2900], 6).Select(text => new JsonObject { ["type"] = "TextBlock", ["text"] = text })]);

        Assert.EndsWith("… shortened", Rendered.Words(blocks).TrimEnd());
        Assert.InRange(Rendered.Words(blocks).Length, 7000, 10_100);
    }

    [Fact]
    public void The_words_of_a_form_go_before_its_inputs()
    {
        var words = Enumerable.Range(1, 120).SelectMany<int, JsonObject>(i => [new JsonObject { ["type"] = "TextBlock", ["text"] = $"Words {i}" }, new JsonObject { ["type"] = "TextBlock", ["text"] = "subtle", ["isSubtle"] = true }]);
        var inputs = Enumerable.Range(1, 60).Select(Input);

        var modal = Rendered.Form(Rendered.Card("any-form", new JsonArray([.. words, .. inputs])));

        Assert.Equal((100, 60), (modal["blocks"]!.AsArray().Count, Rendered.Inputs(modal).Count));
        Assert.Contains("Words 1\n", Rendered.Words(modal));
        Assert.Contains("… shortened", Rendered.Words(modal));
    }

    [Fact]
    public void A_form_with_more_inputs_than_a_window_takes_is_refused_aloud()
    {
        var card = Rendered.Card("any-form", new JsonArray([.. Enumerable.Range(1, 101).Select(Input)]));

        Assert.Throws<InvalidOperationException>(() => Rendered.Form(card));
    }

    [Fact]
    public void The_text_for_screen_readers_is_cut_where_an_update_would_be_refused_and_not_within_an_escape()
    {
        var card = Rendered.Card("any", new JsonArray(new JsonObject { ["type"] = "TextBlock", ["text"] = new string('<', 2000) }), text: "Summary");

        var text = Rendered.WithoutCharts.Message(card).Text;

        Assert.InRange(text.Length, 3990, 4000);
        Assert.EndsWith("&lt;…", text);
    }

    private static JsonArray Message(params JsonObject[] body)
    {
        var blocks = Rendered.WithoutCharts.Message(Rendered.Card("any", new JsonArray([.. body]))).Blocks;
        Assert.Empty(Rendered.Faults(blocks));
        return blocks;
    }

    private static JsonNode Run(JsonNode? block) => block!["elements"]![0]!["elements"]![0]!;

    private static JsonObject Beside(string text) => new()
    {
        ["type"] = "ColumnSet",
        ["columns"] = new JsonArray(
            new JsonObject { ["items"] = new JsonArray(new JsonObject { ["type"] = "TextBlock", ["text"] = text }) },
            new JsonObject
            {
                ["items"] = new JsonArray(new JsonObject
                {
                    ["type"] = "ActionSet",
                    ["actions"] = new JsonArray(new JsonObject { ["type"] = "Action.Execute", ["title"] = "Done", ["verb"] = "row.done", ["data"] = new JsonObject { ["_ap"] = "key" } }),
                }),
            }),
    };

    private static JsonObject Table(int rows) => new()
    {
        ["type"] = "Table",
        ["rows"] = new JsonArray([.. Enumerable.Range(0, rows).Select(row => new JsonObject
        {
            ["cells"] = new JsonArray([.. new[] { $"row {row}", $"{row}" }.Select(text => new JsonObject { ["items"] = new JsonArray(new JsonObject { ["type"] = "TextBlock", ["text"] = text }) })]),
        })]),
    };

    private static JsonObject Input(int number) => new() { ["type"] = "Input.Text", ["id"] = $"field{number}", ["label"] = "A question" };

    private static JsonObject ChoiceSet(string[] titles, string value) => new()
    {
        ["type"] = "Input.ChoiceSet",
        ["id"] = "field",
        ["label"] = "Who",
        ["value"] = value,
        ["choices"] = new JsonArray([.. titles.Select((title, i) => new JsonObject { ["title"] = title, ["value"] = $"v{i}" })]),
    };

    private static Card Form(JsonObject input) => Rendered.Card("any-form", new JsonArray(input));

    private static IEnumerable<JsonNode> Choices(string[] titles) => Rendered.Inputs(Rendered.Form(Form(ChoiceSet(titles, "")))).Single()["element"]!["options"]!.AsArray().Select(option => option!);
}

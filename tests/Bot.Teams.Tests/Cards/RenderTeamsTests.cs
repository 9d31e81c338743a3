using System.Text.Json;
using System.Text.Json.Nodes;
using Bot.Chat;
using Bot.Loops;
using Bot.Teams.Cards;
using Bot.Tests.Cards;
using FsCheck;
using FsCheck.Fluent;

namespace Bot.Teams.Tests.Cards;

// A message: summary beside the card, no text. Buttons: more than a row, in a form beside its own. Field errors: under their fields, named at the top, without a field;
// what was typed is kept. The typed words. Sizes: nothing cut below the limit, a fallback first, then words from the end, never a button or input. Ids that clash.
public sealed class RenderTeamsTests
{
    [Fact]
    public void The_notification_says_what_the_card_says_shortened_between_words()
    {
        var card = TeamsCards.Card(TeamsCards.Text("a")) with { Text = string.Join(' ', Enumerable.Repeat("weekly", 100)) };

        var message = TeamsCards.Render.Message(card, ConversationKind.Channel);

        Assert.Equal(250 - 250 % 7, ((string)message["summary"]!).Length);
        Assert.EndsWith("weekly…", (string?)message["summary"], StringComparison.Ordinal);
        Assert.False(message.ContainsKey("text"));
    }

    [Fact]
    public void More_buttons_than_a_row_takes_go_on_in_the_next_in_their_order()
    {
        var titles = Enumerable.Range(1, 14).Select(n => $"Week {n}").ToList();
        var card = TeamsCards.Card(TeamsCards.Row([.. titles.Select(title => TeamsCards.Button(title, ShowSchedule.Action, title))]));
        card.Content["actions"] = new JsonArray([.. titles.Take(7).Select(title => TeamsCards.Button("Root " + title, ShowSchedule.Action, title))]);

        var content = TeamsCards.Render.Card(card, ConversationKind.Personal);

        var rows = CardParts.OfType(content, "ActionSet").Select(row => row["actions"]!.AsArray()).ToList();
        Assert.Equal([6, 6, 2, 6, 1], rows.Select(row => row.Count));
        Assert.Equal([.. titles, .. titles.Take(7).Select(title => "Root " + title)], rows.SelectMany(row => row.Select(button => (string)button!["title"]!)));
        Assert.False(content.ContainsKey("actions"));
    }

    [Fact]
    public void A_button_beside_a_forms_own_does_not_ask_to_fill_it()
    {
        var form = TeamsCards.Form("loop-form");
        form.Card.Content["actions"]!.AsArray().Add(TeamsCards.Button("Schedule", ShowSchedule.Action, "a"));

        var buttons = CardParts.Actions(TeamsCards.Render.Form(form, inDialog: true)).ToList();

        Assert.Equal([null, "none"], buttons.Select(button => (string?)button["associatedInputs"]));
        Assert.All(buttons, button => Assert.Equal("Action.Submit", (string?)button["type"]));
    }

    [Theory, MemberData(nameof(CardFiles.EveryForm), MemberType = typeof(CardFiles))]
    public void Every_field_can_be_at_fault_and_says_so_right_under_itself(string sample)
    {
        var form = TeamsCards.Form(sample);
        var before = CardParts.Inputs(form.Card.Content).Select(input => (string)input["id"]!).ToList();
        var errors = before.ToDictionary(id => id, _ => "*This* is no answer.");

        var shown = TeamsCards.Render.Form(form, inDialog: true, errors);

        Assert.Equal(before, CardParts.Inputs(shown).Select(input => (string)input["id"]!));
        Assert.All(CardParts.Inputs(shown), input =>
        {
            var list = input.Parent!.AsArray();
            var line = list[list.IndexOf(input) + 1]!;
            Assert.Equal((@"\*This\* is no answer.", "Attention"), ((string?)line["text"], (string?)line["color"]));
        });
        Assert.StartsWith("**Not saved yet.** Please look again at: ", (string?)shown["body"]![0]!["text"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Look again at: Initiative; Time zone", "name", "zone")]
    [InlineData("Look again at: Who is asked each week", "people")]
    [InlineData("; Time of the review; and 2 more", "name", "owner", "people", "day", "time", "zone", "minutes")]
    public void The_top_of_a_form_names_the_first_fields_at_fault(string end, params string[] fields)
    {
        var shown = TeamsCards.Render.Form(TeamsCards.Form("loop-form"), inDialog: true, fields.ToDictionary(field => field, _ => "No."));

        Assert.EndsWith(end, (string?)shown["body"]![0]!["text"], StringComparison.OrdinalIgnoreCase);
    }

    [Theory, MemberData(nameof(CardFiles.EveryForm), MemberType = typeof(CardFiles))]
    public void A_field_at_fault_keeps_what_was_typed(string sample)
    {
        var form = TeamsCards.Form(sample);
        var errors = CardParts.Inputs(form.Card.Content).ToDictionary(input => (string)input["id"]!, _ => "No.");

        var (without, with) = (TeamsCards.Render.Form(form, inDialog: false), TeamsCards.Render.Form(form, inDialog: false, errors));

        Assert.Equal(CardParts.Inputs(without).Select(input => input.ToJsonString()), CardParts.Inputs(with).Select(input => input.ToJsonString()));
    }

    [Fact]
    public void What_is_wrong_with_no_field_of_the_form_stands_at_its_top()
    {
        var shown = TeamsCards.Render.Form(TeamsCards.Form("decision-form"), inDialog: true, new Dictionary<string, string> { ["gone"] = "This week is over." });

        Assert.Equal(("This week is over.", "Attention"), ((string?)shown["body"]![0]!["text"], (string?)shown["body"]![0]!["color"]));
        Assert.DoesNotContain(CardFiles.Texts(shown), text => text.Contains("Not saved yet", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Type /pilot loop there.", "Type @Afterpilot loop there.")]
    [InlineData("/pilot warnings why", "@Afterpilot warnings why")]
    [InlineData("See https://example.org/pilot loop", "See https://example.org/pilot loop")]
    [InlineData("/pilot the landing gear", "/pilot the landing gear")]
    [InlineData("/pilot loops", "/pilot loops")]
    public void What_one_types_is_said_as_one_types_it_in_Teams(string said, string shown)
    {
        var content = TeamsCards.Render.Card(TeamsCards.Card(TeamsCards.Text(said)), ConversationKind.Channel);

        Assert.Equal(shown, (string?)content["body"]![0]!["text"]);
    }

    [Fact]
    public void What_somebody_typed_into_a_field_is_shown_as_they_typed_it()
    {
        var form = TeamsCards.Form("decision-form.typed");
        CardParts.Inputs(form.Card.Content).Single()["value"] = "we type /pilot loop";

        var shown = TeamsCards.Render.Form(form, inDialog: true);

        Assert.Equal("we type /pilot loop", (string?)CardParts.Inputs(shown).Single()["value"]);
    }

    [Fact]
    public void A_tables_fallback_says_what_its_rows_say()
    {
        var table = CardParts.OfType(TeamsCards.Render.Card(CardFiles.Fill("portfolio.many"), ConversationKind.Channel), "Table").Single();

        Assert.Equal(Words(table["rows"]).Skip(3), Words(table["fallback"]));
    }

    [Fact]
    public void A_card_that_grew_too_large_loses_words_from_its_end_and_says_so()
    {
        var lines = Enumerable.Range(1, 2000).Select(n => TeamsCards.Text($"Line {n}, and some more to say about it.")).ToArray();
        var card = TeamsCards.Card([.. lines, TeamsCards.Row(TeamsCards.Button("Schedule", ShowSchedule.Action, "a"))]);

        var content = TeamsCards.Render.Card(card, ConversationKind.Channel);

        var words = Words(content).ToList();
        Assert.InRange(FitCard.Size(content), FitCard.Most - 300, FitCard.Most);
        Assert.Equal("… shortened", words[^1]);
        Assert.Equal(lines.Take(words.Count - 1).Select(line => (string)line["text"]!), words.SkipLast(1));
        Assert.Single(CardParts.Actions(content));
    }

    [Fact]
    public void A_row_of_words_and_a_button_is_cut_as_a_whole()
    {
        var rows = Enumerable.Range(1, 900).Select(n => new JsonObject
        {
            ["type"] = "ColumnSet",
            ["columns"] = new JsonArray(
                new JsonObject { ["type"] = "Column", ["width"] = "stretch", ["items"] = new JsonArray(TeamsCards.Text($"Action {n}")) },
                new JsonObject { ["type"] = "Column", ["width"] = "auto", ["items"] = new JsonArray(TeamsCards.Row(TeamsCards.Button("Schedule", ShowSchedule.Action, $"{n}"))) }),
        }).ToArray();

        var content = TeamsCards.Render.Card(TeamsCards.Card(rows), ConversationKind.Channel);

        Assert.InRange(FitCard.Size(content), 1, FitCard.Most);
        Assert.Equal(Words(content).Count() - 1, CardParts.Actions(content).Count());
    }

    [Fact]
    public void A_tables_fallback_goes_before_any_of_its_rows()
    {
        var card = CardFiles.Fill("portfolio.many");
        var rows = CardParts.OfType(card.Content, "Table").Single()["rows"]!.AsArray();
        while (FitCard.Size(card.Content) < FitCard.Most * 6 / 10)
        {
            rows.Add(rows[^1]!.DeepClone());
        }

        var table = CardParts.OfType(TeamsCards.Render.Card(card, ConversationKind.Channel), "Table").Single();

        Assert.Equal("drop", (string?)table["fallback"]);
        Assert.Equal(rows.Count, table["rows"]!.AsArray().Count);
    }

    [Fact]
    public void Whatever_is_on_a_card_it_fits_and_keeps_its_buttons_and_inputs()
    {
        var parts = Gen.Choose(0, 3).SelectMany(kind => Gen.Choose(1, 3000), (kind, length) => kind switch
        {
            0 => TeamsCards.Row(TeamsCards.Button("Schedule", ShowSchedule.Action, "a")),
            1 => new JsonObject { ["type"] = "Input.Text", ["id"] = $"{Guid.NewGuid()}", ["label"] = "Why" },
            2 => new JsonObject { ["type"] = "Container", ["items"] = new JsonArray(TeamsCards.Text(new string('ä', length))) },
            _ => TeamsCards.Text(new string('…', length)),
        });

        Prop.ForAll(parts.ArrayOf().ToArbitrary(), body =>
        {
            var content = TeamsCards.Render.Card(TeamsCards.Card([.. body.Select(part => part.DeepClone().AsObject())]), ConversationKind.Personal);

            Assert.InRange(FitCard.Size(content), 1, FitCard.Most);
            Assert.Equal(body.Sum(part => CardParts.Actions(part).Count() + CardParts.Inputs(part).Count()), CardParts.Actions(content).Count() + CardParts.Inputs(content).Count());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100).WithEndSize(120));
    }

    [Fact]
    public void Texts_that_stand_alone_in_their_containers_are_cut_until_the_card_fits()
    {
        var alone = Enumerable.Range(0, 500).Select(_ => new JsonObject { ["type"] = "Container", ["items"] = new JsonArray(TeamsCards.Text("a")) }).ToArray<JsonObject>();
        var filler = TeamsCards.Text(new string('x', 10_000));

        var content = TeamsCards.Render.Card(TeamsCards.Card([filler, .. alone]), ConversationKind.Personal);

        Assert.InRange(FitCard.Size(content), 1, FitCard.Most);
    }

    [Theory]
    [InlineData("_ap")]
    [InlineData("msteams")]
    [InlineData("TEXT")]
    public void An_input_that_would_write_over_another_or_over_the_bots_own_key_is_refused(string id)
    {
        var form = TeamsCards.Form("decision-form");
        form.Card.Content["body"]!.AsArray().Add(new JsonObject { ["type"] = "Input.Text", ["id"] = id });

        Assert.Throws<InvalidOperationException>(() => TeamsCards.Render.Form(form, inDialog: true));
    }

    private static IEnumerable<string> Words(JsonNode? within) => CardParts.OfType(within, "TextBlock").Select(block => (string)block["text"]!);
}

using System.Text.Json.Nodes;
using Bot.Chat;
using Bot.Slack.Blocks;
using Bot.Tests.Cards;
using FsCheck;
using FsCheck.Fluent;

namespace Bot.Slack.Tests.Blocks;

/// <summary>
/// From a form to Slack and back: what <c>view.state.values</c> gives of each kind of input is what was typed.
/// 1. each kind, filled and empty; 2. any text; 3. a form opened again shows its draft, in the same fields, and gives it back;
/// 4. what stands in the samples; 5. an empty list has nothing in it.
/// </summary>
public sealed class RoundTripTests
{
    [Theory]
    [InlineData("Input.Text", "An answer", """{"type":"plain_text_input","value":"An answer"}""")]
    [InlineData("Input.Text", "-", """{"type":"plain_text_input","value":"-"}""")]
    [InlineData("Input.Text", null, """{"type":"plain_text_input","value":null}""")]
    [InlineData("Input.Number", "30", """{"type":"number_input","value":"30"}""")]
    [InlineData("Input.Number", "2.5", """{"type":"number_input","value":"2.5"}""")]
    [InlineData("Input.Date", "2026-11-28", """{"type":"datepicker","selected_date":"2026-11-28"}""")]
    [InlineData("Input.Date", null, """{"type":"datepicker","selected_date":null}""")]
    [InlineData("Input.Time", "09:30", """{"type":"timepicker","selected_time":"09:30","timezone":null}""")]
    [InlineData("Input.Toggle", "true", """{"type":"checkboxes","selected_options":[{"text":{"type":"plain_text","text":"Yes"},"value":"true"}]}""")]
    [InlineData("Input.Toggle", null, """{"type":"checkboxes","selected_options":[]}""")]
    [InlineData("expanded", "b", """{"type":"radio_buttons","selected_option":{"text":{"type":"plain_text","text":"B"},"value":"b"}}""")]
    [InlineData("compact", "b", """{"type":"static_select","selected_option":{"text":{"type":"plain_text","text":"B"},"value":"b"}}""")]
    [InlineData("compact", null, """{"type":"static_select","selected_option":null}""")]
    [InlineData("expanded several", "a,b", """{"type":"checkboxes","selected_options":[{"text":{"type":"plain_text","text":"A"},"value":"a"},{"text":{"type":"plain_text","text":"B"},"value":"b"}]}""")]
    [InlineData("compact several", "a,b", """{"type":"multi_static_select","selected_options":[{"text":{"type":"plain_text","text":"A"},"value":"a"},{"text":{"type":"plain_text","text":"B"},"value":"b"}]}""")]
    public void An_input_gives_back_what_was_typed(string kind, string? typed, string slacks)
    {
        var card = Form(Input(kind, typed));

        var modal = Rendered.Form(card);

        var element = Rendered.Inputs(modal).Single()["element"]!;
        var values = ReadState.Read(new JsonObject { ["field"] = new JsonObject { ["field"] = JsonNode.Parse(slacks) } });
        Assert.Equal(JsonNode.Parse(slacks)!["type"]!.ToString(), element["type"]!.ToString());
        Assert.Equal(typed, values["field"]);
        Assert.Equal(typed, ReadState.Read(FormState.Of(modal))["field"]);
    }

    [Fact]
    public void Any_text_comes_back_as_it_was_typed() => Prop.ForAll(AnyCard.Text.ToArbitrary(), text =>
    {
        var typed = text.Length > 3000 ? text[..1000].TrimEnd('\uD83D', '\uD83C') : text;

        var back = ReadState.Read(FormState.Of(Rendered.Form(Form(Input("Input.Text", typed)))));

        Assert.Equal(string.IsNullOrWhiteSpace(typed) ? null : typed.Trim(), back["field"]);
    }).Check(Config.QuickThrowOnFailure);

    [Theory, MemberData(nameof(CardFiles.EveryForm), MemberType = typeof(CardFiles))]
    public void A_form_that_is_opened_again_has_what_was_typed_in_the_same_fields(string template)
    {
        foreach (var sample in CardFiles.Samples.Keys.Where(sample => CardFiles.TemplateOf(sample) == template))
        {
            var card = CardFiles.Fill(sample);
            var typed = CardFiles.OfType(card.Content, "Input.")
                .Where(input => input["value"]?.ToString() is { Length: > 0 } && ((string?)input["type"] != "Input.Toggle" || (string?)input["value"] == "true"))
                .ToDictionary(input => (string)input["id"]!, input => input["value"]!.ToString().Trim());

            var (first, again) = (Rendered.Form(card), Rendered.Form(card));

            Assert.Equal(typed, ReadState.Read(FormState.Of(first)).All);
            Assert.Equal(Ids(first), Ids(again));
        }
    }

    [Fact]
    public void Where_there_is_nothing_to_choose_nothing_is_chosen()
    {
        var input = Input("compact", null);
        input["choices"] = new JsonArray();
        var modal = Rendered.Form(Form(input));
        var only = Rendered.Inputs(modal).Single()["element"]!["options"]!.AsArray().Single()!;

        var values = ReadState.Read(new JsonObject { ["field"] = new JsonObject { ["field"] = new JsonObject { ["type"] = "static_select", ["selected_option"] = only.DeepClone() } } });

        Assert.Empty(Rendered.Faults(modal));
        Assert.Empty(values.All);
    }

    [Theory]
    [InlineData("12.5", true)]
    [InlineData("12", false)]
    [InlineData("5", false)]
    [InlineData("500", false)]
    public void A_number_is_shown_again_whatever_the_bounds_are(string typed, bool decimals)
    {
        var input = Input("Input.Number", typed);
        (input["min"], input["max"]) = (10, 120);

        var modal = Rendered.Form(Form(input));

        Assert.Empty(Rendered.Faults(modal));
        var element = Rendered.Inputs(modal).Single()["element"]!;
        Assert.Equal((typed, decimals), ((string?)element["initial_value"], (bool)element["is_decimal_allowed"]!));
    }

    private static JsonObject Input(string kind, string? typed)
    {
        var input = new JsonObject { ["id"] = "field", ["type"] = kind, ["label"] = "A question", ["value"] = typed };
        if (kind == "Input.Toggle")
        {
            (input["title"], input["valueOn"], input["valueOff"], input["value"]) = ("Yes", "true", "false", typed ?? "false");
        }

        if (!kind.StartsWith("Input.", StringComparison.Ordinal))
        {
            (input["type"], input["style"], input["isMultiSelect"]) = ("Input.ChoiceSet", kind.Split(' ')[0], kind.Contains("several"));
            input["choices"] = new JsonArray([.. "abc".Select(value => new JsonObject { ["title"] = $"{char.ToUpperInvariant(value)}", ["value"] = $"{value}" })]);
        }

        return input;
    }

    private static Card Form(JsonObject input) => Rendered.Card("any-form", new JsonArray(input));

    private static IEnumerable<(string?, string?)> Ids(JsonObject modal) => Rendered.Inputs(modal).Select(input => ((string?)input["block_id"], (string?)input["element"]!["action_id"]));
}

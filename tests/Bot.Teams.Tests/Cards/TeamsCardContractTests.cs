using System.Text.Json;
using System.Text.Json.Nodes;
using Bot.Chat;
using Bot.Teams.Cards;
using Bot.Tests.Cards;

namespace Bot.Teams.Tests.Cards;

// Every sample at every place (personal chat, group, channel, dialog): known elements with known properties and values, something to show
// instead of each extension, sizes, unique ids, buttons that arrive in the way their place has, the reserved key and nothing beside it.
public sealed class TeamsCardContractTests
{
    private static readonly string[] Spacings = ["None", "Default", "Small", "Medium", "Large", "ExtraLarge", "Padding"];

    /// <summary>What is known of each element ("Cards reference", the Adaptive Cards 1.5 schema); an array is the only values there are.</summary>
    private static readonly Dictionary<string, Dictionary<string, string[]>> Known = new()
    {
        ["AdaptiveCard"] = Of("$schema version:1.5 fallbackText body actions msteams"),
        ["TextBlock"] = Block("text wrap isSubtle style:heading weight:Default,Bolder color:Attention"),
        ["RichTextBlock"] = Block("inlines"),
        ["TextRun"] = Of("text isSubtle weight:Default,Bolder fontType:Default,Monospace"),
        ["Container"] = Block("items"),
        ["ColumnSet"] = Block("columns"),
        ["Column"] = Of("items width:auto,stretch verticalContentAlignment:Center"),
        ["FactSet"] = Block("facts"),
        ["Table"] = Block("columns rows firstRowAsHeaders showGridLines fallback"),
        ["TableRow"] = Of("cells"),
        ["TableCell"] = Of("items"),
        ["ActionSet"] = Block("actions"),
        ["Chart.Line"] = Block("title showTitle xAxisTitle yAxisTitle data fallback"),
        ["Input.Text"] = Input("placeholder isMultiline maxLength"),
        ["Input.Number"] = Input("min max"),
        ["Input.Date"] = Input(""),
        ["Input.Time"] = Input(""),
        ["Input.Toggle"] = Input("title valueOn:true valueOff:false wrap"),
        ["Input.ChoiceSet"] = Input("choices placeholder style:compact,expanded isMultiSelect wrap"),
        ["Action.Execute"] = Of("title verb data style:default,positive,destructive"),
        ["Action.Submit"] = Of("title data style:default,positive,destructive"),
        ["Action.OpenUrl"] = Of("title url"),
    };

    private static readonly string[] Extensions = ["Chart.Line", "Table"];
    private static readonly string[] ChartColors = ["good", "warning", "attention", "neutral", "categoricalBlue"];

    [Theory, MemberData(nameof(CardFiles.EverySample), MemberType = typeof(CardFiles))]
    public void Only_elements_properties_and_values_that_Teams_knows_are_sent(string sample)
    {
        var cards = TeamsCards.Everywhere(sample).ToList();

        Assert.All(cards.SelectMany(shown => CardParts.All(shown.Card)).Where(part => (string?)part["type"] != "task/fetch"), part =>
        {
            var known = Known[(string)part["type"]!];
            Assert.All(part.Where(member => member.Key != "type"), member =>
            {
                Assert.True(known.TryGetValue(member.Key, out var values), $"{part["type"]} has no {member.Key}.");
                Assert.True(values.Length == 0 || values.Contains(member.Value!.ToString()), $"{part["type"]}.{member.Key} cannot be {member.Value}.");
            });
        });
    }

    [Theory, MemberData(nameof(CardFiles.EverySample), MemberType = typeof(CardFiles))]
    public void Every_extension_has_something_to_show_instead_and_the_whole_card_too(string sample)
    {
        var cards = TeamsCards.Everywhere(sample).ToList();

        Assert.All(cards, shown => Assert.False(string.IsNullOrWhiteSpace((string?)shown.Card["fallbackText"])));
        Assert.All(cards.SelectMany(shown => CardParts.All(shown.Card)), part => Assert.Equal(Extensions.Contains((string?)part["type"]), part["fallback"] is JsonObject));
        Assert.All(cards, shown => Assert.DoesNotContain(CardParts.All(shown.Card), part => part.ContainsKey("refresh")));
    }

    [Theory, MemberData(nameof(CardFiles.EverySample), MemberType = typeof(CardFiles))]
    public void A_card_with_a_table_or_chart_takes_the_whole_width_and_no_other_does(string sample)
    {
        var cards = TeamsCards.Everywhere(sample).ToList();

        Assert.All(cards, shown =>
        {
            var profits = shown.Place != TeamsCards.Dialog && CardParts.All(shown.Card).Any(part => Extensions.Contains((string?)part["type"]));
            Assert.Equal(profits ? """{"width":"Full"}""" : null, shown.Card["msteams"]?.ToJsonString());
        });
    }

    [Theory, MemberData(nameof(CardFiles.EverySample), MemberType = typeof(CardFiles))]
    public void Every_message_is_within_the_size_and_says_something_in_the_notification(string sample)
    {
        var message = CardFiles.IsForm(CardFiles.TemplateOf(sample)) ? TeamsCards.Render.Message(TeamsCards.Form(sample)) : TeamsCards.Render.Message(CardFiles.Fill(sample), ConversationKind.Channel);

        Assert.Equal(["type", "summary", "attachments"], message.Select(member => member.Key));
        Assert.InRange(((string)message["summary"]!).Length, 1, 250);
        Assert.Equal("application/vnd.microsoft.card.adaptive", (string?)Assert.Single(message["attachments"]!.AsArray())!["contentType"]);
        Assert.InRange(FitCard.Size(message), 1, FitCard.Most);
    }

    [Theory, MemberData(nameof(CardFiles.EverySample), MemberType = typeof(CardFiles))]
    public void No_two_inputs_share_an_id_and_none_is_called_as_the_reserved_keys(string sample)
    {
        var cards = TeamsCards.Everywhere(sample).ToList();

        Assert.All(cards, shown =>
        {
            var ids = CardParts.Inputs(shown.Card).Select(input => (string)input["id"]!).ToList();
            Assert.Equal(ids.Count, ids.Distinct(StringComparer.OrdinalIgnoreCase).Count());
            Assert.DoesNotContain(ids, id => id is "_ap" or "msteams" or "");
        });
    }

    [Theory, MemberData(nameof(CardFiles.EverySample), MemberType = typeof(CardFiles))]
    public void A_value_has_the_shape_its_input_can_show(string sample)
    {
        var inputs = TeamsCards.Everywhere(sample).SelectMany(shown => CardParts.Inputs(shown.Card)).Where(input => input.ContainsKey("value")).ToList();

        Assert.All(inputs, input => Assert.True(
            (string)input["type"]! switch
            {
                "Input.Number" => input["value"]!.GetValueKind() == JsonValueKind.Number,
                "Input.Date" => DateOnly.TryParseExact(input["value"]!.ToString(), "yyyy-MM-dd", out _),
                "Input.Time" => TimeOnly.TryParseExact(input["value"]!.ToString(), "HH:mm", out _),
                "Input.ChoiceSet" => input["value"]!.ToString().Split(',').All(chosen => input["choices"]!.AsArray().Any(choice => (string?)choice!["value"] == chosen)),
                _ => input["value"]!.GetValueKind() == JsonValueKind.String,
            },
            $"{input["id"]} cannot show {input["value"]}."));
        Assert.All(inputs.Where(input => (string?)input["type"] == "Input.ChoiceSet"), set => Assert.All(set["choices"]!.AsArray(), choice => Assert.DoesNotContain(',', (string)choice!["value"]!)));
    }

    [Theory, MemberData(nameof(CardFiles.EverySample), MemberType = typeof(CardFiles))]
    public void A_row_has_no_more_buttons_than_are_shown_and_none_is_lost(string sample)
    {
        var own = CardFiles.OfType(CardFiles.Fill(sample).Content, "Action.").Select(button => (string)button["title"]!).ToList();

        var cards = TeamsCards.Everywhere(sample).ToList();

        Assert.All(cards, shown =>
        {
            Assert.All(CardParts.All(shown.Card).Where(part => part["actions"] is not null), row => Assert.InRange(row["actions"]!.AsArray().Count, 0, 6));
            Assert.Equal(own.Order(), CardParts.Actions(shown.Card).Select(button => (string)button["title"]!).Order());
        });
    }

    [Theory, MemberData(nameof(CardFiles.EverySample), MemberType = typeof(CardFiles))]
    public void A_button_arrives_as_its_place_has_it_and_carries_the_reserved_key_alone(string sample)
    {
        var cards = TeamsCards.Everywhere(sample).ToList();

        Assert.All(cards.SelectMany(shown => CardParts.Actions(shown.Card).Select(button => (shown.Place, Button: button))), shown =>
        {
            var (place, button) = shown;
            var opensForm = Verb(button) is { } verb && CardFiles.Catalogue.Action(verb)!.OpensForm;
            switch ((string)button["type"]!)
            {
                case "Action.OpenUrl":
                    Assert.False(button.ContainsKey("data"));
                    break;
                case "Action.Execute":
                    Assert.True(place != TeamsCards.Dialog && (place == TeamsCards.Personal || !opensForm), $"{button["verb"]} cannot be executed in {place}.");
                    Assert.Equal("_ap", Assert.Single(button["data"]!.AsObject()).Key);
                    Assert.Equal(JsonValueKind.String, button["data"]!["_ap"]!.GetValueKind());
                    break;
                default:
                    Assert.True(place == TeamsCards.Dialog || (place != TeamsCards.Personal && opensForm), $"{Verb(button)} cannot be submitted in {place}.");
                    Assert.Equal(["verb", "key"], button["data"]!["_ap"]!.AsObject().Select(member => member.Key));
                    Assert.Equal(place == TeamsCards.Dialog ? null : """{"type":"task/fetch"}""", button["data"]!["msteams"]?.ToJsonString());
                    Assert.Equal(place == TeamsCards.Dialog ? 1 : 2, button["data"]!.AsObject().Count);
                    break;
            }
        });
    }

    [Theory, MemberData(nameof(CardFiles.EverySample), MemberType = typeof(CardFiles))]
    public void What_a_button_carries_is_read_back_wherever_it_was_pressed(string sample)
    {
        var pointed = Pointers(CardFiles.Fill(sample).Content, button => new ActionRef((string)button["verb"]!, (string)button["data"]!["_ap"]!));

        var cards = TeamsCards.Everywhere(sample).ToList();

        Assert.All(cards, shown => Assert.Equal(pointed, Pointers(shown.Card, button => ReservedKey.Read(JsonSerializer.SerializeToElement(button["data"]), (string?)button["verb"])!)));
    }

    [Theory, MemberData(nameof(CardFiles.EverySample), MemberType = typeof(CardFiles))]
    public void A_chart_has_a_title_to_see_and_points_and_colors_that_are_known(string sample)
    {
        var charts = TeamsCards.Everywhere(sample).SelectMany(shown => CardParts.OfType(shown.Card, "Chart.Line")).ToList();

        Assert.All(charts, chart =>
        {
            Assert.True((bool?)chart["showTitle"]);
            Assert.All(chart["data"]!.AsArray(), line => Assert.Contains((string)line!["color"]!, ChartColors));
            Assert.All(chart["data"]!.AsArray().SelectMany(line => line!["values"]!.AsArray()), point =>
            {
                Assert.True(DateOnly.TryParseExact((string)point!["x"]!, "yyyy-MM-dd", out _));
                Assert.Equal(JsonValueKind.Number, point["y"]!.GetValueKind());
            });
        });
    }

    [Theory, MemberData(nameof(CardFiles.EverySample), MemberType = typeof(CardFiles))]
    public void No_card_tells_to_type_what_Teams_would_not_bring_to_the_bot(string sample)
    {
        var cards = TeamsCards.Everywhere(sample).ToList();

        Assert.All(cards.SelectMany(shown => CardFiles.Texts(shown.Card)), text => Assert.DoesNotContain("/pilot ", text, StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(CardFiles.EverySample), MemberType = typeof(CardFiles))]
    public void The_card_itself_is_left_as_it_was(string sample)
    {
        var card = CardFiles.Fill(sample);
        var before = card.Content.ToJsonString();

        _ = TeamsCards.Render.Message(card, ConversationKind.Channel);
        _ = TeamsCards.Render.Dialog(card);

        Assert.Equal(before, card.Content.ToJsonString());
    }

    private static List<ActionRef> Pointers(JsonObject card, Func<JsonObject, ActionRef> read) =>
        [.. CardParts.Actions(card).Where(button => (string?)button["type"] != "Action.OpenUrl").Select(read).OrderBy(action => action.Name).ThenBy(action => action.Key)];

    private static string? Verb(JsonObject button) => (string?)button["verb"] ?? (button["data"]?["_ap"] is JsonObject ours ? (string?)ours["verb"] : null);

    private static Dictionary<string, string[]> Of(string properties) => properties.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(property => property.Split(':'))
        .ToDictionary(property => property[0], property => property.Length > 1 ? property[1].Split(',') : []);

    private static Dictionary<string, string[]> Block(string properties) => new(Of(properties + " separator")) { ["spacing"] = Spacings };

    private static Dictionary<string, string[]> Input(string properties) => Block(properties + " id label value isRequired errorMessage");
}

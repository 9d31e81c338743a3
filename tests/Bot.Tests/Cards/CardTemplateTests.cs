using System.Text.Json;
using System.Text.Json.Nodes;
using Bot.Cards;
using FsCheck;
using FsCheck.Fluent;

namespace Bot.Tests.Cards;

/// <summary>Laws that hold for every card: data stays data, the input is left alone, the result is fresh, threads may share a template.</summary>
public sealed class CardTemplateTests
{
    private const string Card = """
        {
          "type": "AdaptiveCard",
          "body": [
            { "type": "TextBlock", "text": "Week ${week} of ${team.name}" },
            { "type": "TextBlock", "$data": "${people}", "$when": "${score > 2}", "text": "${$index}: ${name}, ${join(tags, '/')}" },
            { "type": "Fixed", "list": [ 1, { "deep": [ "x" ] } ] },
            { "type": "Copy", "whole": "${team}", "reversed": "${reverse(numbers)}", "sorted": "${sortBy(numbers)}" }
          ]
        }
        """;

    private const string Data = """
        {
          "week": 47, "team": { "name": "Core", "lead": { "id": 7 } }, "numbers": [ 3, 1, 2 ],
          "people": [ { "name": "Ann", "score": 5, "tags": [ "a", "b" ] }, { "name": "Ben", "score": 1, "tags": [] }, { "name": "Cy", "score": 3, "tags": [ "c" ] } ]
        }
        """;

    private static readonly string[] Nasty = ["${$root.secret}", "${", "}", "`", "\\", "\\$", "'", "\"", "${1+1}", "\n", "$", "{", "ü", "😀", "\u2028", "", "x"];

    private static Gen<string> Texts => Gen.OneOf(
        ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get),
        Gen.Elements(Nasty).ArrayOf().Select(string.Concat));

    [Fact]
    public void Data_appears_verbatim_and_is_never_read_as_an_expression()
    {
        var template = CardTemplate.Parse("echo", """
            {
              "alone": "${t}", "within": "<${t}>", "joined": "${concat(t, '')}", "listed": "${join(createArray(t, t), '|')}",
              "rows": [ { "$data": "${l}", "text": "${$data}" } ], "whole": "${o}", "chosen": "${if(true, t, '')}"
            }
            """);

        Prop.ForAll(Texts.ToArbitrary(), text =>
        {
            var data = new JsonObject { ["t"] = text, ["l"] = new JsonArray(text, text), ["o"] = new JsonObject { ["k"] = text }, ["secret"] = "S" };

            var card = template.Expand(data)!;

            return (string?)card["alone"] == text && (string?)card["within"] == $"<{text}>" && (string?)card["joined"] == text
                && (string?)card["listed"] == $"{text}|{text}" && (string?)card["rows"]![1]!["text"] == text && (string?)card["whole"]!["k"] == text
                && (string?)card["chosen"] == text;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Any_text_is_either_read_or_refused_but_never_crashes_the_parser()
    {
        Prop.ForAll(Texts.ToArbitrary(), text =>
        {
            var json = new JsonObject { ["t"] = "${" + text + "}" }.ToJsonString();

            var failure = Record.Exception(() => CardTemplate.Parse("any", json).Expand(JsonNode.Parse(Data)));

            return failure is null or CardTemplateException or CardExpansionException;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Expanding_leaves_the_data_as_it_was()
    {
        var data = JsonNode.Parse(Data)!;

        CardTemplate.Parse("card", Card).Expand(data);

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Data), data));
    }

    [Fact]
    public void What_is_done_to_an_expanded_card_shows_neither_in_the_data_nor_in_the_next_card()
    {
        var template = CardTemplate.Parse("card", Card);
        var data = JsonNode.Parse(Data)!;
        var card = template.Expand(data)!;
        var untouched = card.ToJsonString();

        card["body"]![3]!["list"]![1]!["deep"]!.AsArray().Add("changed");
        card["body"]!.AsArray()[^1]!["whole"]!["lead"]!["id"] = 8;

        Assert.Equal(untouched, template.Expand(data)!.ToJsonString());
    }

    [Fact]
    public void Threads_may_share_a_template_and_its_data()
    {
        var template = CardTemplate.Parse("card", Card);
        var data = JsonNode.Parse(Data)!;
        var cards = new string[400];

        Parallel.For(0, cards.Length, i => cards[i] = template.Expand(data)!.ToJsonString());

        Assert.Single(cards.Distinct());
        Assert.Contains("0: Ann, a/b", cards[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Data_made_in_memory_reads_like_data_from_JSON()
    {
        var template = CardTemplate.Parse("card", """{ "a": "${whole + half + big}", "b": "${formatDateTime(at, 'd MMM yyyy')}", "c": "${yes}", "d": "${id}" }""");
        var id = Guid.Parse("0193a5f2-0000-7000-8000-000000000001");
        var data = new JsonObject
        {
            ["whole"] = 40, ["half"] = 1.5m, ["big"] = 5_000_000_000L, ["yes"] = true, ["id"] = JsonValue.Create(id),
            ["at"] = JsonValue.Create(new DateTimeOffset(2026, 11, 22, 23, 30, 0, TimeSpan.FromHours(-2))),
        };

        var card = template.Expand(data);

        Assert.Equal($$"""{"a":5000000041.5,"b":"23 Nov 2026","c":true,"d":"{{id}}"}""", card!.ToJsonString());
    }

    [Fact]
    public void A_number_can_be_asked_for_as_any_kind_of_number()
    {
        var card = CardTemplate.Parse("card", """{ "a": "${1 + n}", "b": 3 }""").Expand(JsonNode.Parse("""{ "n": 1 }"""))!;

        Assert.Equal((2, 2L, 2d, 3), (card["a"]!.GetValue<int>(), card["a"]!.GetValue<long>(), card["a"]!.GetValue<double>(), card["b"]!.GetValue<int>()));
    }

    [Fact]
    public void Reverse_does_not_turn_the_data_around_as_it_does_in_the_reference()
    {
        var template = CardTemplate.Parse("card", """{ "a": "${reverse(l)}", "b": "${reverse(l)}" }""");

        var card = template.Expand(JsonNode.Parse("""{ "l": [ 1, 2 ] }"""));

        Assert.Equal("""{"a":[2,1],"b":[2,1]}""", card!.ToJsonString());
    }

    [Fact]
    public void A_quoted_word_in_a_date_format_stays_a_word()
    {
        var template = CardTemplate.Parse("card", """{ "a": "${formatDateTime(at, \"d MMMM 'at' HH:mm\")}" }""");

        var card = template.Expand(new JsonObject { ["at"] = "2026-11-22T09:30:00Z" });

        Assert.Equal("22 November at 09:30", (string?)card!["a"]);
    }

    [Fact]
    public void A_constant_card_is_copied_as_it_is()
    {
        const string json = """{"a":1.50,"b":[{"c":"\u00e4"}],"d":null,"e":{}}""";

        var card = CardTemplate.Parse("constant", json).Expand(null);

        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(json).RootElement, JsonSerializer.SerializeToElement(card)));
    }
}

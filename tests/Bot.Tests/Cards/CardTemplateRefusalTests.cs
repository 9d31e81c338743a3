using System.Text.Json.Nodes;
using Bot.Cards;
using Bot.Cards.Expressions;

namespace Bot.Tests.Cards;

/// <summary>What a template may not be: bad JSON, bad expressions, unknown functions, wrong arguments, too deep; and what data may not be.</summary>
public sealed class CardTemplateRefusalTests
{
    [Theory]
    [InlineData("${toUper(name)}", "there is no function toUper; did you mean toUpper?")]
    [InlineData("Hi ${name}, ${cuont(list)}", "did you mean count?")]
    [InlineData("${isoWeekOfTheRound(date)}", "the known ones are abs, add")]
    [InlineData("${utcNow()}", "put the instant into its data")]
    [InlineData("${if(a, b)}", "if takes 3 arguments, not 2")]
    [InlineData("${toUpper()}", "toUpper takes 1 argument, not 0")]
    [InlineData("${round(1, 2, 3)}", "round takes 1 to 2 arguments, not 3")]
    [InlineData("${union()}", "union takes at least 1 argument, not 0")]
    [InlineData("${toUpper(5)}", "argument 1 of toUpper, 5, can never be what is needed there: Text")]
    [InlineData("${select(people, 'p', p.name)}", "the second argument of select must be a plain name")]
    [InlineData("${a +}", "expected a value at character 4, found the end")]
    [InlineData("${a b}", "expected an operator or the end at character 3, found 'b'")]
    [InlineData("${(a}", "expected ')' at character 3, found the end")]
    [InlineData("${week %2}", "write a space after %")]
    [InlineData("${{a: 1}}", "objects in braces are not supported")]
    [InlineData("${a ; b}", "';' at character 3 means nothing here")]
    [InlineData("${'open}", "never closed")]
    [InlineData("Hi ${name", "a ${ is never closed")]
    [InlineData("Hi ${ }", "there is nothing between ${ and }")]
    [InlineData("`${name}`", "backtick")]
    public void A_text_that_cannot_work_is_refused_with_its_place_and_a_remedy(string text, string message)
    {
        var json = new JsonObject { ["body"] = new JsonArray("fine", new JsonObject { ["a/b"] = text }) }.ToJsonString();

        var refusal = Assert.Throws<CardTemplateException>(() => CardTemplate.Parse("check-in", json));

        Assert.Equal(("check-in", "/body/1/a~1b"), (refusal.Card, refusal.Pointer));
        Assert.Contains("The card 'check-in' cannot be used. At /body/1/a~1b:", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "a": """, "it is not valid JSON, line 1")]
    [InlineData("""{ "a": 1, "a": 2 }""", "it is not valid JSON")]
    [InlineData("""{ "p": { "$data": { "x": "${y}" } } }""", "data written into the card cannot have ${...} inside")]
    public void A_template_that_is_not_sound_JSON_is_refused(string json, string message)
    {
        var refusal = Assert.Throws<CardTemplateException>(() => CardTemplate.Parse("broken", json));

        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$data")]
    [InlineData("$when")]
    public void An_unknown_function_in_data_or_when_is_refused_at_its_own_pointer(string property)
    {
        var json = new JsonObject { ["body"] = new JsonArray(new JsonObject { [property] = "${nope(1)}" }) }.ToJsonString();

        var refusal = Assert.Throws<CardTemplateException>(() => CardTemplate.Parse("card", json));

        Assert.Equal($"/body/0/{property}", refusal.Pointer);
    }

    [Theory]
    [InlineData("(", "1", ")")]
    [InlineData("!", "true", "")]
    [InlineData("[", "1", "]")]
    [InlineData("toUpper(", "a", ")")]
    [InlineData("a[", "0", "]")]
    [InlineData("2 ^ ", "1", "")]
    [InlineData("t ? ", "1", " : 2")]
    [InlineData("1 + ", "1", "")]
    [InlineData("", "a", ".b")]
    [InlineData("", "a", "[0]")]
    public void An_expression_that_is_too_deep_or_too_long_is_refused_rather_than_overflowing_the_stack(string before, string middle, string after)
    {
        var text = string.Concat(Enumerable.Repeat(before, 50_000)) + middle + string.Concat(Enumerable.Repeat(after, 50_000));
        var json = new JsonObject { ["t"] = $"${{{text}}}" }.ToJsonString();

        var refusal = Assert.Throws<CardTemplateException>(() => CardTemplate.Parse("deep", json));

        Assert.Contains("work the value out before it gets into the data", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sixty_nested_parentheses_are_still_read()
    {
        var json = new JsonObject { ["t"] = $"${{{new string('(', 60)}n{new string(')', 60)}}}" }.ToJsonString();

        var card = CardTemplate.Parse("deep enough", json).Expand(JsonNode.Parse("""{ "n": 1 }"""));

        Assert.Equal("""{"t":1}""", card!.ToJsonString());
    }

    [Fact]
    public void A_null_inside_a_text_is_refused_with_the_place_and_a_guard()
    {
        var template = CardTemplate.Parse("check-in", """{ "body": [ { "text": "Hi ${name}" } ] }""");

        var refusal = Assert.Throws<CardExpansionException>(() => template.Expand(JsonNode.Parse("""{ "name": null }""")));

        Assert.Equal(("check-in", "/body/0/text"), (refusal.Card, refusal.Pointer));
        Assert.Contains("${if(name == null, '', name)}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_range_as_long_as_its_data_wishes_is_refused()
    {
        var template = CardTemplate.Parse("card", """{ "a": "${range(1, n)}" }""");

        Assert.Throws<CardExpansionException>(() => template.Expand(JsonNode.Parse("""{ "n": 1000000000 }""")));
    }

    [Fact]
    public void Every_function_name_is_its_own_nearest_name()
    {
        var names = Functions.Names.ToList();

        Assert.All(names, name => Assert.Contains($"did you mean {name}?", Functions.Advice(name), StringComparison.Ordinal));
    }
}

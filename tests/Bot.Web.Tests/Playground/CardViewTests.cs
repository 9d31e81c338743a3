using System.Text.Json.Nodes;
using Bot.Web.Playground.Cards;

namespace Bot.Web.Tests.Playground;

public sealed class CardViewTests
{
    public static TheoryData<string, string> Rendered => new()
    {
        { """{"type":"TextBlock","text":"Calls **41** of *60*","size":"large","weight":"bolder"}""", "size-large weight-bolder" },
        { """{"type":"TextBlock","text":"Digest","style":"heading","size":"Large"}""", "<h3" },
        { """{"type":"TextBlock","text":"Digest","style":"heading"}""", "<h4" },
        { """{"type":"TextBlock","text":"- one\n- two"}""", "<ul><li>one</li><li>two</li></ul>" },
        { """{"type":"TextBlock","text":"3. one\n4. two"}""", "<ol start=\"3\"><li>one</li><li>two</li></ol>" },
        { """{"type":"TextBlock","text":"one\ntwo\n\nthree"}""", "<p>one<br>two</p><p>three</p>" },
        { """{"type":"TextBlock","text":"***both*** and 2\\*3 and snake_case_name"}""", "<strong><em>both</em></strong> and 2*3 and snake_case_name" },
        { """{"type":"TextBlock","text":"[report](https://example.org/r?a=1)"}""", "href=\"https://example.org/r?a=1\" target=\"_blank\" rel=\"noopener noreferrer\"" },
        { """{"type":"RichTextBlock","inlines":[{"type":"TextRun","text":"not **bold**","italic":true,"isSubtle":true}]}""", "<span class=\"subtle italic\">not **bold**</span>" },
        { """{"type":"Container","style":"attention","items":[{"type":"TextBlock","text":"in it"}],"separator":true}""", "ruled style-attention" },
        { """{"type":"ColumnSet","columns":[{"width":"auto","items":[]},{"width":1,"items":[]},{"width":3,"items":[]}]}""", "share-75" },
        { """{"type":"FactSet","facts":[{"title":"Stage","value":"pilot"}]}""", "<dt dir=\"auto\">Stage</dt>" },
        { """{"type":"Table","rows":[{"type":"TableRow","cells":[{"type":"TableCell","items":[{"type":"TextBlock","text":"Head"}]}]}]}""", "<th scope=\"col\">" },
        { """{"type":"ActionSet","actions":[{"type":"Action.Execute","title":"Go","verb":"v","data":{"_ap":"k|1"},"style":"positive"}]}""", "class=\"positive\" name=\"pg.press\" value=\"v|k|1\"" },
        { """{"type":"ActionSet","actions":[{"type":"Action.OpenUrl","title":"Report","url":"/reports/1"}]}""", "href=\"/reports/1\"" },
        { """{"type":"Image","url":"https://example.org/a.png","altText":"twelve weeks"}""", "alt=\"twelve weeks\"" },
        { """{"type":"ImageSet","images":[{"type":"Image","url":"https://example.org/a.png"}]}""", "class=\"images" },
        { """{"type":"Input.Text","id":"a","label":"Why","isMultiline":true,"maxLength":2000,"value":"because"}""", "because</textarea>" },
        { """{"type":"Input.Text","id":"a","label":"Why","maxLength":2000}""", "Up to 2,000 characters." },
        { """{"type":"Input.Number","id":"a","label":"Hours","value":3}""", "inputmode=\"decimal\" dir=\"auto\" value=\"3\"" },
        { """{"type":"Input.Date","id":"a","label":"Due","min":"2026-11-22"}""", "type=\"date\"" },
        { """{"type":"Input.Time","id":"a","label":"At"}""", "type=\"time\"" },
        { """{"type":"Input.Toggle","id":"a","title":"Without my name","value":"true"}""", "value=\"true\" checked" },
        { """{"type":"Input.ChoiceSet","id":"a","label":"Why","choices":[{"title":"One","value":"1"}],"value":"1"}""", "<option value=\"1\" selected>" },
        { """{"type":"Input.ChoiceSet","id":"a","label":"Why","style":"expanded","choices":[{"title":"One","value":"1"}],"isRequired":true}""", "role=\"radiogroup\" aria-required=\"true\"" },
        { """{"type":"Input.ChoiceSet","id":"a","label":"Why","isMultiSelect":true,"choices":[{"title":"One","value":"1"},{"title":"Two","value":"2"}],"value":"1,2"}""", "value=\"2\" checked" },
        { """{"type":"Chart.Pie","title":"x"}""", "[Chart.Pie] cannot be shown here." },
        { """{"type":"Chart.Line","title":"calls","data":[{"legend":"mean","values":[{"x":"2026-11-19","y":2},{"x":"2026-11-26","y":4}]}]}""", "<polyline class=\"line-0\" points=\"0,80 300,0\"" },
        { """{"type":"Badge","fallback":{"type":"TextBlock","text":"instead"}}""", "instead" },
    };

    [Theory]
    [MemberData(nameof(Rendered))]
    public void Each_element_is_shown_as_what_it_is(string element, string expected) =>
        Assert.Contains(expected, Squeeze(CardHtml.Render(CardHtml.Card(JsonNode.Parse(element)!))));

    [Fact]
    public void Every_supported_type_is_among_the_examples_here()
    {
        var examples = string.Concat(Rendered.Select(row => row[0]));

        // Written without a type of their own, or as the card itself.
        string[] implied = ["AdaptiveCard", "Column", "Fact", "Input.Choice"];
        Assert.All(CardView.Elements.Except(implied), type => Assert.Contains($"\"type\":\"{type}\"", examples));
    }

    [Fact]
    public void No_supported_element_is_said_to_be_missing()
    {
        foreach (var row in Rendered.Where(row => !((string)row[0]).Contains("Chart.Pie")))
        {
            Assert.DoesNotContain("cannot be", CardHtml.Render(CardHtml.Card(JsonNode.Parse((string)row[0])!)));
        }
    }

    [Fact]
    public void What_is_not_visible_is_not_there()
    {
        var hidden = CardHtml.Text("secret");
        hidden["isVisible"] = false;

        Assert.DoesNotContain("secret", CardHtml.Render(CardHtml.Card(hidden)));
    }

    [Fact]
    public void Every_input_has_a_label_or_a_name_for_screen_readers()
    {
        var inputs = Rendered.Select(row => JsonNode.Parse((string)row[0])!.AsObject()).Where(e => e["type"]!.ToString().StartsWith("Input.", StringComparison.Ordinal));
        foreach (var input in inputs)
        {
            var html = CardHtml.Render(CardHtml.Card(input));
            Assert.True(html.Contains("<label") || html.Contains("<legend") || html.Contains("aria-label="), html);
        }
    }

    [Theory]
    [InlineData("""{"type":"Input.Text","id":"a","label":"Why"}""")]
    [InlineData("""{"type":"Input.Number","id":"a","label":"Why"}""")]
    [InlineData("""{"type":"Input.Toggle","id":"a","title":"Why"}""")]
    [InlineData("""{"type":"Input.ChoiceSet","id":"a","label":"Why","choices":[{"title":"One","value":"1"}]}""")]
    [InlineData("""{"type":"Input.ChoiceSet","id":"a","label":"Why","style":"expanded","choices":[{"title":"One","value":"1"}]}""")]
    [InlineData("""{"type":"Input.ChoiceSet","id":"a","label":"Why","isMultiSelect":true,"choices":[{"title":"One","value":"1"}]}""")]
    public void An_error_is_tied_to_its_field(string element)
    {
        var sheet = new CardSheet("f", new Dictionary<string, string>(), new Dictionary<string, string> { ["a"] = "Say <why>." });

        var html = CardHtml.Render(CardHtml.Card(JsonNode.Parse(element)!), sheet);

        var wrong = CardHtml.Tags(html).Where(tag => tag.Attributes.GetValueOrDefault("aria-invalid") == "true").ToList();
        Assert.NotEmpty(wrong);
        Assert.All(wrong, tag => Assert.Contains("f-a-error", tag.Attributes["aria-describedby"]));
        Assert.Contains("<p class=\"error\" id=\"f-a-error\" dir=\"auto\">Say &lt;why&gt;.</p>", html);
    }

    [Fact]
    public void What_was_typed_goes_before_the_cards_own_values()
    {
        var card = CardHtml.Card(
            JsonNode.Parse("""{"type":"Input.Text","id":"a","label":"A","value":"from the card"}""")!,
            JsonNode.Parse("""{"type":"Input.Text","id":"b","label":"B","value":"also"}""")!,
            JsonNode.Parse("""{"type":"Input.Toggle","id":"c","title":"C","value":"true"}""")!);
        var typed = new Dictionary<string, string> { ["a"] = "typed", ["b"] = "", ["c"] = "false" };

        var html = CardHtml.Render(card, new CardSheet("f", typed, new Dictionary<string, string>()));

        Assert.Contains("value=\"typed\"", html);
        Assert.DoesNotContain("also", html);
        Assert.DoesNotContain("checked", html);
    }

    private static string Squeeze(string html) => string.Join(' ', html.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace("> <", "><");
}

using Bot.Cards;
using System.Text.Json.Nodes;
using Bot.Web.Playground.Cards;
using FsCheck;
using FsCheck.Fluent;

namespace Bot.Web.Tests.Playground;

public sealed class CardEscapingTests
{
    private static readonly string[] OurTags =
    [
        "div", "p", "span", "h3", "h4", "strong", "em", "a", "br", "ul", "ol", "li", "dl", "dt", "dd", "table", "colgroup", "col", "thead", "tbody", "tr",
        "th", "td", "img", "button", "fieldset", "legend", "label", "input", "select", "option", "textarea",
    ];

    private static readonly Gen<string> Hostile = Gen.Elements(
            "<", ">", "</p>", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"", "'", " onclick=\"x\"", "&", "&lt;", "*", "**", "_", "__", "\\", "[", "]", "](",
            "(", ")", "](javascript:alert(1))", "[x](https://example.org/?a=1&b=2)", "[x](data:text/html,y)", "](//evil.example)", "\n", "- ", "1. ", "a", " ", "`", "|",
            "ليلى", "🌱", "\u202E", "\0")
        .ListOf()
        .Select(string.Concat);

    [Fact]
    public void No_text_in_any_place_of_a_card_becomes_markup() =>
        Prop.ForAll(Hostile.ToArbitrary(), text =>
        {
            var tags = CardHtml.Tags(CardHtml.Render(EveryPlace(text))).ToList();
            return tags.TrueForAll(tag => OurTags.Contains(tag.Name) && !tag.Attributes.Keys.Any(a => a.StartsWith("on", StringComparison.OrdinalIgnoreCase) || a == "style"));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_card_links_to_http_and_https_and_this_site_only() =>
        Prop.ForAll(Hostile.ToArbitrary(), text =>
        {
            var addresses = CardHtml.Tags(CardHtml.Render(EveryPlace(text))).SelectMany(tag => tag.Attributes.Where(a => a.Key is "href" or "src")).Select(a => a.Value);
            return addresses.All(a => a.StartsWith("https://", StringComparison.Ordinal) || a.StartsWith("http://", StringComparison.Ordinal)
                || (a.StartsWith('/') && !a.StartsWith("//", StringComparison.Ordinal)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Plain_places_show_exactly_what_they_were_given() =>
        Prop.ForAll(Hostile.ToArbitrary(), text =>
        {
            var card = CardHtml.Card(new JsonObject { ["type"] = "RichTextBlock", ["inlines"] = new JsonArray(new JsonObject { ["type"] = "TextRun", ["text"] = text }) });
            return CardHtml.Words(CardHtml.Render(card)).Trim() == text.Trim();
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Escaped_text_comes_through_markdown_as_it_was_typed() =>
        Prop.ForAll(Hostile.ToArbitrary(), text =>
        {
            var line = text.Replace("\n", "");
            var escaped = string.Concat(line.Select(c => char.IsAscii(c) && (char.IsPunctuation(c) || char.IsSymbol(c)) ? "\\" + c : c.ToString()));
            return CardMarkdown.Inlines(escaped) is [] or [Inline.Text] && string.Concat(CardMarkdown.Inlines(escaped).Cast<Inline.Text>().Select(t => t.Value)) == line;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("JAVASCRIPT:alert(1)")]
    [InlineData(" javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("//evil.example/x")]
    [InlineData("/\\evil.example/x")]
    [InlineData("/\t/evil.example/x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("")]
    public void An_address_of_another_kind_is_no_link(string url)
    {
        var card = CardHtml.Card(CardHtml.Text($"[press]({url})"));
        card["actions"] = new JsonArray(new JsonObject { ["type"] = "Action.OpenUrl", ["title"] = "press", ["url"] = url });

        var html = CardHtml.Render(card);

        Assert.DoesNotContain("href", html);
        Assert.Contains("cannot be used here", html);
    }

    [Fact]
    public void A_long_text_full_of_marks_is_read_in_no_time()
    {
        foreach (var mark in new[] { "*", "**", "_", "[", "[a](", "\\", "*a", "**a _b " })
        {
            CardMarkdown.Blocks(string.Concat(Enumerable.Repeat(mark, 50_000)));
        }
    }

    /// <summary>The text in every place a text can stand.</summary>
    private static JsonObject EveryPlace(string text)
    {
        JsonObject Choices() => new() { ["title"] = text, ["value"] = text };
        JsonObject Input(string type, JsonObject more)
        {
            more["type"] = type;
            more["id"] = type + text;
            more["label"] = text;
            more["placeholder"] = text;
            more["value"] = text;
            return more;
        }

        var card = CardHtml.Card(
            CardHtml.Text(text),
            new JsonObject { ["type"] = "TextBlock", ["text"] = text, ["style"] = "heading", ["size"] = text, ["color"] = text, ["spacing"] = text },
            new JsonObject { ["type"] = "RichTextBlock", ["inlines"] = new JsonArray(text, new JsonObject { ["type"] = "TextRun", ["text"] = text }) },
            new JsonObject { ["type"] = "FactSet", ["facts"] = new JsonArray(new JsonObject { ["title"] = text, ["value"] = text }) },
            new JsonObject { ["type"] = "Image", ["url"] = text, ["altText"] = text },
            new JsonObject { ["type"] = text },
            new JsonObject { ["type"] = "Container", ["style"] = text, ["items"] = new JsonArray(CardHtml.Text(text)) },
            Input("Input.Text", []), Input("Input.Text", new JsonObject { ["isMultiline"] = true }), Input("Input.Number", []), Input("Input.Date", []),
            Input("Input.Toggle", new JsonObject { ["title"] = text }),
            Input("Input.ChoiceSet", new JsonObject { ["choices"] = new JsonArray(Choices()) }),
            Input("Input.ChoiceSet", new JsonObject { ["choices"] = new JsonArray(Choices()), ["style"] = "expanded" }),
            Input("Input.ChoiceSet", new JsonObject { ["choices"] = new JsonArray(Choices()), ["isMultiSelect"] = true }));
        card["actions"] = new JsonArray(
            new JsonObject { ["type"] = "Action.Execute", ["title"] = text, ["verb"] = text, ["data"] = new JsonObject { ["_ap"] = text } },
            new JsonObject { ["type"] = "Action.OpenUrl", ["title"] = text, ["url"] = text },
            new JsonObject { ["type"] = text, ["title"] = text });
        return card;
    }
}

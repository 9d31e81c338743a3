using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Bot.Cards;
using FsCheck;
using FsCheck.Fluent;

namespace Bot.Tests.Cards;

/// <summary>What people wrote never acts as Markdown: emphasis, links, lists, headings, quotes, entities, tags, Adaptive Cards' own {{DATE}}; and where the escape applies.</summary>
public sealed class MarkdownTextTests
{
    private static readonly string[] Pieces =
        ["*", "**", "_", "`", "[", "](http://a.b)", "~~", "|", "\\", "#", "## ", "> ", "- ", "+ ", "1. ", "12) ", "===", "---", ":--", "{{DATE(2026-11-19)}}", "{", "&lt;", "&#60;", "<b>", "<", "!", " ", "\n", "\r\n", "\t", "a", "Ann", "3.9", "😀", "ü"];

    private static readonly string[] Acting =
    [
        @"[\\*_`\[\]~|]", @"\{\{", @"<[A-Za-z/!?]", @"&#?[A-Za-z0-9]+;",
        @"(^|[\r\n])[ \t]*(>|#{1,6}(\s|$)|[-+](\s|$)|--|:-|=+[ \t]*([\r\n]|$)|[0-9]{1,9}[.)](\s|$))",
    ];

    private static Arbitrary<string> Texts => Gen.OneOf(
        Gen.Elements(Pieces).ArrayOf().Select(string.Concat),
        ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get)).ToArbitrary();

    [Theory]
    [InlineData("Nothing needs you this week.")]
    [InlineData("Performance 3.1 of 5 (from 2 to 5, n = 8); 1 did not use it")]
    [InlineData("3.9 of 5")]
    [InlineData("-5 points, +1 more, #sales, 10:30 - 11:00 & later, a < b > c")]
    [InlineData("I cannot tell the customer why!")]
    [InlineData("▁▂▃▄▅▆▇█·")]
    public void An_ordinary_sentence_is_left_alone(string text) => Assert.Equal(text, MarkdownText.Escape(text));

    [Theory]
    [InlineData("*bold* _it_ `code` ~~gone~~", @"\*bold\* \_it\_ \`code\` \~\~gone\~\~")]
    [InlineData("[click](http://a.b)", @"\[click\](http://a.b)")]
    [InlineData("![x](y)", @"!\[x\](y)")]
    [InlineData("# big", @"\# big")]
    [InlineData("a\n  > b\n- c\r\n+ d\n2. e\n3) f", "a\n  \\> b\n\\- c\r\n\\+ d\n2\\. e\n3\\) f")]
    [InlineData("title\n===", "title\n\\===")]
    [InlineData("&lt;b&gt; <b>", @"\&lt;b\&gt; \<b>")]
    [InlineData("{{DATE(2026-11-19T10:00:00Z)}}", @"{\{DATE(2026-11-19T10:00:00Z)}}")]
    [InlineData(@"back\slash", @"back\\slash")]
    public void What_could_act_is_escaped(string text, string escaped) => Assert.Equal(escaped, MarkdownText.Escape(text));

    [Fact]
    public void Read_as_Markdown_an_escaped_text_is_the_original_and_nothing_in_it_acts()
    {
        Prop.ForAll(Texts, text => Read(MarkdownText.Escape(text)) == text).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_value_in_a_text_block_or_a_fact_is_escaped_and_the_words_of_the_template_stay_Markdown()
    {
        var card = Fill("""
            {
              "body": [
                { "type": "TextBlock", "text": "**Who** ${t}" },
                { "type": "TextBlock", "text": "${t}" },
                { "type": "TextBlock", "text": "${concat('**', t, '**')}" },
                { "type": "TextBlock", "text": "${if(t == null, '*none*', t)}" },
                { "type": "TextBlock", "text": "${join(l, ', ')} and ${l}" },
                { "type": "FactSet", "facts": [ { "$data": "${l}", "title": "*${$data}", "value": "${$data}" } ] },
                { "type": "Container", "items": [ { "$data": "${l}", "type": "TextBlock", "text": "_${$index}_ ${$data}" } ] }
              ]
            }
            """);

        Assert.Equal(
            [@"**Who** \*x\*", @"\*x\*", @"\*\*\*x\*\*\*", @"\*x\*", @"\*x\* and \*x\*", @"*\*x\* = \*x\*", @"_0_ \*x\*"],
            card["body"]!.AsArray().Select(part => (string?)part!["text"]
                ?? (part["facts"]?[0] is { } fact ? $"{fact["title"]} = {fact["value"]}" : (string?)part["items"]![0]!["text"])));
    }

    [Fact]
    public void Whatever_is_not_read_as_Markdown_is_never_escaped()
    {
        var card = Fill("""
            {
              "fallbackText": "${t}",
              "body": [
                { "type": "RichTextBlock", "inlines": [ { "type": "TextRun", "text": "${t}" } ] },
                { "type": "Input.Text", "label": "${t}", "value": "${t}" },
                { "type": "Input.ChoiceSet", "choices": [ { "title": "${t}", "value": "${t}" } ] }
              ],
              "actions": [ { "type": "Action.Execute", "title": "${t}", "data": { "text": "${t}" } } ]
            }
            """);

        Assert.DoesNotContain('\\', card.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    [Fact]
    public void A_number_and_a_null_stay_what_they_are()
    {
        var card = CardTemplate.Parse("card", """{ "type": "TextBlock", "text": "${n}" }""", MarkdownText.Escape);

        Assert.Equal(("-1.5", false), (card.Expand(JsonNode.Parse("""{ "n": -1.5 }"""))!["text"]!.ToJsonString(), card.Expand(JsonNode.Parse("""{ "n": null }"""))!["text"] is not null));
    }

    [Fact]
    public void An_escaped_template_reads_the_same_properties()
    {
        const string json = """{ "type": "TextBlock", "text": "${who.name}: ${join(select(list, i, i.text), ', ')}" }""";

        var references = CardTemplate.Parse("card", json, MarkdownText.Escape).References;

        Assert.Equal(CardTemplate.Parse("card", json).References.Select(r => r.FromRoot), references.Select(r => r.FromRoot));
    }

    private static JsonNode Fill(string json) =>
        CardTemplate.Parse("card", json, MarkdownText.Escape).Expand(JsonNode.Parse("""{ "t": "*x*", "l": [ "*x*" ] }"""))!;

    /// <summary>A minimal reading of Markdown: what is shown once the escapes are resolved, or null when anything in the text would act.</summary>
    private static string? Read(string markdown)
    {
        var (shown, unescaped) = (new StringBuilder(), new StringBuilder());
        for (var i = 0; i < markdown.Length; i++)
        {
            var escapes = markdown[i] == '\\' && i + 1 < markdown.Length && char.IsAscii(markdown[i + 1]) && !char.IsAsciiLetterOrDigit(markdown[i + 1]) && markdown[i + 1] > ' ';
            shown.Append(markdown[escapes ? ++i : i]);
            unescaped.Append(escapes ? '·' : markdown[i]);
        }

        return Acting.Any(acts => Regex.IsMatch(unescaped.ToString(), acts, RegexOptions.None, TimeSpan.FromSeconds(1))) ? null : shown.ToString();
    }
}

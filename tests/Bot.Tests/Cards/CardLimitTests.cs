using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Bot.Tests.Cards;

/// <summary>What the narrowest platform takes (Teams: the size; Slack: buttons, choices, texts), and how cards look and sound in a phone's column.</summary>
public sealed partial class CardLimitTests
{
    private const int MaxBytes = 28 * 1024;
    private const int MaxButtons = 25;
    private const int MaxButtonTitle = 30;
    private const int MaxSubmitTitle = 24;
    private const int MaxText = 3000;
    private const int MaxHeading = 150;
    private const int MaxChoices = 100;
    private const int MaxTapChoices = 10;
    private const int MaxChoiceTitle = 75;
    private const int MaxChoiceValue = 150;
    private const int MaxKey = 255;
    private const int MaxUrl = 3000;

    [Theory, MemberData(nameof(CardFiles.EverySample), MemberType = typeof(CardFiles))]
    public void A_card_is_small_enough_to_be_sent(string sample)
    {
        var card = CardFiles.Fill(sample);

        Assert.InRange(Encoding.UTF8.GetByteCount(card.Content.ToJsonString()), 1, MaxBytes);
        Assert.InRange(card.Text.Length, 1, MaxText);
    }

    [Theory, MemberData(nameof(CardFiles.EverySample), MemberType = typeof(CardFiles))]
    public void Buttons_are_few_short_and_point_somewhere(string sample)
    {
        var buttons = CardFiles.OfType(CardFiles.Fill(sample).Content, "Action.").ToList();

        var most = CardFiles.IsForm(CardFiles.TemplateOf(sample)) ? MaxSubmitTitle : MaxButtonTitle;
        Assert.InRange(buttons.Count, 0, MaxButtons);
        Assert.All(buttons, button => Assert.InRange(((string)button["title"]!).Length, 1, most));
        Assert.All(buttons.Where(button => !IsLink(button)), button => Assert.InRange(((string)button["data"]!["_ap"]!).Length, 1, MaxKey));
        Assert.All(buttons.Where(IsLink), button => Assert.InRange(new Uri((string)button["url"]!, UriKind.Absolute).AbsoluteUri.Length, 1, MaxUrl));
        Assert.Equal(buttons.Count, buttons.Select(button => IsLink(button) ? $"{button["url"]}" : $"{button["verb"]} {button["data"]!["_ap"]}").Distinct().Count());
    }

    [Theory, MemberData(nameof(CardFiles.EverySample), MemberType = typeof(CardFiles))]
    public void Choices_fit_every_platform_and_what_is_chosen_is_among_them(string sample)
    {
        var sets = CardFiles.OfType(CardFiles.Fill(sample).Content, "Input.ChoiceSet").ToList();

        Assert.All(sets, set =>
        {
            var choices = set["choices"]!.AsArray();
            Assert.InRange(choices.Count, 1, (string?)set["style"] == "expanded" ? MaxTapChoices : MaxChoices);
            Assert.All(choices, choice => Assert.InRange(((string)choice!["title"]!).Length, 1, MaxChoiceTitle));
            Assert.All(choices, choice => Assert.InRange(((string)choice!["value"]!).Length, 1, MaxChoiceValue));
            Assert.All(choices, choice => Assert.DoesNotContain(',', (string)choice!["value"]!));
            Assert.Empty(((string)set["value"]!).Split(',', StringSplitOptions.RemoveEmptyEntries).Except(choices.Select(choice => (string)choice!["value"]!)));
        });
    }

    [Theory, MemberData(nameof(CardFiles.EverySample), MemberType = typeof(CardFiles))]
    public void Texts_fit_every_platform(string sample)
    {
        var blocks = CardFiles.OfType(CardFiles.Fill(sample).Content, "TextBlock").ToList();

        Assert.All(blocks, block => Assert.InRange(block["text"]!.ToString().Length, 1, (string?)block["style"] == "heading" ? MaxHeading : MaxText));
    }

    [Theory, MemberData(nameof(CardFiles.EveryTemplate), MemberType = typeof(CardFiles))]
    public void A_card_reads_well_in_a_narrow_column(string template)
    {
        var card = CardFiles.Template(template);

        Assert.All(CardFiles.OfType(card, "TextBlock"), block => Assert.True((bool?)block["wrap"], $"{block["text"]} does not wrap."));
        Assert.All(
            CardFiles.OfType(card, "Input.").Where(input => (string?)input["type"] == "Input.Toggle" || (string?)input["style"] == "expanded"),
            input => Assert.True((bool?)input["wrap"], $"{input["id"]} does not wrap."));
        Assert.All(CardFiles.OfType(card, "ColumnSet"), set => Assert.InRange(set["columns"]!.AsArray().Count, 1, 2));
        Assert.All(CardFiles.OfType(card, "Table"), table => Assert.InRange(table["columns"]!.AsArray().Count, 1, 3));
    }

    [Theory, MemberData(nameof(CardFiles.EveryTemplate), MemberType = typeof(CardFiles))]
    public void A_card_does_not_shout(string template)
    {
        var words = CardFiles.Texts(CardFiles.Template(template)).SelectMany(Words).ToList();

        Assert.DoesNotContain(words, text => text.Contains('!', StringComparison.Ordinal));
        Assert.InRange(words.SelectMany(text => text.EnumerateRunes()).Count(IsEmoji), 0, 1);
    }

    [Theory, MemberData(nameof(CardFiles.EveryTemplate), MemberType = typeof(CardFiles))]
    public void The_plain_text_has_no_Markdown_of_its_own(string template)
    {
        var words = Words((string)CardFiles.Template(template)["fallbackText"]!);

        Assert.All(words, text => Assert.Equal(-1, text.IndexOfAny(['*', '_', '`', '[', ']', '#'])));
    }

    /// <summary>What a template says itself: outside of expressions, and in quotes inside them; the back quote that notices are split at is no word.</summary>
    private static IEnumerable<string> Words(string text) =>
        Expression().Split(text).Concat(Expression().Matches(text).SelectMany(match => Quoted().Matches(match.Value)).Select(quote => quote.Value)).Where(word => word != "'`'");

    private static bool IsLink(JsonObject button) => (string?)button["type"] == "Action.OpenUrl";

    private static bool IsEmoji(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherSymbol;

    [GeneratedRegex(@"\$\{(?:'[^']*'|[^}'])*\}", RegexOptions.None, 1000)]
    private static partial Regex Expression();

    [GeneratedRegex("'[^']*'", RegexOptions.None, 1000)]
    private static partial Regex Quoted();
}

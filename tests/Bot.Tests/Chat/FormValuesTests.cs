using Bot.Chat;

namespace Bot.Tests.Chat;

/// <summary>Empty is absent, the edges are trimmed, what is no character is left out, several choices come joined, a switch is off unless it says true.</summary>
public sealed class FormValuesTests
{
    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\n\t")]
    [InlineData(null)]
    public void An_empty_field_is_absent(string? typed)
    {
        var values = Of(typed);

        Assert.Null(values["field"]);
        Assert.Empty(values.Choices("field"));
        Assert.Empty(values.All);
        Assert.False(values.IsOn("field"));
    }

    [Fact]
    public void A_text_loses_what_a_store_may_not_take()
    {
        // A test's arguments are written as UTF-8 somewhere on the way, which half a pair does not survive.
        (string Typed, string Kept)[] texts = [("a\0b", "ab"), ("cut \uD83D", "cut \uFFFD"), ("\uDE00 behind", "\uFFFD behind"), ("whole \uD83D\uDE00", "whole \uD83D\uDE00")];

        Assert.All(texts, text => Assert.Equal(text.Kept, Of(text.Typed)["field"]));
    }

    [Fact]
    public void A_field_nobody_sent_is_absent()
    {
        Assert.Null(FormValues.Empty["field"]);
    }

    [Fact]
    public void A_text_loses_the_blanks_around_it_and_keeps_those_inside()
    {
        Assert.Equal("two  words\nand a line", Of("  two  words\nand a line \n")["field"]);
    }

    [Theory]
    [InlineData("wrong", "wrong")]
    [InlineData("wrong,trust", "wrong", "trust")]
    [InlineData(" wrong , ,trust,", "wrong", "trust")]
    public void Several_choices_come_joined(string typed, params string[] choices) => Assert.Equal(choices, Of(typed).Choices("field"));

    [Theory]
    [InlineData("true", true)]
    [InlineData("True", true)]
    [InlineData("false", false)]
    [InlineData("on", false)]
    [InlineData("1", false)]
    public void A_switch_is_on_when_it_says_true(string typed, bool on) => Assert.Equal(on, Of(typed).IsOn("field"));

    private static FormValues Of(string? typed) => new([new("field", typed!)]);
}

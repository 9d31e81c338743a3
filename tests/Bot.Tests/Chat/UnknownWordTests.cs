using Bot.Cards;
using Bot.Chat;
using Bot.Tests.Cards;
using FsCheck;
using FsCheck.Fluent;

namespace Bot.Tests.Chat;

/// <summary>The distance between words as a law, and what is answered: a near word, none, a very long one.</summary>
public sealed class UnknownWordTests
{
    private static Arbitrary<string> Words => Gen.Elements("a", "b", "c", "😀").ArrayOf().Select(letters => string.Concat(letters.Take(8))).ToArbitrary();

    [Theory]
    [InlineData("status", "status", 0)]
    [InlineData("statsu", "status", 1)]
    [InlineData("staus", "status", 1)]
    [InlineData("statuss", "status", 1)]
    [InlineData("stitus", "status", 1)]
    [InlineData("", "help", 4)]
    [InlineData("help", "", 4)]
    [InlineData("", "", 0)]
    public void The_distance_counts_letters_changed_added_left_out_or_swapped(string from, string to, int distance)
    {
        Assert.Equal(distance, UnknownWord.Distance(from, to));
    }

    [Fact]
    public void The_distance_is_the_same_both_ways_zero_only_for_equals_and_never_more_than_the_longer_word()
    {
        Prop.ForAll(Words, Words, (one, other) =>
        {
            var distance = UnknownWord.Distance(one, other);

            return distance == UnknownWord.Distance(other, one) && (distance == 0) == (one == other)
                && distance <= Math.Max(one.Length, other.Length) && distance >= Math.Abs(one.Length - other.Length);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("statsu", "status")]
    [InlineData("chekin", "checkin")]
    [InlineData("scheduel", "schedule")]
    public void A_word_that_is_nearly_known_gets_the_known_one(string typed, string meant)
    {
        Assert.Contains($"I do not know “{typed}”. Did you mean /pilot {meant}?", Answer(typed).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_word_that_is_nothing_like_any_other_gets_the_help_alone()
    {
        var card = Answer("xylophone");

        Assert.DoesNotContain("Did you mean", card.Text, StringComparison.Ordinal);
        Assert.Contains("/pilot status", card.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_word_as_long_as_a_book_is_answered_at_once_and_shown_cut()
    {
        var card = Answer(new string('x', 1_000_000));

        Assert.Contains($"“{new string('x', 40)}…”", card.Text, StringComparison.Ordinal);
    }

    private static Card Answer(string word) => Assert.IsType<Reply.Whisper>(new UnknownWord(CardFiles.Catalogue, CardFiles.Book).Answer(word)).Card;
}

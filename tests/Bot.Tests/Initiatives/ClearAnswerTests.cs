using Bot.Initiatives;
using FsCheck;
using FsCheck.Fluent;

namespace Bot.Tests.Initiatives;

// What counts as an answer: a cause, five words, and something in them. Both ways.
public sealed class ClearAnswerTests
{
    [Theory]
    [InlineData("The CRM has no field for the score")]
    [InlineData("We had no budget for the CRM connector")]
    [InlineData("Half of the addresses are older than five years")]
    [InlineData("The customer data in SAP was not ready")]
    [InlineData("Agents did not trust a score without reasons")]
    [InlineData("The works council did not agree to scores")]
    [InlineData("Legal had no time to review the contract")]
    [InlineData("Priorities changed when Acme was taken over")]
    [InlineData("Der Betriebsrat hat der Nutzung nicht zugestimmt")]
    [InlineData("顧客データの半分が古くて使えなかった")]
    public void A_sentence_that_names_something_is_clear(string sentence) => Assert.True(ClearAnswer.Is(Cause.DataQuality, sentence));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not ready")]
    [InlineData("No CRM field there")]
    [InlineData("It was just not ready yet, unfortunately")]
    [InlineData("The pilot was simply not ready for production")]
    [InlineData("We need more data for the model")]
    [InlineData("There was no time for anything else")]
    [InlineData("We had other priorities in that quarter")]
    [InlineData("It was a lack of resources in our team")]
    [InlineData("Everyone was too busy with other things")]
    [InlineData("There was no budget for it this year")]
    [InlineData("I really don't know what it was")]
    [InlineData("We do not know why it stopped")]
    [InlineData("TBD, we will say more about it later")]
    [InlineData("no no no no no no")]
    [InlineData("blah blah blah blah blah blah")]
    [InlineData("??? ... --- !!! ??? ...")]
    public void A_non_answer_is_not_whatever_stands_around_it(string? sentence) => Assert.False(ClearAnswer.Is(Cause.DataQuality, sentence));

    [Fact]
    public void Without_a_cause_nothing_is_clear()
    {
        Assert.False(ClearAnswer.Is(Cause.Unknown, "The CRM has no field for the score"));
    }

    [Fact]
    public void The_example_of_a_clear_answer_is_one()
    {
        Assert.True(ClearAnswer.Is(Cause.Integration, ClearAnswer.Meant[(ClearAnswer.Meant.IndexOf("example:", StringComparison.Ordinal) + 8)..]));
    }

    [Fact]
    public void Filler_marks_and_case_around_a_sentence_never_make_it_clear_nor_take_that_away()
    {
        var words = Gen.Elements("not", "ready", "more", "data", "the", "score", "CRM", "budget", "we", "agents", "field", "no").ArrayOf().ToArbitrary();
        Prop.ForAll(words, some =>
        {
            var plain = string.Join(' ', some.Append("it was only so then"));

            return ClearAnswer.Is(Cause.Cost, plain) == ClearAnswer.Is(Cause.Cost, $"  Well, \"{plain.ToUpperInvariant()}\" ... unfortunately. ");
        }).QuickCheckThrowOnFailure();
    }
}

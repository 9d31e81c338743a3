using Bot.Chat;

namespace Bot.Tests.Reports;

/// <summary>Who is given a link to the report, and where one is offered unasked.</summary>
public sealed class OfferReportTests
{
    [Theory]
    [InlineData("ana")] // the owner
    [InlineData("ben")] // in the channel
    public async Task Whoever_sees_the_loop_gets_a_link_that_says_how_long_it_works(string who)
    {
        await using var product = await Product.StartAsync();
        var loop = await product.SeedLoopAsync();

        var card = Assert.IsType<Reply.Whisper>(await product.TypeAsync(who, "report churn")).Card;

        Assert.Equal($"https://pilot.test/reports/{loop.InitiativeId}", (string?)card.Content["actions"]![0]!["url"]);
        Assert.Contains("until Monday 7 December, 09:00 (Berlin)", CardText.Of(card));
    }

    [Fact]
    public async Task Whoever_does_not_see_the_loop_gets_none()
    {
        await using var product = await Product.StartAsync();
        await product.SeedLoopAsync();

        var reply = Assert.IsType<Reply.Whisper>(await product.TypeAsync("stranger", "report churn", channel: null));

        Assert.Equal("notice", reply.Card.Name);
        Assert.DoesNotContain("/reports/", reply.Card.Content.ToJsonString());
    }

    [Fact]
    public async Task Status_and_digest_carry_the_link_too()
    {
        await using var product = await Product.StartAsync();
        var loop = await product.SeedLoopAsync();
        await product.SeedWeekAsync(loop, "2026-11-19");

        foreach (var words in new[] { "status", "digest" })
        {
            var card = Assert.IsType<Reply.Whisper>(await product.TypeAsync("ben", words, Product.Team)).Card;
            var button = card.Content["actions"]!.AsArray().Single(a => (string?)a!["title"] == "Report")!;
            Assert.Equal(("Action.OpenUrl", $"https://pilot.test/reports/{loop.InitiativeId}"), ((string?)button["type"], (string?)button["url"]));
        }
    }
}

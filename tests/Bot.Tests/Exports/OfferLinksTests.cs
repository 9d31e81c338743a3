using Bot.Chat;

namespace Bot.Tests.Exports;

/// <summary>Who is given links to export and import, and who is told whom to ask.</summary>
public sealed class OfferLinksTests
{
    [Theory]
    [InlineData("ana")] // the owner
    [InlineData("root")] // an admin
    public async Task The_owner_and_admins_get_the_links_whispered(string who)
    {
        await using var product = await Product.StartAsync();
        var loop = await product.SeedLoopAsync();
        var person = await product.PersonAsync(who);

        var export = Assert.IsType<Reply.Whisper>(await product.TypeAsync(who, "export churn")).Card;
        var import = Assert.IsType<Reply.Whisper>(await product.TypeAsync(who, "loop import")).Card;

        Assert.Equal(
            [$"https://pilot.test/exports/{loop.Id}/{person}/weeks.csv", $"https://pilot.test/exports/{loop.Id}/{person}/texts.csv", $"https://pilot.test/exports/{loop.Id}/{person}/all.json"],
            export.Content["actions"]!.AsArray().Select(a => (string?)a!["url"]));
        Assert.Contains("until Mon 10:00 (Berlin)", CardText.Of(export));
        Assert.Equal($"https://pilot.test/imports/{loop.Id}/{person}", (string?)import.Content["actions"]![0]!["url"]);
    }

    [Theory]
    [InlineData("export")]
    [InlineData("loop import")]
    [InlineData("loop import Churn predictor")]
    public async Task Others_are_told_who_can(string words)
    {
        await using var product = await Product.StartAsync();
        await product.SeedLoopAsync();

        var reply = Assert.IsType<Reply.Whisper>(await product.TypeAsync("ben", words));

        Assert.Equal("notice", reply.Card.Name);
        Assert.Contains("Only Ana (owner) or a workspace admin", reply.Card.Text);
        Assert.DoesNotContain("https://", reply.Card.Content.ToJsonString().Replace("https://adaptivecards", "", StringComparison.Ordinal));
    }
}

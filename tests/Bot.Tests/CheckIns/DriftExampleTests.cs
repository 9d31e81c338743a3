namespace Bot.Tests.CheckIns;

public sealed class DriftExampleTests
{
    [Fact]
    public async Task What_two_people_wrote_alike_is_shown_once()
    {
        await using var product = await Product.StartAsync();
        var loop = await product.StartLoopAsync();
        await product.MoveToAsync("2026-11-25T09:00:00Z");
        var round = await product.RoundAsync(loop, "2026-11-26");
        foreach (var (who, example) in new[] { ("ana", "new customer types"), ("ben", "New customer types"), ("chloe", "empty rows") })
        {
            await product.AnswerAsync(who, round.Id, "4", new() { ["drift"] = "yes", ["driftSource"] = "CRM export", ["driftExample"] = example });
        }

        await product.MoveToAsync("2026-11-26T09:00:00Z");

        var agenda = product.Chat.Post("review:").Shown;
        Assert.Equal(2, agenda.Split("customer types", StringSplitOptions.None).Length);
        Assert.Contains("CRM export: empty rows", agenda);
    }
}

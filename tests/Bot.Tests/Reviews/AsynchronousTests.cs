using Bot.CheckIns;
using Bot.Reviews;

namespace Bot.Tests.Reviews;

public sealed class AsynchronousTests
{
    [Fact]
    public async Task Without_a_meeting_decisions_are_added_under_the_digest_and_stand_in_it()
    {
        await using var product = await Product.StartAsync();
        var loop = await product.StartLoopAsync(but: new() { ["async"] = "true" });
        await product.MoveToAsync("2026-11-26T09:00:00Z");
        var round = await product.RoundAsync(loop, "2026-11-26");
        Assert.Contains("Add decision", product.Chat.Post("digest:").Shown);

        var form = await product.OpenAsync("ana", RecordDecision.Action, round.Id.ToString(), Product.Team);
        await product.SendAsync("ana", form.Ref, new() { ["text"] = "write it down" });
        await product.DeliverAsync();

        Assert.Contains("write it down", product.Chat.Post("digest:").Shown);
    }
}

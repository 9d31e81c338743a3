using Bot.CheckIns;

namespace Bot.Tests.CheckIns;

public sealed class HistoryTests
{
    [Fact]
    public async Task A_closed_week_is_read_in_numbers_that_equal_the_figures_of_its_digest()
    {
        await using var product = await Product.StartAsync();
        var loop = await product.StartLoopAsync();
        await product.MoveToAsync("2026-11-25T09:00:00Z");
        var round = await product.RoundAsync(loop, "2026-11-26");
        await product.AnswerAsync("ana", round.Id, "4", new() { ["struggles"] = "wrong,fit", ["drift"] = "yes", ["metric"] = "41", ["hours"] = "2.5" });
        await product.AnswerAsync("ben", round.Id, "2", new() { ["struggles"] = "wrong", ["struggleText"] = "odd scores", ["nameless"] = "true", ["drift"] = "no" });
        await product.AnswerAsync("chloe", round.Id, "unused", new() { ["struggles"] = "nothing", ["drift"] = "unsure" });
        await product.AnswerAsync("dev", round.Id, "3");
        await product.MoveToAsync("2026-11-26T09:31:00Z");

        var week = Assert.Single(await product.HistoryAsync(loop));

        Assert.Equal((4, 4, 4, 3, 3.0, 1), (week.Asked, week.Answered, week.Counted, week.Rated, week.Mean, week.Unused));
        Assert.Equal((2, 1, 0), (week.Struggles[Struggles.WrongResults], week.Struggles[Struggles.DoesNotFit], week.Struggles[Struggles.NoTrust]));
        Assert.Equal((1, 1, 1), (week.DriftYes, week.DriftNotSure, week.DriftNo));
        Assert.Equal((41.0, 2.5), (week.Metric, week.SupportHours));
        Assert.Equal((3, 3, 0), (week.UsersAsked, week.UsersAnswered, week.BuildersAnswered));
        Assert.False(week.Held);
    }

    [Fact]
    public async Task A_week_of_two_answers_says_nothing_of_what_they_said()
    {
        await using var product = await Product.StartAsync();
        var loop = await product.StartLoopAsync();
        await product.MoveToAsync("2026-11-25T09:00:00Z");
        var round = await product.RoundAsync(loop, "2026-11-26");
        await product.AnswerAsync("ben", round.Id, "2", new() { ["struggles"] = "wrong", ["drift"] = "yes" });
        await product.AnswerAsync("chloe", round.Id, "unused", new() { ["drift"] = "yes" });
        await product.MoveToAsync("2026-11-26T09:31:00Z");

        var week = Assert.Single(await product.HistoryAsync(loop));

        Assert.Equal((4, 2, null), (week.Asked, week.Answered, week.Mean));
        Assert.Equal((0, 0, 0), (week.Unused, week.DriftYes, week.StrugglesNamed));
    }
}

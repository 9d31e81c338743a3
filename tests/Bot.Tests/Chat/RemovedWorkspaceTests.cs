using Bot.Chat;
using Bot.CheckIns;
using Bot.Delivery;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.Chat;

// The bot is uninstalled from a workspace: nothing is sent or opened there. What is heard late of the time before changes nothing; what is heard later revives it, and its loops go on.
public sealed class RemovedWorkspaceTests : IAsyncLifetime
{
    private Product _product = null!;

    public async Task InitializeAsync() => _product = await Product.StartAsync();

    public async Task DisposeAsync() => await _product.DisposeAsync();

    [Fact]
    public async Task Removed_in_the_middle_of_a_week_nothing_is_sent_and_the_weeks_without_it_are_left_out()
    {
        var loop = await _product.StartLoopAsync();
        await _product.MoveToAsync("2026-11-25T10:00:00Z");
        var open = await _product.RoundAsync(loop, "2026-11-26");
        await _product.AnswerAsync("ben", open.Id, "4");
        await RemoveAsync();
        var sent = _product.Chat.Posts.Count;

        await _product.MoveToAsync("2026-12-14T10:00:00Z");

        Assert.Equal(sent, _product.Chat.Posts.Count);
        Assert.Equal(
            [(RoundState.Closed, null), (RoundState.Skipped, "the bot was not installed"), (RoundState.Skipped, "the bot was not installed"), (RoundState.Planned, null)],
            await RoundsAsync());
        Assert.Empty(await _product.UseAsync(db => db.Outbox.Where(o => o.State == OutboxState.Waiting).ToListAsync()));
    }

    [Fact]
    public async Task Installed_again_its_loops_go_on_with_the_next_week()
    {
        var loop = await _product.StartLoopAsync();
        await RemoveAsync();
        await _product.MoveToAsync("2026-12-07T10:00:00Z");
        var sent = _product.Chat.Posts.Count;

        await _product.HearAsync(new BotAdded(_product.Next(), _product.Workspace, Product.Who("ana"), null));
        await _product.MoveToAsync("2026-12-09T12:00:00Z");

        Assert.Equal([RoundState.Skipped, RoundState.Skipped, RoundState.Collecting], (await RoundsAsync()).Select(r => r.State));
        var open = await _product.RoundAsync(loop, "2026-12-10");
        Assert.Equal(4, _product.Chat.Posts.Skip(sent).Count(p => p.Key.StartsWith($"prompt:{open.Id}", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task While_host_and_bot_were_both_away_the_downtime_rules_decide()
    {
        await _product.StartLoopAsync();
        await RemoveAsync();
        _product.Clock.Now = DateTimeOffset.Parse("2026-12-07T10:00:00Z");

        await _product.HearAsync(new BotAdded(_product.Next(), _product.Workspace, Product.Who("ana"), null));
        await _product.RunAsync();

        Assert.Equal(
            [(RoundState.Skipped, "the service was down when it should have opened"), (RoundState.Skipped, "the service was down when it should have opened"), (RoundState.Planned, null)],
            await RoundsAsync());
    }

    [Fact]
    public async Task Who_asks_something_there_is_answered_and_the_workspace_is_back()
    {
        await _product.StartLoopAsync();
        await RemoveAsync();
        _product.Clock.Now += TimeSpan.FromHours(1);

        await _product.TypeAsync("ana", "status");

        Assert.Null(await RemovedAtAsync());
    }

    [Fact]
    public async Task What_arrives_within_a_minute_may_be_from_before_and_revives_nothing()
    {
        await RemoveAsync();
        _product.Clock.Now += TimeSpan.FromSeconds(30);

        await _product.TypeAsync("ana", "help");

        Assert.NotNull(await RemovedAtAsync());
    }

    [Fact]
    public async Task Told_twice_that_it_is_removed_the_first_time_counts()
    {
        var first = _product.Clock.Now;
        await RemoveAsync();
        _product.Clock.Now += TimeSpan.FromDays(3);

        await RemoveAsync();

        Assert.Equal(first, await RemovedAtAsync());
    }

    private Task<Reply> RemoveAsync() => _product.HearAsync(new BotRemoved(_product.Next(), _product.Workspace, null, null));

    private Task<DateTimeOffset?> RemovedAtAsync() => _product.UseAsync(db => db.Workspaces.Select(w => w.RemovedAt).SingleAsync());

    private Task<List<(RoundState State, string? SkippedBecause)>> RoundsAsync() => _product.UseAsync(async db =>
        (await db.Rounds.OrderBy(r => r.ReviewDate).ToListAsync()).ConvertAll(r => (r.State, r.SkippedBecause)));
}

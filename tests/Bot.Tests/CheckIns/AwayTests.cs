using Bot.Chat;
using Bot.CheckIns;
using Bot.Delivery;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.CheckIns;

// Where the bot cannot be heard: uninstalled, nobody is asked and what waits is dropped; out of its channel, nobody is asked and the owner is told once;
// back again, the next week opens. A channel whose members were not read yet is read although somebody joined meanwhile.
public sealed class AwayTests : IAsyncLifetime
{
    private Product _product = null!;

    public async Task InitializeAsync() => _product = await Product.StartAsync();

    public async Task DisposeAsync() => await _product.DisposeAsync();

    [Fact]
    public async Task Uninstalled_it_asks_nobody_and_the_week_is_left_out_with_the_reason()
    {
        var loop = await _product.StartLoopAsync();
        await _product.HearAsync(new BotRemoved(_product.Next(), _product.Workspace, null, null));
        var said = _product.Chat.Posts.Count;

        await _product.MoveToAsync("2026-11-26T12:00:00Z");

        Assert.Equal(said, _product.Chat.Posts.Count);
        var round = await _product.RoundAsync(loop, "2026-11-26");
        Assert.Equal((RoundState.Skipped, "the bot was not installed"), (round.State, round.SkippedBecause));
    }

    [Fact]
    public async Task What_waited_when_it_was_uninstalled_is_not_said_after_a_new_installation()
    {
        await _product.StartLoopAsync();
        _product.Chat.Fails = _ => new PostOutcome.Later(TimeSpan.FromHours(1), "slow down");
        await _product.MoveToAsync("2026-11-25T09:00:00Z");
        await _product.HearAsync(new BotRemoved(_product.Next(), _product.Workspace, null, null));
        await _product.SleepUntilAsync("2026-11-25T11:00:00Z");
        _product.Chat.Fails = _ => null;

        await _product.HearAsync(new BotAdded(_product.Next(), _product.Workspace, Product.Who("ana"), null));
        await _product.SleepUntilAsync("2026-11-25T12:00:00Z");

        Assert.DoesNotContain(_product.Chat.Posts, post => post.Key.StartsWith("prompt:"));
        Assert.Single(_product.Chat.Posts, post => post.Key.StartsWith("welcome:") && post.Conversation == "dm-ana");
        Assert.All(await _product.UseAsync(db => db.Outbox.Where(o => o.Key.StartsWith("prompt:")).ToListAsync()), card => Assert.Equal((OutboxState.Dead, ""), (card.State, card.Card)));
    }

    [Fact]
    public async Task Out_of_its_channel_it_asks_nobody_and_tells_the_owner_once()
    {
        var loop = await _product.StartLoopAsync();
        await _product.HearAsync(new BotRemoved(_product.Next(), _product.Workspace, null, _product.Place(Product.Team)));

        await _product.MoveToAsync("2026-12-03T12:00:00Z");

        Assert.DoesNotContain(_product.Chat.Posts, post => post.Key.StartsWith("prompt:"));
        Assert.Contains("#churn", Assert.Single(_product.Chat.Posts, post => post.Key.StartsWith("away:")).Shown);
        Assert.Equal("the bot was not in the channel", (await _product.RoundAsync(loop, "2026-12-03")).SkippedBecause);
    }

    [Fact]
    public async Task Back_in_its_channel_the_next_week_opens()
    {
        await _product.StartLoopAsync();
        await _product.HearAsync(new BotRemoved(_product.Next(), _product.Workspace, null, _product.Place(Product.Team)));
        await _product.MoveToAsync("2026-11-27T12:00:00Z");

        await _product.HearAsync(new BotAdded(_product.Next(), _product.Workspace, Product.Who("ana"), _product.Place(Product.Team)));
        await _product.MoveToAsync("2026-12-02T09:00:00Z");

        Assert.Equal(["dm-ana", "dm-ben", "dm-chloe", "dm-dev"], _product.Chat.Posts.Where(p => p.Key.StartsWith("prompt:")).Select(p => p.Conversation).Order());
    }

    [Fact]
    public async Task Somebody_who_joins_before_the_members_were_read_does_not_stand_for_all_of_them()
    {
        var place = _product.Place("channel-new");
        await _product.HearAsync(new BotAdded(_product.Next(), _product.Workspace, Product.Who("ana"), place));

        await _product.HearAsync(new MembersChanged(_product.Next(), _product.Workspace, place, [Product.Who("ben")], []));

        Assert.Null(await _product.UseAsync(db => db.Channels.Where(c => c.ExternalId == place.Id).Select(c => c.MembersReadAt).SingleAsync()));
    }
}

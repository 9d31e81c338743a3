using Bot.Chat;
using Bot.Delivery;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.Delivery;

// A workspace that takes no updates for a while, or no posts: what waits is left as it lies, what is not put off goes, afterwards everything goes in order.
public sealed class PutOffTests : IAsyncLifetime
{
    private static readonly TimeSpan Told = TimeSpan.FromSeconds(30);
    private static readonly string[] Everybody = ["ana", "ben", "chloe", "dev", "root"];
    private Product _product = null!;
    private int _asked;

    public async Task InitializeAsync() => _product = await Product.StartAsync();

    public async Task DisposeAsync() => await _product.DisposeAsync();

    [Fact]
    public async Task Updates_are_neither_asked_for_nor_written_until_the_time_is_over_and_then_all_go_in_order()
    {
        await SaidAndChangedAsync();
        var before = await WaitingAsync();
        TakesNone(IsUpdate);

        await _product.DeliverAsync();
        await RunLaneAsync();
        _product.Clock.Now += Told - TimeSpan.FromSeconds(1);
        await RunLaneAsync();
        Assert.InRange(_asked, 1, 4);
        Assert.Equal(before, await WaitingAsync());

        List<string> sent = [];
        _product.Chat.Fails = id =>
        {
            lock (sent)
            {
                sent.Add(_product.Chat.Posts.Single(p => p.Id == id).Key);
            }

            return null;
        };
        _product.Clock.Now += TimeSpan.FromSeconds(1);
        await _product.DeliverAsync();

        Assert.Empty(await WaitingAsync());
        Assert.All(Everybody, who => Assert.Equal([$"{who}-1", $"{who}-2"], sent.Where(key => key.StartsWith(who))));
        Assert.All(_product.Chat.Posts, post => Assert.Equal("changed", post.Card.Text));
    }

    [Fact]
    public async Task Posts_overtake_updates_that_are_put_off()
    {
        await SaidAndChangedAsync();
        foreach (var who in Everybody)
        {
            await _product.SayToAsync(who, $"{who}-3", $"{who}-4");
        }

        TakesNone(IsUpdate);
        await _product.DeliverAsync();

        Assert.All(Everybody, who => Assert.Equal([$"{who}-1", $"{who}-2", $"{who}-3", $"{who}-4"], _product.Chat.To("dm-" + who).Select(p => p.Key)));
        Assert.All(await WaitingAsync(), card => Assert.NotNull(card.Updates));
        Assert.InRange(_asked, 1, 4);
    }

    [Fact]
    public async Task Updates_overtake_posts_that_are_put_off_and_a_later_post_stands_behind_the_earlier_ones()
    {
        await SaidAndChangedAsync();
        await _product.SayToAsync("ana", "ana-3");
        TakesNone(id => !IsUpdate(id));
        await _product.DeliverAsync();
        Assert.All(_product.Chat.Posts, post => Assert.Equal("changed", post.Card.Text));
        await _product.SayToAsync("ana", "ana-4");
        await _product.DeliverAsync();
        Assert.Equal(1, _asked);

        _product.Chat.Fails = _ => null;
        _product.Clock.Now += Told;
        await _product.DeliverAsync();

        Assert.Equal(["ana-1", "ana-2", "ana-3", "ana-4"], _product.Chat.To("dm-ana").Select(p => p.Key));
    }

    [Fact]
    public async Task A_workspace_has_no_lane_while_all_that_it_has_to_say_is_put_off()
    {
        await SaidAndChangedAsync();
        TakesNone(IsUpdate);
        Assert.Single(await LanesAsync());
        await _product.DeliverAsync();
        Assert.Empty(await LanesAsync());

        await _product.SayAsync("a post");
        Assert.Single(await LanesAsync());
        await _product.DeliverAsync();
        Assert.Empty(await LanesAsync());

        _product.Clock.Now += Told;
        Assert.Single(await LanesAsync());
    }

    [Fact]
    public async Task A_card_that_waits_for_another_try_of_its_own_still_holds_its_conversation()
    {
        await SaidAndChangedAsync();
        var first = _product.Chat.Post("ana-1").Id;
        _product.Chat.Fails = id => id == first ? new PostOutcome.Later(Told * 2, "slow down") : null;
        await _product.DeliverAsync();
        await _product.SayToAsync("ana", "ana-3");
        await _product.ChangeAsync("ben-1", "changed again");
        TakesNone(IsUpdate);

        await _product.DeliverAsync();
        await RunLaneAsync();

        Assert.DoesNotContain(_product.Chat.Posts, post => post.Key == "ana-3");
        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task What_is_put_off_for_48_hours_is_given_up()
    {
        await _product.SayAsync("news");
        await _product.DeliverAsync();
        await _product.ChangeAsync("news", "changed");
        TakesNone(IsUpdate);

        for (var hours = 0; hours < 48; hours += 12)
        {
            await _product.DeliverAsync();
            Assert.Equal((OutboxState.Waiting, 0), await StateAsync());
            _product.Clock.Now = _product.Clock.Now.AddHours(12);
        }

        await _product.DeliverAsync();

        Assert.Equal((OutboxState.Dead, 0), await StateAsync());
        Assert.Equal("Given up after 48 hours: pace", await _product.UseAsync(db => db.Outbox.Where(o => o.Updates == "news").Select(o => o.LastError).SingleAsync()));

        Task<(OutboxState State, int Attempts)> StateAsync() => _product.UseAsync(async db =>
        {
            var card = await db.Outbox.SingleAsync(o => o.Updates == "news");
            return (card.State, card.Attempts);
        });
    }

    /// <summary>Two posts to each person are out, and an update of each waits.</summary>
    private async Task SaidAndChangedAsync()
    {
        foreach (var who in Everybody)
        {
            await _product.SayToAsync(who, $"{who}-1", $"{who}-2");
        }

        await _product.DeliverAsync();
        foreach (var key in Everybody.SelectMany(who => new[] { $"{who}-1", $"{who}-2" }))
        {
            await _product.ChangeAsync(key, "changed");
        }
    }

    /// <summary>Of an update the chat is given the id of its message; of a post, the key.</summary>
    private bool IsUpdate(string id) => _product.Chat.Posts.Any(post => post.Id == id);

    private void TakesNone(Func<string, bool> of) => _product.Chat.Fails = id =>
    {
        if (!of(id))
        {
            return null;
        }

        Interlocked.Increment(ref _asked);
        return new PostOutcome.Later(Told, "pace", ForAll: true);
    };

    private Task<IReadOnlyList<WorkspaceId>> LanesAsync() => _product.Get<DeliverOutbox>().LanesAsync(CancellationToken.None);

    /// <summary>Whether or not it is named.</summary>
    private async Task RunLaneAsync() =>
        await _product.Get<DeliverOutbox>().RunAsync(await _product.UseAsync(db => db.Workspaces.Select(w => w.Id).SingleAsync()), CancellationToken.None);

    private Task<List<Lying>> WaitingAsync() => _product.UseAsync(db => db.Outbox.Where(o => o.State == OutboxState.Waiting).OrderBy(o => o.Id)
        .Select(o => new Lying(o.Id, o.Updates, o.Attempts, o.Revision, o.NotBefore, o.LastError)).ToListAsync());

    private sealed record Lying(OutboxId Id, string? Updates, int Attempts, int Revision, DateTimeOffset NotBefore, string? LastError);
}

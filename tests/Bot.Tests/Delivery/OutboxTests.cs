using Bot.Chat;
using Bot.Delivery;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Delivery;

// Delivery: order within a conversation, waiting as asked, growing pauses, giving up, gone people, a card changed while on its way, and hosts that share a lane.
public sealed class OutboxTests : IAsyncLifetime
{
    private Product _product = null!;

    public async Task InitializeAsync() => _product = await Product.StartAsync();

    public async Task DisposeAsync() => await _product.DisposeAsync();

    [Fact]
    public async Task A_platform_that_asks_to_wait_is_asked_again_after_that_and_the_order_is_kept()
    {
        await _product.SayAsync("first", "second");
        _product.Chat.Fails = key => key == "first" ? new PostOutcome.Later(TimeSpan.FromSeconds(30), "slow down") : null;
        await _product.DeliverAsync();
        Assert.Empty(_product.Chat.Posts);

        _product.Chat.Fails = _ => null;
        _product.Clock.Now = _product.Clock.Now.AddSeconds(29);
        await _product.DeliverAsync();
        Assert.Empty(_product.Chat.Posts);

        _product.Clock.Now = _product.Clock.Now.AddSeconds(1);
        await _product.DeliverAsync();
        Assert.Equal(["first", "second"], _product.Chat.Posts.Select(p => p.Key));
    }

    [Fact]
    public async Task Told_to_stop_the_lane_finishes_and_notes_the_card_on_its_way_and_begins_no_other()
    {
        await _product.SayAsync("on its way", "next");
        using var stopping = new CancellationTokenSource();
        _product.Chat.OnItsWay = _ => stopping.CancelAsync();

        await _product.Get<DeliverOutbox>().RunAsync((await _product.RowAsync("next")).WorkspaceId, stopping.Token);

        Assert.Equal(["on its way"], _product.Chat.Posts.Select(p => p.Key));
        Assert.Equal(OutboxState.Delivered, (await _product.RowAsync("on its way")).State);
        Assert.Equal(OutboxState.Waiting, (await _product.RowAsync("next")).State);
    }

    [Fact]
    public async Task One_conversation_that_waits_does_not_hold_up_another()
    {
        await _product.SayAsync("stuck");
        await _product.SayToAsync("ben", "free");
        _product.Chat.Fails = key => key == "stuck" ? new PostOutcome.Later(TimeSpan.FromHours(1), "slow down") : null;

        await _product.DeliverAsync();

        Assert.Equal(["free"], _product.Chat.Posts.Select(p => p.Key));
    }

    [Fact]
    public async Task A_long_queue_that_waits_does_not_hold_up_what_stands_behind_it()
    {
        await _product.SayAsync([.. Enumerable.Range(0, 300).Select(n => $"stuck-{n}")]);
        await _product.SayToAsync("ben", "free");
        _product.Chat.Fails = key => key.StartsWith("stuck") ? new PostOutcome.Later(TimeSpan.FromHours(1), "slow down") : null;

        await _product.DeliverAsync();

        Assert.Equal(["free"], _product.Chat.Posts.Select(p => p.Key));
    }

    [Fact]
    public async Task A_platform_that_throws_is_tried_again_with_growing_pauses_and_given_up_after_48_hours()
    {
        await _product.SayAsync("poison");
        _product.Chat.Fails = _ => throw new InvalidOperationException("broken");

        await _product.DeliverAsync();
        var first = await _product.RowAsync("poison");
        _product.Clock.Now = first.NotBefore;
        await _product.DeliverAsync();
        var second = await _product.RowAsync("poison");
        _product.Clock.Now = _product.Clock.Now.AddHours(48);
        await _product.DeliverAsync();
        var last = await _product.RowAsync("poison");

        Assert.True(second.NotBefore - first.NotBefore > first.NotBefore - first.CreatedAt);
        Assert.Equal(OutboxState.Dead, last.State);
        Assert.Contains("48 hours", last.LastError!);
        Assert.NotEqual("", last.Card);
    }

    [Fact]
    public async Task A_card_on_which_the_adapter_fails_every_time_is_given_up_within_two_minutes_and_what_stands_behind_it_is_said()
    {
        await _product.SayAsync("poison", "behind");
        _product.Chat.Fails = key => key == "poison" ? throw new InvalidOperationException("cannot be rendered") : null;
        var began = _product.Clock.Now;

        for (var turn = await _product.RowAsync("poison"); turn.State == OutboxState.Waiting; turn = await _product.RowAsync("poison"))
        {
            _product.Clock.Now = turn.NotBefore;
            await _product.DeliverAsync();
        }

        Assert.Equal("Refused: Failed: InvalidOperationException", (await _product.RowAsync("poison")).LastError);
        Assert.InRange(_product.Clock.Now - began, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2));
        Assert.Equal(["behind"], _product.Chat.Posts.Select(p => p.Key));
    }

    [Fact]
    public async Task A_platform_that_does_not_answer_is_asked_with_a_few_cards_however_many_wait_and_all_come_when_it_is_back()
    {
        string[] everybody = ["ana", "ben", "chloe", "dev", "root"];
        await _product.SayAsync("channel");
        foreach (var who in everybody)
        {
            await _product.SayToAsync(who, who);
        }

        var asked = 0;
        _product.Chat.Fails = _ =>
        {
            Interlocked.Increment(ref asked);
            return new PostOutcome.Later(null, "HTTP 500");
        };
        await _product.DeliverAsync();
        await _product.DeliverAsync();
        Assert.InRange(asked, 1, 4);

        asked = 0;
        _product.Clock.Now = _product.Clock.Now.AddSeconds(3);
        await _product.DeliverAsync();
        Assert.Equal(1, asked);
        Assert.Empty(_product.Chat.Posts);

        _product.Chat.Fails = _ => null;
        _product.Clock.Now += PausedLanes.Longest;
        await _product.DeliverAsync();
        Assert.Equal(new[] { "channel" }.Concat(everybody).Order(), _product.Chat.Posts.Select(p => p.Key).Order());
    }

    [Fact]
    public async Task A_person_who_is_gone_is_marked_and_no_longer_sent_to_until_heard_of_again()
    {
        await _product.SayToAsync("ben", "one");
        _product.Chat.Fails = _ => new PostOutcome.Gone("user_disabled");
        await _product.DeliverAsync();
        _product.Chat.Fails = key => throw new InvalidOperationException(key + " must not be sent");
        await _product.SayToAsync("ben", "two");
        await _product.DeliverAsync();
        Assert.Equal(OutboxState.Dead, (await _product.RowAsync("two")).State);

        _product.Chat.Fails = _ => null;
        await _product.TypeAsync("ben", "help");
        await _product.SayToAsync("ben", "three");
        await _product.DeliverAsync();

        Assert.Equal(["three"], _product.Chat.To("dm-ben").Select(p => p.Key));
    }

    [Fact]
    public async Task A_refused_card_ends_in_the_dead_letters_with_the_reason_and_its_content()
    {
        await _product.SayAsync("odd");
        _product.Chat.Fails = _ => new PostOutcome.Refused("invalid_blocks /blocks/0");

        await _product.DeliverAsync();

        var row = await _product.RowAsync("odd");
        Assert.Equal((OutboxState.Dead, "Refused: invalid_blocks /blocks/0"), (row.State, row.LastError));
        Assert.NotEqual("", row.Card);
    }

    [Fact]
    public async Task A_card_changed_while_it_is_on_its_way_is_followed_by_the_change()
    {
        await _product.SayAsync("news");
        _product.Chat.OnItsWay = async key =>
        {
            _product.Chat.OnItsWay = _ => Task.CompletedTask;
            await _product.ChangeAsync(key, "changed");
        };

        await _product.DeliverAsync();

        var message = Assert.Single(_product.Chat.Posts);
        Assert.Equal(["news", "changed"], message.Versions.Select(v => v.Text));
    }

    [Fact]
    public async Task A_card_changed_before_it_went_out_goes_out_once_as_changed()
    {
        await _product.SayAsync("news");
        await _product.ChangeAsync("news", "changed");
        await _product.ChangeAsync("news", "changed again");

        await _product.DeliverAsync();

        Assert.Equal(["changed again"], Assert.Single(_product.Chat.Posts).Versions.Select(v => v.Text));
    }

    [Fact]
    public async Task A_change_saved_after_the_card_went_out_unseen_collides_and_is_decided_again()
    {
        await _product.SayAsync("news");

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => _product.SpeakAsync(async (outbox, db) =>
        {
            await outbox.ChangeAsync((await db.Workspaces.SingleAsync()).Id, "news", _product.Words("changed"), CancellationToken.None);
            await _product.DeliverAsync();
        }));
        await _product.ChangeAsync("news", "changed");
        await _product.DeliverAsync();

        Assert.Equal(["news", "changed"], Assert.Single(_product.Chat.Posts).Versions.Select(v => v.Text));
    }

    [Fact]
    public async Task Several_changes_that_wait_become_one_update()
    {
        await _product.SayAsync("news");
        await _product.DeliverAsync();
        await _product.ChangeAsync("news", "b");
        await _product.ChangeAsync("news", "c");

        await _product.DeliverAsync();

        Assert.Equal(["news", "c"], Assert.Single(_product.Chat.Posts).Versions.Select(v => v.Text));
    }

    [Fact]
    public async Task What_was_delivered_is_not_kept_and_old_traces_are_tidied()
    {
        await _product.SayAsync("news");
        await _product.DeliverAsync();
        Assert.Equal("", (await _product.RowAsync("news")).Card);

        _product.Clock.Now = _product.Clock.Now.AddDays(61);
        await using var scope = _product.Get<IServiceScopeFactory>().CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Tidy>().RunAsync(CancellationToken.None);

        Assert.Equal(0, await _product.UseAsync(db => db.Outbox.CountAsync()) + await _product.UseAsync(db => db.Inbox.CountAsync()));
    }

    [PostgresFact]
    public async Task A_lane_that_one_host_runs_is_left_to_it_by_the_others()
    {
        await using var store = await TestStore.MigratedOnServerAsync();
        await using var here = await Product.StartAsync(on: store);
        await using var there = await Product.StartAsync(on: store);
        await here.StartLoopAsync();
        here.Chat.OnItsWay = _ => there.DeliverAsync();

        await here.SleepUntilAsync("2026-11-25T09:00:00Z");

        Assert.NotEmpty(here.Chat.Posts);
        Assert.Empty(there.Chat.Posts);
    }
}

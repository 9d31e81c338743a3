using System.Runtime.CompilerServices;
using Bot.Slack.Inbound;

namespace Bot.Slack.Tests.Inbound;

// What was delivered is remembered for as long as it can come again, and no longer; in a flood the newest are. Nothing of what was
// sent is kept.
public sealed class DeliveriesTests
{
    private readonly ManualClock _clock = ManualClock.Start();
    private readonly Deliveries _deliveries;

    public DeliveriesTests() => _deliveries = new Deliveries(_clock);

    [Fact]
    public void The_same_one_is_known_again_for_a_quarter_of_an_hour()
    {
        var first = Of("a");
        _clock.Advance(TimeSpan.FromMinutes(14));

        Assert.Same(first, Of("a"));
    }

    [Fact]
    public void After_half_an_hour_it_is_another_one()
    {
        var first = Of("a");
        _clock.Advance(TimeSpan.FromMinutes(16));
        Of("b");
        _clock.Advance(TimeSpan.FromMinutes(16));

        Assert.NotSame(first, Of("a"));
    }

    [Fact]
    public void In_a_flood_the_newest_are_known_and_the_oldest_are_let_go()
    {
        var first = Of("a");
        for (var i = 0; i < 100_001; i++)
        {
            Of($"flood {i}");
        }

        var last = Of("last");

        Assert.Same(last, Of("last"));
        Assert.NotSame(first, Of("a"));
    }

    [Fact]
    public async Task What_is_remembered_keeps_nothing_of_what_was_sent()
    {
        var payload = await TakeOneAsync("a");
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (payload.IsAlive)
        {
            // The thread that did the work may still be on its way out of it.
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, patience.Token);
            GC.Collect();
        }

        Assert.Equal("said", (string?)(await Of("a").Work).Body);
    }

    /// <summary>Its work knows what was sent, and so does what follows it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task<WeakReference> TakeOneAsync(string key)
    {
        var payload = new byte[1];
        var delivery = _deliveries.Of(key, async () =>
        {
            await Task.Yield();
            return new SlackAnswer("said", _ => Task.FromResult(payload));
        });
        delivery.Settle(await delivery.Work);
        return new WeakReference(payload);
    }

    private Bot.Slack.Inbound.Delivery Of(string key) => _deliveries.Of(key, () => Task.FromResult(new SlackAnswer()));
}

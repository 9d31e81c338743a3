using Bot.Delivery;
using Microsoft.EntityFrameworkCore;

namespace Bot.Host.Tests;

// SIGTERM: what is in flight is finished and written down, the rest waits for the next start.
public sealed class GracefulStopTests
{
    private const int People = 600;

    [Fact]
    public async Task Told_to_stop_while_it_starts_it_stops_as_it_would_later()
    {
        using var store = new StoreFile();
        // It listens before everything else has started.
        await using var host = await HostProcess.StartAsync(store.Path);

        var ended = await host.StopAsync();

        Assert.True(ended == 0, host.Output);
    }

    [Fact]
    public async Task Stopped_while_prompts_go_out_it_ends_cleanly_with_nothing_half_done_and_asks_nobody_twice_after()
    {
        using var store = new StoreFile();
        await Crowd.SeedAsync(store, People, loops: 20);
        await using (var host = await HostProcess.StartAsync(store.Path))
        {
            using var page = new HttpClient { BaseAddress = host.Address };
            using var open = await page.GetAsync($"/playground/events?as={Crowd.Name(0)}", HttpCompletionOption.ResponseHeadersRead);
            await Eventually.HoldsAsync("prompts go out", async () => await DeliveredAsync(store) > 10);

            Assert.Equal(0, await host.StopAsync());
        }

        var (seen, written) = (await SeenAsync(store), await DeliveredAsync(store));
        Assert.Equal(seen, written);
        Assert.InRange(seen, 11, People - 1);

        await using (var again = await HostProcess.StartAsync(store.Path))
        {
            await Eventually.HoldsAsync("everybody is asked", async () => await SeenAsync(store) >= People, within: TimeSpan.FromMinutes(2));
            await Eventually.HoldsAsync("it is written down", async () => await DeliveredAsync(store) >= People);
            Assert.Equal(0, await again.StopAsync());
        }

        Assert.Equal(People, await SeenAsync(store));
        Assert.Equal(People, await store.AskPlaygroundAsync(db => db.Messages.Where(m => m.ConversationId.StartsWith("dm-")).Select(m => m.ConversationId).Distinct().CountAsync()));
    }

    private static Task<int> SeenAsync(StoreFile store) =>
        store.AskPlaygroundAsync(db => db.Messages.CountAsync(m => m.ConversationId.StartsWith("dm-")));

    private static Task<int> DeliveredAsync(StoreFile store) =>
        store.AskAsync(db => db.Outbox.CountAsync(o => o.ToPerson != null && o.State == OutboxState.Delivered));
}

using Bot.Chat;
using Bot.Delivery;
using Bot.Host.Health;
using Bot.Store;
using Bot.Tests;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Bot.Host.Tests;

// Ready by what happens in the lanes: red where nothing is even tried, a warning where it is tried in vain or cannot be tried here, on both databases.
public sealed class DeliveryCheckTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-11-28T10:00:00Z");
    private static readonly PlatformName On = new("on");

    [Fact]
    public Task On_a_file() => JudgedAsync(TestStore.MigratedFileAsync);

    [PostgresFact]
    public Task On_a_server() => JudgedAsync(TestStore.MigratedOnServerAsync);

    private static async Task JudgedAsync(Func<Task<TestStore>> open)
    {
        var late = Due(minutesAgo: 11);

        await Is(HealthStatus.Healthy, open);
        await Is(HealthStatus.Healthy, open, Due(minutesAgo: 9));
        await Is(HealthStatus.Unhealthy, open, late);
        await Is(HealthStatus.Healthy, open, Due(minutesAgo: -60));

        // The lane moves: another of its cards was delivered or refused, or asked to wait, within the ten minutes.
        await Is(HealthStatus.Degraded, open, late, Due(minutesAgo: 20, OutboxState.Delivered, ended: 9));
        await Is(HealthStatus.Degraded, open, late, Due(minutesAgo: 20, OutboxState.Dead, ended: 1));
        await Is(HealthStatus.Degraded, open, late, Tried(againInMinutes: 40));
        await Is(HealthStatus.Degraded, open, Tried(againInMinutes: -9));

        // It moved, and does no longer.
        await Is(HealthStatus.Unhealthy, open, late, Due(minutesAgo: 20, OutboxState.Delivered, ended: 11));
        await Is(HealthStatus.Unhealthy, open, Tried(againInMinutes: -11));
    }

    [Fact]
    public async Task A_platform_that_is_not_switched_on_is_no_lane_that_stands_still()
    {
        await using var store = await TestStore.MigratedFileAsync();
        await using var db = await SeededAsync(store, Due(minutesAgo: 600));

        var result = await new DeliveryCheck(db, [], new StoppedClock()).CheckHealthAsync(new HealthCheckContext());

        Assert.Equal(HealthStatus.Degraded, result.Status);
        Assert.Contains("not switched on", result.Description);
        Assert.DoesNotContain("acme", result.Description);
    }

    private static async Task Is(HealthStatus expected, Func<Task<TestStore>> open, params OutboxCard[] cards)
    {
        await using var store = await open();
        await using var db = await SeededAsync(store, cards);

        var result = await new DeliveryCheck(db, [Moq.Mock.Of<IChatPlatform>(p => p.Name == On)], new StoppedClock()).CheckHealthAsync(new HealthCheckContext());

        Assert.True(expected == result.Status, $"{expected} was expected: {result.Status} {result.Description}");
    }

    private static async Task<BotDb> SeededAsync(TestStore store, params OutboxCard[] cards)
    {
        var db = store.Open();
        var workspace = new Workspace { Id = cards.Length > 0 ? cards[0].WorkspaceId : Id.New<WorkspaceId>(TimeProvider.System), Platform = On, ExternalId = "acme", AddedAt = Now };
        db.Add(workspace);
        db.AddRange(cards);
        await db.SaveChangesAsync();
        return db;
    }

    private static readonly WorkspaceId Acme = Id.New<WorkspaceId>(TimeProvider.System);

    private static OutboxCard Due(int minutesAgo, OutboxState state = OutboxState.Waiting, int? ended = null) => new()
    {
        Id = Id.New<OutboxId>(TimeProvider.System), WorkspaceId = Acme, Key = Guid.NewGuid().ToString(), Card = "{}", State = state,
        CreatedAt = Now.AddMinutes(-minutesAgo), NotBefore = Now.AddMinutes(-minutesAgo), EndedAt = ended is { } ago ? Now.AddMinutes(-ago) : null,
    };

    private static OutboxCard Tried(int againInMinutes)
    {
        var card = Due(minutesAgo: 120);
        (card.Attempts, card.NotBefore) = (3, Now.AddMinutes(againInMinutes));
        return card;
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}

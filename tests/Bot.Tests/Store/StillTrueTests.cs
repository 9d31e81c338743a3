using Bot.Chat;
using Bot.Store;

namespace Bot.Tests.Store;

// One moment as long as nobody writes and it is not full; another after a write of anybody, and when it is full.
public sealed class StillTrueTests
{
    [Fact]
    public async Task It_is_the_same_moment_until_somebody_writes()
    {
        await using var store = await TestStore.MigratedFileAsync();
        using var stamp = new StoreStamp(store.Address.ConnectionString);
        var still = new StillTrue(stamp);
        var (first, second) = (still.Now(), still.Now());
        await using (var db = store.Open())
        {
            db.Workspaces.Add(new Workspace
            {
                Id = Id.New<WorkspaceId>(TimeProvider.System), Platform = new PlatformName("slack"), ExternalId = "T1", AddedAt = TimeProvider.System.GetUtcNow(),
            });
            await db.SaveChangesAsync();
        }

        var third = still.Now();

        Assert.Same(first, second);
        Assert.NotSame(second, third);
    }

    [Fact]
    public async Task What_is_full_is_begun_anew()
    {
        await using var store = await TestStore.MigratedFileAsync();
        using var stamp = new StoreStamp(store.Address.ConnectionString);
        var still = new StillTrue(stamp);
        var full = still.Now();
        for (var i = 0; i < 50_000; i++)
        {
            await full.OnceAsync(i, _ => Task.FromResult(i));
        }

        var next = still.Now();

        Assert.NotSame(full, next);
        Assert.Same(next, still.Now());
    }
}

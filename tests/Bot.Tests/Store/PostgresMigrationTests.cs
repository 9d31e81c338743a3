using Bot.Chat;
using Bot.Delivery;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.Store;

// The schema on PostgreSQL: equal to the model, made once however many hosts start at once, and with names in the order of their code points whatever the database's language.
public sealed class PostgresMigrationTests
{
    [PostgresFact]
    public async Task An_empty_database_migrated_equals_the_model()
    {
        var (migrated, modelled) = await PostgresSchema.BothAsync(store => store.Open());

        Assert.Equal(modelled, migrated);
    }

    [PostgresFact]
    public async Task Many_hosts_that_start_at_once_migrate_once()
    {
        await using var store = await TestStore.EmptyOnServerAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            await using var db = store.Open();
            await db.Database.MigrateStoreAsync(CancellationToken.None);
        })));

        await using var after = store.Open();
        Assert.Empty(await after.Database.GetPendingMigrationsAsync());
        Assert.Equal(after.Database.GetMigrations(), await after.Database.GetAppliedMigrationsAsync());
    }

    [PostgresFact]
    public async Task Ids_have_a_least_and_a_greatest()
    {
        await using var store = await TestStore.MigratedOnServerAsync();
        await using var db = store.Open();
        var ids = Enumerable.Range(0, 3).Select(_ => Id.New<DataKeyId>(TimeProvider.System)).ToList();
        db.DataKeys.AddRange(ids.Select(id => new DataProtectionKey { Id = id, Xml = "<key />" }));
        await db.SaveChangesAsync();

        var found = await db.DataKeys.GroupBy(_ => 1).Select(g => new { Least = g.Min(k => k.Id), Greatest = g.Max(k => k.Id) }).SingleAsync();

        Assert.Equal((ids[0], ids[2]), (found.Least, found.Greatest));
    }

    [PostgresFact]
    public async Task Instants_are_kept_to_the_millisecond_whatever_their_offset()
    {
        await using var store = await TestStore.MigratedOnServerAsync();
        await using var db = store.Open();
        var exact = DateTimeOffset.Parse("2026-11-26T10:00:00.1234567+01:00");
        db.Inbox.Add(new InboxEntry { WorkspaceId = Id.New<WorkspaceId>(TimeProvider.System), DeliveryId = "d", At = exact, Reply = "" });
        await db.SaveChangesAsync();

        var kept = await db.Inbox.AsNoTracking().SingleAsync();

        Assert.Equal(DateTimeOffset.Parse("2026-11-26T09:00:00.123Z"), kept.At);
        Assert.Equal(TimeSpan.Zero, kept.At.Offset);
        Assert.Equal(1, await db.Inbox.CountAsync(i => i.At == exact));
    }
}

using Bot.Chat;
using Bot.CheckIns;
using Bot.Retention;
using Bot.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bot.Tests.Retention;

// A workspace removed the bot. For thirty days every row stays; then no table has one, whatever tables there are, and the other workspace has all of its own. Installed again
// in time, everything is there; installed again while it is deleted, it is new. Stopped half-way; a platform that is switched off.
public sealed class DeleteRemovedWorkspacesTests
{
    private static readonly DateTimeOffset Removed = DateTimeOffset.Parse("2026-11-30T09:00:00Z");

    [Fact]
    public async Task Everything_stays_for_thirty_days_and_then_no_table_has_a_row_of_it() => await StaysAndGoesAsync(await TestStore.MigratedFileAsync());

    [PostgresFact]
    public async Task Everything_stays_for_thirty_days_and_then_no_table_has_a_row_of_it_on_PostgreSQL() => await StaysAndGoesAsync(await TestStore.MigratedOnServerAsync());

    [Fact]
    public async Task Installed_again_in_time_everything_is_there()
    {
        await using var product = await LivedAsync();
        await RemoveAsync(product);
        product.Clock.Now = Removed.AddDays(29);
        await product.HearAsync(new BotAdded(product.Next(), product.Workspace, Product.Who("ana"), null));
        var before = await product.UseAsync(AllRows.OfAsync);

        product.Clock.Now = Removed.AddDays(60);
        await RunAsync(product);

        Assert.Equal(before, await product.UseAsync(AllRows.OfAsync));
        Assert.Single(await product.UseAsync(db => db.Loops.ToListAsync()));
    }

    [Fact]
    public async Task Installed_again_while_it_is_deleted_it_is_a_new_workspace_and_stays_whole()
    {
        await using var product = await LivedAsync();
        await RemoveAsync(product);
        product.Clock.Now = Removed.AddDays(31);
        var due = await product.AskAsync<DeleteRemovedWorkspaces, IReadOnlyList<Workspace>>(delete => delete.DueAsync(CancellationToken.None));

        await product.HearAsync(new BotAdded(product.Next(), product.Workspace, Product.Who("ana"), null));
        await product.TypeAsync("ana", "new Lead scoring");
        await RunAsync(product);

        var left = await product.UseAsync(db => db.Workspaces.SingleAsync());
        Assert.NotEqual(Assert.Single(due).Id, left.Id);
        Assert.Null(left.RemovedAt);
        Assert.Equal(["ana"], await product.UseAsync(db => db.People.Select(p => p.ExternalId).ToListAsync()));
        Assert.Empty(await product.UseAsync(db => db.Loops.ToListAsync()));
    }

    [Fact]
    public async Task Who_comes_back_at_the_very_moment_it_begins_is_decided_again()
    {
        await using var product = await LivedAsync();
        await RemoveAsync(product);
        product.Clock.Now = Removed.AddDays(31);

        var saved = await Record.ExceptionAsync(() => product.UseAsync(async db =>
        {
            var workspace = await db.Workspaces.SingleAsync();
            await product.AskAsync<DeleteRemovedWorkspaces, IReadOnlyList<Workspace>>(delete => delete.DueAsync(CancellationToken.None));
            workspace.RemovedAt = null;
            await db.SaveChangesAsync();
        }));

        Assert.True(Collision.Is(Assert.IsType<DbUpdateConcurrencyException>(saved)));
        Assert.NotNull(await product.UseAsync(db => db.Workspaces.Select(w => w.RemovedAt).SingleAsync()));
    }

    [Fact]
    public async Task Stopped_half_way_the_next_run_goes_on()
    {
        await using var product = await LivedAsync();
        await RemoveAsync(product);
        product.Clock.Now = Removed.AddDays(31);
        var tables = new OwnTables { Fails = true };
        await Assert.ThrowsAsync<IOException>(() => RunAsync(product, tables));
        var half = AllRows.Tables(await product.UseAsync(AllRows.OfAsync));

        tables.Fails = false;
        await RunAsync(product, tables);

        Assert.Equal(["Workspace"], half);
        Assert.Empty(await product.UseAsync(AllRows.OfAsync));
        Assert.Equal(("acme", Removed.AddHours(1)), tables.Deleted);
    }

    [Fact]
    public async Task While_its_platform_is_switched_off_the_workspace_s_own_row_waits_for_it()
    {
        await using var product = await LivedAsync();
        await product.UseAsync(db => db.Workspaces.ExecuteUpdateAsync(w => w.SetProperty(x => x.Platform, new PlatformName("elsewhere")).SetProperty(x => x.RemovedAt, Removed)));
        product.Clock.Now = Removed.AddDays(31);

        await RunAsync(product);

        Assert.Equal(["Workspace"], AllRows.Tables(await product.UseAsync(AllRows.OfAsync)));
    }

    private static async Task StaysAndGoesAsync(TestStore store)
    {
        var elsewhere = new OneOfEach(RecordingChat.TheName, "globex", Removed);
        List<string> others;
        await using (var db = store.Open())
        {
            db.AddRange(elsewhere.Of(db));
            await db.SaveChangesAsync();
            await db.Workspaces.ExecuteUpdateAsync(w => w.SetProperty(x => x.RemovedAt, (DateTimeOffset?)null).SetProperty(x => x.DeletingSince, (DateTimeOffset?)null));
            others = await AllRows.OfAsync(db);
        }

        await using var product = await LivedAsync(store);
        await RemoveAsync(product);
        // Afterwards, because a tie ends with the removal.
        var every = await product.UseAsync(async db =>
        {
            var id = await db.Workspaces.Where(w => w.ExternalId == "acme").Select(w => w.Id).SingleAsync();
            db.AddRange(new OneOfEach(RecordingChat.TheName, "acme", Removed, id).Of(db).Where(row => row is not (Workspace or DataProtectionKey)));
            await db.SaveChangesAsync();
            return db.Model.GetEntityTypes().Where(type => !type.IsOwned()).Select(type => type.ClrType.Name).ToHashSet();
        });
        var all = await product.UseAsync(AllRows.OfAsync);
        // The keys that seal links and tokens are the installation's, not a workspace's.
        Assert.Equal(every.Except(["DataProtectionKey"]).Order(), AllRows.Tables(all.Except(others)).Order());

        product.Clock.Now = Removed.AddDays(29);
        await RunAsync(product);
        Assert.Equal(all, await product.UseAsync(AllRows.OfAsync));

        product.Clock.Now = Removed.AddDays(31);
        await RunAsync(product);
        Assert.Equal(others, await product.UseAsync(AllRows.OfAsync));
    }

    /// <summary>A week with answers, a review and a digest, and a second one begun.</summary>
    private static async Task<Product> LivedAsync(TestStore? on = null)
    {
        var product = await Product.StartAsync(on: on);
        var loop = await product.StartLoopAsync();
        await product.MoveToAsync("2026-11-25T10:00:00Z");
        var round = await product.RoundAsync(loop, "2026-11-26");
        foreach (var who in new[] { "ana", "ben", "chloe", "dev" })
        {
            await product.AnswerAsync(who, round.Id, "4", new() { ["comment"] = "Helps", ["struggleText"] = "The score has no reason", ["nameless"] = who == "dev" ? "true" : "false" });
        }

        await product.MoveToAsync("2026-11-27T08:00:00Z");
        return product;
    }

    private static async Task RemoveAsync(Product product)
    {
        product.Clock.Now = Removed;
        await product.HearAsync(new BotRemoved(product.Next(), product.Workspace, null, null));
    }

    private static async Task RunAsync(Product product, params IEnumerable<IPlatformTables> tables) => await product.UseAsync(async db =>
    {
        var delete = new DeleteRemovedWorkspaces(db, tables, [product.Chat], product.Get<KeptFor>(), product.Clock, NullLogger<DeleteRemovedWorkspaces>.Instance);
        foreach (var workspace in await delete.DueAsync(CancellationToken.None))
        {
            await delete.DeleteAsync(workspace, CancellationToken.None);
        }
    });

    private sealed class OwnTables : IPlatformTables
    {
        public bool Fails { get; set; }

        public (string Workspace, DateTimeOffset Before)? Deleted { get; private set; }

        public PlatformName Platform => RecordingChat.TheName;

        public Task DeleteAsync(string workspaceId, DateTimeOffset before, CancellationToken ct)
        {
            Deleted = (workspaceId, before);
            return Fails ? throw new IOException("The disk is gone.") : Task.CompletedTask;
        }
    }
}

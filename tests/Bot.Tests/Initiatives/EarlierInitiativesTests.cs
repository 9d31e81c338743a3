using Bot.Chat;
using Bot.Initiatives;

namespace Bot.Tests.Initiatives;

// Which initiatives did not reach production, since when, and what was last said about it. The clock stands at 23 November 2026.
public sealed class EarlierInitiativesTests : IAsyncLifetime
{
    private Product _product = null!;

    public async Task InitializeAsync() => _product = await Product.StartAsync();

    public async Task DisposeAsync() => await _product.DisposeAsync();

    [Fact]
    public async Task Stalled_over_time_and_retired_without_production_count_the_newest_first()
    {
        await _product.RegisterAsync("Idea", Stage.Idea, since: "2025-01-01T00:00:00Z");
        await _product.RegisterAsync("Young pilot", since: "2026-09-01T00:00:00Z");
        await _product.RegisterAsync("Old pilot", since: "2026-08-01T00:00:00Z");
        await _product.RegisterAsync("Planned long", since: "2026-01-01T00:00:00Z", but: i => i.PlannedEnd = new DateOnly(2026, 12, 1));
        await _product.RegisterAsync("Planned short", since: "2026-11-01T00:00:00Z", but: i => i.PlannedEnd = new DateOnly(2026, 11, 20));
        await _product.RegisterAsync("Stalled", Stage.Stalled, since: "2026-10-12T08:00:00Z");
        await _product.RegisterAsync("Retired", Stage.Retired, since: "2026-06-01T08:00:00Z");
        await _product.RegisterAsync("Deploying", Stage.Deploying, since: "2025-01-01T00:00:00Z");
        var was = await _product.RegisterAsync("Was in production", Stage.Production, since: "2026-01-01T00:00:00Z");
        await MoveAsync(was, Stage.Production, Stage.Retired, "2026-07-01T00:00:00Z");

        var found = await UnfinishedAsync(null);

        Assert.Equal(
            [("Planned short", 0, "pilot past its planned end"), ("Old pilot", 4, "pilot past its planned end for 4 weeks"), ("Stalled", 6, "stalled 6 weeks ago"), ("Retired", 25, "retired 25 weeks ago")],
            found.Select(e => (e.Initiative.Name, e.Weeks, e.InWords)));
    }

    [Fact]
    public async Task The_newest_answer_counts()
    {
        var id = await _product.RegisterAsync("Stalled", Stage.Stalled, since: "2026-10-12T08:00:00Z");
        await SayAsync(id, Cause.Integration, "The CRM has no field for the score", "2026-10-13T00:00:00Z");

        var first = Assert.Single(await UnfinishedAsync(null));
        await SayAsync(id, Cause.DataQuality, "not ready", "2026-10-14T00:00:00Z");
        var then = Assert.Single(await UnfinishedAsync(null));

        Assert.Equal((true, "integration: \"The CRM has no field for the score\""), (first.IsAnswered, first.Obstacle!.InWords()));
        Assert.Equal((false, "data quality: \"not ready\""), (then.IsAnswered, then.Obstacle!.InWords()));
    }

    [Fact]
    public async Task One_that_moved_on_after_stalling_does_not_count_nor_does_the_one_left_out()
    {
        var moved = await _product.RegisterAsync("Moved on", Stage.Stalled, since: "2026-10-01T00:00:00Z");
        await MoveAsync(moved, Stage.Stalled, Stage.Pilot, "2026-11-01T00:00:00Z");
        var left = await _product.RegisterAsync("Left out", Stage.Stalled);

        Assert.Equal(["Left out"], (await UnfinishedAsync(null)).Select(e => e.Initiative.Name));
        Assert.Empty(await UnfinishedAsync(left));
    }

    [Fact]
    public async Task Another_workspace_has_its_own()
    {
        await _product.RegisterAsync("Stalled", Stage.Stalled);

        var theirs = await _product.UseAsync(db => new EarlierInitiatives(db, _product.Clock).UnfinishedAsync(WorkspaceId.From(Guid.NewGuid()), null, CancellationToken.None));

        Assert.Empty(theirs);
    }

    private Task<IReadOnlyList<EarlierInitiative>> UnfinishedAsync(InitiativeId? except) => _product.UseAsync(db =>
        new EarlierInitiatives(db, _product.Clock).UnfinishedAsync(db.Workspaces.Single(w => w.ExternalId == "acme").Id, except, CancellationToken.None));

    private Task MoveAsync(InitiativeId id, Stage from, Stage to, string at) => _product.UseAsync(async db =>
    {
        db.Initiatives.Single(i => i.Id == id).Stage = to;
        db.Add(new StageChange { Id = Id.New<StageChangeId>(_product.Clock), InitiativeId = id, From = from, To = to, At = DateTimeOffset.Parse(at) });
        await db.SaveChangesAsync();
    });

    private Task SayAsync(InitiativeId id, Cause cause, string sentence, string at) => _product.UseAsync(async db =>
    {
        db.Add(new Obstacle
        {
            Id = Id.New<ObstacleId>(_product.Clock), WorkspaceId = db.Initiatives.Single(i => i.Id == id).WorkspaceId, InitiativeId = id, Cause = cause, Sentence = sentence, At = DateTimeOffset.Parse(at),
        });
        await db.SaveChangesAsync();
    });
}

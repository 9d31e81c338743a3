using Bot.Chat;
using Bot.Initiatives;
using Bot.Portfolios;
using Bot.Warnings;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.Portfolios;

public sealed class PostPortfolioTests
{
    [Fact]
    public async Task It_is_posted_on_its_day_and_tells_of_the_week()
    {
        await using var product = await ReadyAsync();
        var loop = await product.StartLoopAsync();
        await product.MoveToAsync("2026-11-25T09:00:00Z");
        var round = await product.RoundAsync(loop, "2026-11-26");
        foreach (var who in new[] { "ana", "ben", "dev" })
        {
            await product.AnswerAsync(who, round.Id, "4");
        }

        await product.MoveToAsync("2026-11-27T08:00:00Z");

        var digest = Assert.Single(product.Digests());
        Assert.Equal(ManagersChannel.Name, digest.Conversation);
        Assert.Contains("1 of 1 needs you: Churn predictor (review not held).", digest.Shown, StringComparison.Ordinal);
        Assert.Contains("4.0 of 5, collecting, 1 of 6 weeks", digest.Shown, StringComparison.Ordinal);
        Assert.Contains("3 of 4 answered, review not held", digest.Shown, StringComparison.Ordinal);
        Assert.DoesNotContain("Change the time", digest.Shown, StringComparison.Ordinal);
        Assert.Equal(DateTimeOffset.Parse("2026-12-04T08:00:00Z"), (await product.PortfolioAsync())!.NextAt);
    }

    [Fact]
    public async Task Two_answers_show_no_mean_and_no_signal()
    {
        await using var product = await ReadyAsync();
        var loop = await product.StartLoopAsync();
        await product.MoveToAsync("2026-11-25T09:00:00Z");
        var round = await product.RoundAsync(loop, "2026-11-26");
        await product.AnswerAsync("ana", round.Id, "2");
        await product.AnswerAsync("ben", round.Id, "2");

        await product.MoveToAsync("2026-11-27T08:00:00Z");

        var shown = Assert.Single(product.Digests()).Shown;
        Assert.Contains("too few answers to show", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("of 5", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_review_that_still_runs_at_that_minute_belongs_to_the_next_one()
    {
        await using var product = await ReadyAsync();
        await product.StartLoopAsync(but: new() { ["day"] = "Friday", ["time"] = "08:45" });

        await product.MoveToAsync("2026-11-27T08:00:00Z");
        var first = product.Digests().Single().Shown;
        await product.MoveToAsync("2026-12-04T08:00:00Z");

        Assert.Contains("first review 27 Nov", first, StringComparison.Ordinal);
        Assert.Contains("0 of 4 answered, review not held", product.Digests().Last().Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_posted_once_however_often_the_clock_looks_and_whoever_sets_the_time_anew_that_day()
    {
        await using var product = await ReadyAsync();
        await product.MoveToAsync("2026-11-27T08:00:00Z");
        await product.UseAsync(db => db.Portfolios.ExecuteUpdateAsync(p => p.SetProperty(x => x.NextAt, DateTimeOffset.Parse("2026-11-27T08:00:00Z"))));
        await product.RunAsync();

        var form = await product.OpenAsync("root", SchedulePortfolio.Action, Portfolio.Key);
        var shown = (await product.SendAsync("root", form.Ref, new() { ["day"] = "Friday", ["time"] = "10:00", ["zone"] = "Europe/Berlin" })).Shown();
        await product.MoveToAsync("2026-11-27T12:00:00Z");

        Assert.Contains("Fri 4 Dec 2026 10:00", shown, StringComparison.Ordinal);
        Assert.Single(product.Digests());
    }

    [Fact]
    public async Task A_digest_missed_by_some_hours_is_posted_and_says_how_late_it_is()
    {
        await using var product = await ReadyAsync();

        await product.SleepUntilAsync("2026-11-27T13:00:00Z");

        Assert.Contains("This digest is 5 hours late.", Assert.Single(product.Digests()).Shown, StringComparison.Ordinal);
        Assert.Equal(DateTimeOffset.Parse("2026-12-04T08:00:00Z"), (await product.PortfolioAsync())!.NextAt);
    }

    [Fact]
    public async Task A_digest_missed_by_more_than_two_days_is_let_go()
    {
        await using var product = await ReadyAsync();

        await product.SleepUntilAsync("2026-11-29T08:00:01Z");

        Assert.Empty(product.Digests());
        Assert.Equal(DateTimeOffset.Parse("2026-12-04T08:00:00Z"), (await product.PortfolioAsync())!.NextAt);
    }

    [Fact]
    public async Task It_keeps_its_hour_on_the_wall_when_the_clocks_change()
    {
        await using var product = await Product.StartAsync("2027-03-22T08:00:00Z");
        await product.TypeAsync("root", "portfolio here");
        await product.MoveToAsync("2027-04-02T08:00:00Z");

        Assert.Equal(["2027-03-26", "2027-04-02"], product.Digests().Select(d => d.Key[^10..]));
        Assert.Equal(DateTimeOffset.Parse("2027-04-09T07:00:00Z"), (await product.PortfolioAsync())!.NextAt);
    }

    [Fact]
    public async Task A_channel_that_is_gone_gets_nothing_and_whoever_chose_it_is_told_once()
    {
        await using var product = await ReadyAsync();
        await product.HearAsync(new BotRemoved(product.Next(), product.Workspace, null, product.Place(ManagersChannel.Name)));

        await product.MoveToAsync("2026-12-04T08:00:00Z");

        Assert.Empty(product.Digests());
        var told = Assert.Single(product.Chat.To("dm-root"), m => m.Key.Contains("portfolio-gone", StringComparison.Ordinal));
        Assert.Contains("#managers", told.Shown, StringComparison.Ordinal);
        Assert.Null(await product.PortfolioAsync());
    }

    [Fact]
    public async Task A_workspace_that_removed_the_bot_gets_nothing()
    {
        await using var product = await ReadyAsync();
        await product.HearAsync(new BotRemoved(product.Next(), product.Workspace, null, null));

        await product.MoveToAsync("2026-12-04T08:00:00Z");

        Assert.Empty(product.Digests());
    }

    [Fact]
    public async Task It_tells_what_moved_since_the_last_one_and_what_is_open()
    {
        await using var product = await ReadyAsync();
        var loop = await product.SeedLoopAsync();
        var ana = await product.PersonAsync("ana");
        await product.MoveToAsync("2026-11-26T12:00:00Z");
        await product.SeedAsync(
            Move(product, loop.InitiativeId, Stage.Pilot, Stage.Deploying, "2026-11-20T07:59:00Z", ana, "told already"),
            Move(product, loop.InitiativeId, Stage.Deploying, Stage.Stalled, "2026-11-20T08:01:00Z", ana, "told now"),
            Warned(product, loop.WorkspaceId, loop.InitiativeId, "same-wall", 3, WarningState.Open),
            Warned(product, loop.WorkspaceId, loop.InitiativeId, "no-owner", 3, WarningState.Answered));

        await product.MoveToAsync("2026-11-27T08:00:00Z");

        var shown = Assert.Single(product.Digests()).Shown;
        Assert.Contains("told now", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("told already", shown, StringComparison.Ordinal);
        Assert.Contains("1 warning: same wall", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("no owner", shown.Replace("no owner yet", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_of_another_workspace_is_ever_in_it()
    {
        await using var product = await ReadyAsync();
        var loop = await product.SeedLoopAsync("Ours");
        await product.HearAsync(new MembersChanged(product.Next(), new WorkspaceRef(RecordingChat.TheName, "other"), product.Place("channel-theirs"), [new ChatPerson("zed", "Zed")], []));
        var stranger = await product.UseAsync(db => db.People.Where(p => p.ExternalId == "zed").SingleAsync());
        var (theirs, zed) = (stranger.WorkspaceId, stranger.Id);
        var foreign = new Initiative { Id = Id.New<InitiativeId>(product.Clock), WorkspaceId = theirs, Name = "Theirs", OwnerId = zed, CreatedAt = product.Clock.Now };
        await product.SeedAsync(
            foreign, Move(product, foreign.Id, Stage.Pilot, Stage.Stalled, "2026-11-25T08:00:00Z", zed, "their reason"),
            Warned(product, theirs, foreign.Id, "same-wall", 3, WarningState.Open),
            new Obstacle { Id = Id.New<ObstacleId>(product.Clock), WorkspaceId = theirs, InitiativeId = foreign.Id, Cause = Cause.Cost, Sentence = "their cause", At = product.Clock.Now });

        await product.MoveToAsync("2026-11-27T08:00:00Z");

        var shown = Assert.Single(product.Digests()).Shown;
        Assert.Contains("Ours", shown, StringComparison.Ordinal);
        Assert.All(["Theirs", "their", "same wall", "Zed"], text => Assert.DoesNotContain(text, shown, StringComparison.Ordinal));
        Assert.Contains("started 1, stalled 0", shown, StringComparison.Ordinal);
        Assert.NotEqual(loop.WorkspaceId, theirs);
    }

    private static async Task<Product> ReadyAsync()
    {
        var product = await Product.StartAsync();
        await product.OpenManagersAsync();
        await product.TypeAsync("root", "portfolio #managers");
        return product;
    }

    private static StageChange Move(Product product, InitiativeId initiative, Stage from, Stage to, string at, PersonId by, string reason) =>
        new() { Id = Id.New<StageChangeId>(product.Clock), InitiativeId = initiative, From = from, To = to, Reason = reason, By = by, At = DateTimeOffset.Parse(at) };

    private static Warning Warned(Product product, WorkspaceId workspace, InitiativeId initiative, string rule, int level, WarningState state) => new()
    {
        Id = Id.New<WarningId>(product.Clock), WorkspaceId = workspace, InitiativeId = initiative, Rule = rule, Level = level, State = state,
        Finding = "found", Evidence = "seen", OpenedAt = product.Clock.Now, ChangedAt = product.Clock.Now,
    };
}

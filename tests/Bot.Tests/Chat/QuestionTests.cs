using Bot.Chat;
using Bot.CheckIns;
using Bot.Loops;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.Chat;

// Status is read once for all who ask while nothing changed; anew after any change, by whomever, and after a minute; in the zone of who asks.
// Who may not see a loop is not told of it, however often others asked; another workspace never. What the platform newly says of the asker is noted all the same.
// A deed is no question: typed anew it is done anew.
public sealed class QuestionTests : IAsyncLifetime
{
    private Product _product = null!;

    public async Task InitializeAsync()
    {
        // Where hosts share a store nobody is told the very same; what else is held here is held on SQLite, where answers are shared.
        _product = await Product.StartAsync(on: await TestStore.MigratedFileAsync());
        await _product.StartLoopAsync();
        await _product.MoveToAsync("2026-11-25T09:00:00Z");
        await _product.TypeAsync("ben", "help");
    }

    public async Task DisposeAsync() => await _product.DisposeAsync();

    [Theory]
    [InlineData("ben", Product.Team, "status")]
    [InlineData("ana", Product.Team, "status")]
    [InlineData("ana", null, "status churn")]
    public async Task Everybody_in_one_zone_is_told_the_very_same_while_nothing_changed(string who, string? channel, string text)
    {
        var first = await _product.TypeAsync("ben", "status");

        Assert.Same(first, await _product.TypeAsync(who, text, channel));
    }

    [Fact]
    public async Task Times_are_told_in_the_zone_of_who_asks()
    {
        var berlin = Shown(await _product.TypeAsync("ben", "status"));

        var newYork = Shown(await _product.TypeAsync("chloe", "status"));

        Assert.Contains("10:00 (Berlin)", berlin);
        Assert.Contains("04:00 (New York)", newYork);
    }

    [Fact]
    public async Task A_change_that_went_past_the_router_is_seen_at_once()
    {
        await _product.TypeAsync("ben", "status");
        await _product.UseAsync(async db =>
        {
            (await db.Initiatives.SingleAsync()).Name = "Renamed meanwhile";
            await db.SaveChangesAsync();
        });

        var shown = Shown(await _product.TypeAsync("ben", "status"));

        Assert.Contains("Renamed meanwhile", shown);
    }

    [Fact]
    public async Task An_answer_is_counted_at_once()
    {
        var before = Shown(await _product.TypeAsync("ben", "status"));
        var round = await _product.UseAsync(db => db.Rounds.Where(r => r.State == RoundState.Collecting).Select(r => r.Id).SingleAsync());

        await _product.SendAsync("ben", new ActionRef(CheckInForm.Name, round.ToString()), new() { ["rating"] = "4" });
        var after = Shown(await _product.TypeAsync("ben", "status"));

        Assert.Contains("0 of 4 answered so far", before);
        Assert.Contains("1 of 4 answered so far", after);
    }

    [Fact]
    public async Task A_minute_later_it_is_looked_into_again()
    {
        var first = await _product.TypeAsync("ben", "status");
        _product.Clock.Now += TimeSpan.FromMinutes(1);

        Assert.NotSame(first, await _product.TypeAsync("ben", "status"));
    }

    [Fact]
    public async Task Who_may_not_see_the_loop_is_not_told_of_it_though_others_just_were()
    {
        await _product.HearAsync(new CommandTyped(_product.Next(), _product.Workspace, new ChatPerson("eve", "Eve"), _product.Personal("eve"), "help"));
        await _product.TypeAsync("ben", "status churn", channel: null);

        var told = Shown(await _product.TypeAsync("eve", "status churn", channel: null));

        Assert.DoesNotContain("Churn predictor", told);
    }

    [Fact]
    public async Task Another_workspace_is_told_nothing_of_it()
    {
        await _product.TypeAsync("ben", "status");

        var elsewhere = await _product.HearAsync(new CommandTyped(
            _product.Next(), new WorkspaceRef(RecordingChat.TheName, "globex"), new ChatPerson("ben"), _product.Place(Product.Team), "status"));

        Assert.DoesNotContain("Churn predictor", Shown(elsewhere));
    }

    [Fact]
    public async Task What_the_platform_newly_says_of_the_asker_is_noted()
    {
        await _product.TypeAsync("ben", "status");

        await _product.HearAsync(new CommandTyped(_product.Next(), _product.Workspace, new ChatPerson("ben", "Benjamin", "Asia/Tokyo", IsAdmin: true), _product.Place(Product.Team), "status"));

        var ben = await _product.UseAsync(db => db.People.SingleAsync(p => p.ExternalId == "ben"));
        Assert.Equal(("Benjamin", "Asia/Tokyo", true), (ben.Name, ben.TimeZone, ben.IsAdmin));
    }

    [Fact]
    public async Task Who_was_gone_and_asks_is_back()
    {
        await _product.UseAsync(async db =>
        {
            (await db.People.SingleAsync(p => p.ExternalId == "ben")).GoneAt = _product.Clock.Now;
            await db.SaveChangesAsync();
        });

        await _product.TypeAsync("ben", "status");

        Assert.Null(await _product.UseAsync(db => db.People.Where(p => p.ExternalId == "ben").Select(p => p.GoneAt).SingleAsync()));
    }

    [Fact]
    public async Task A_deed_that_is_told_again_to_its_redelivery_is_done_when_it_is_typed_anew()
    {
        var delivery = _product.Next();
        var pause = new CommandTyped(delivery, _product.Workspace, new ChatPerson("ana"), _product.Place(Product.Team), "pause holidays");
        await _product.HearAsync(pause);
        await _product.HearAsync(pause);
        await _product.TypeAsync("ana", "resume");
        await _product.HearAsync(pause);

        await _product.HearAsync(pause with { Delivery = _product.Next() });

        Assert.NotNull(await _product.UseAsync(db => db.Loops.Select(l => l.PausedAt).SingleAsync()));
    }

    private static string Shown(Reply reply) => CardText.Of(Assert.IsType<Reply.Whisper>(reply).Card);
}

using Bot.Chat;
using Bot.CheckIns;
using Bot.Loops;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.Chat;

// The same question again: the same answer while nothing changed; a new one after any change, by whomever, after a minute, for another person, place or workspace;
// and a deed is never taken for an answer.
public sealed class RepeatedQuestionsTests : IAsyncLifetime
{
    private Product _product = null!;

    public async Task InitializeAsync()
    {
        _product = await Product.StartAsync(on: await TestStore.MigratedFileAsync());
        await _product.StartLoopAsync();
        await _product.MoveToAsync("2026-11-25T09:00:00Z");
        await _product.TypeAsync("ben", "help");
    }

    public async Task DisposeAsync() => await _product.DisposeAsync();

    [Fact]
    public async Task The_same_question_gets_the_very_same_answer_while_nothing_changed()
    {
        var first = await _product.TypeAsync("ben", "status");

        Assert.Same(first, await _product.TypeAsync("ben", "status"));
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
    public async Task A_minute_later_it_is_looked_into_again()
    {
        var first = await _product.TypeAsync("ben", "status");
        _product.Clock.Now += TimeSpan.FromMinutes(1);

        Assert.NotSame(first, await _product.TypeAsync("ben", "status"));
    }

    [Theory]
    [InlineData("ana", Product.Team, "status")]
    [InlineData("ben", null, "status")]
    [InlineData("ben", Product.Team, "status churn")]
    public async Task Another_person_place_or_wording_is_another_question(string who, string? channel, string text)
    {
        await _product.TypeAsync("ana", "help");
        var first = await _product.TypeAsync("ben", "status");

        Assert.NotSame(first, await _product.TypeAsync(who, text, channel));
    }

    [Fact]
    public async Task Another_workspace_is_another_question()
    {
        await _product.TypeAsync("ben", "status");

        var elsewhere = await _product.HearAsync(new CommandTyped(
            _product.Next(), new WorkspaceRef(RecordingChat.TheName, "globex"), new ChatPerson("ben"), _product.Place(Product.Team), "status"));

        Assert.DoesNotContain("Churn predictor", Shown(elsewhere));
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

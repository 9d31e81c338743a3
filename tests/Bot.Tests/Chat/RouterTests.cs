using Bot.Chat;
using Bot.CheckIns;
using Bot.Loops;
using Bot.Privacy;
using Bot.Reviews;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.Chat;

// The door: unknown words, unknown ids, ids of another workspace, rights, names that are ambiguous.
public sealed class RouterTests : IAsyncLifetime
{
    private static readonly WorkspaceRef Other = new(RecordingChat.TheName, "globex", "Globex");
    private Product _product = null!;
    private LoopId _loop;
    private Round _round = null!;

    public async Task InitializeAsync()
    {
        _product = await Product.StartAsync();
        _loop = await _product.StartLoopAsync();
        await _product.MoveToAsync("2026-11-26T09:00:00Z");
        _round = await _product.RoundAsync(_loop, "2026-11-26");
    }

    public async Task DisposeAsync() => await _product.DisposeAsync();

    [Theory]
    [InlineData("statsu", "/pilot status")]
    [InlineData("STATUS?", "/pilot status")]
    [InlineData("shedule", "/pilot schedule")]
    [InlineData("chekin", "/pilot checkin")]
    public async Task An_unknown_word_gets_the_nearest_command(string typed, string meant)
    {
        var shown = Shown(await _product.TypeAsync("ben", typed));

        Assert.Contains("Did you mean", shown);
        Assert.Contains(meant, shown);
    }

    [Theory]
    [InlineData("")]
    [InlineData("help")]
    [InlineData("   HELP  ")]
    public async Task Help_lists_every_word(string typed)
    {
        var shown = Shown(await _product.TypeAsync("ben", typed));

        Assert.All(_product.Get<Catalogue>().Words, w => Assert.Contains("/pilot " + w.Word, shown));
    }

    [Fact]
    public async Task Ids_of_another_workspace_are_answered_like_unknown_ones_and_change_nothing()
    {
        var answered = new List<(string Known, string Unknown)>();
        foreach (var action in AllActions())
        {
            answered.Add((await FromOutsideAsync(action.Known), await FromOutsideAsync(action.Unknown)));
        }

        Assert.All(answered, a => Assert.Equal(a.Unknown, a.Known));
        var round = await _product.RoundAsync(_loop, "2026-11-26");
        Assert.Equal((RoundState.InReview, null), (round.State, round.StartedAt));
        Assert.Empty(await _product.UseAsync(db => db.Answers.ToListAsync()));
        Assert.Empty(await _product.UseAsync(db => db.Decisions.ToListAsync()));
    }

    [Theory]
    [InlineData("status")]
    [InlineData("digest")]
    [InlineData("actions")]
    [InlineData("schedule")]
    [InlineData("people")]
    [InlineData("pause because")]
    [InlineData("skip because")]
    [InlineData("status Churn predictor")]
    public async Task A_command_from_another_workspace_does_not_see_the_loop(string typed)
    {
        var reply = await _product.HearAsync(new CommandTyped(_product.Next(), Other, new ChatPerson("eve", "Eve", IsAdmin: true),
            new Conversation(Product.Team, ConversationKind.Channel, "churn"), typed));

        Assert.DoesNotContain("Churn predictor is", Shown(reply));
        Assert.Contains("no loop here yet", Shown(reply));
    }

    [Theory]
    [InlineData("pause because")]
    [InlineData("skip because")]
    [InlineData("loop")]
    public async Task Settings_belong_to_the_owner_and_the_bot_says_who_that_is(string typed)
    {
        Assert.Contains("Only Ana (owner) or a workspace admin", Shown(await _product.TypeAsync("ben", typed)));
    }

    [Fact]
    public async Task A_workspace_admin_may_change_settings()
    {
        Assert.IsType<Reply.Silence>(await _product.TypeAsync("root", "pause an audit"));
    }

    [Fact]
    public async Task With_several_initiatives_in_the_channel_the_bot_asks_which_and_takes_part_of_a_name()
    {
        await _product.StartLoopAsync("Ticket triage");

        Assert.Contains("Which one?", Shown(await _product.TypeAsync("ben", "status")));
        Assert.Contains("Ticket triage", Shown(await _product.TypeAsync("ben", "status ticket")));
        Assert.Contains("I do not know", Shown(await _product.TypeAsync("ben", "status nonsense")));
    }

    [Fact]
    public async Task A_name_before_the_reason_says_which_loop_is_paused()
    {
        var second = await _product.StartLoopAsync("Ticket triage");

        await _product.TypeAsync("ana", "pause ticket triage budget freeze");

        var paused = await _product.UseAsync(db => db.Loops.SingleAsync(l => l.PausedAt != null));
        Assert.Equal((second, "budget freeze"), (paused.Id, paused.PausedBecause));
    }

    [Fact]
    public async Task Somebody_who_is_not_in_the_channel_does_not_see_its_loop_from_their_personal_chat()
    {
        Assert.Contains("no loop here yet", Shown(await _product.TypeAsync("stranger", "status", channel: null)));
    }

    [Fact]
    public async Task A_question_leaves_no_trace_in_the_inbox()
    {
        var before = await _product.UseAsync(db => db.Inbox.CountAsync());

        await _product.TypeAsync("ben", "status");

        Assert.Equal(before, await _product.UseAsync(db => db.Inbox.CountAsync()));
    }

    [Fact]
    public async Task Deleting_my_texts_removes_them_from_answers_drafts_and_the_posted_digest()
    {
        foreach (var who in new[] { "ana", "ben", "chloe" })
        {
            await _product.AnswerAsync(who, _round.Id, "3", new() { ["struggles"] = "slow", ["struggleText"] = who == "ben" ? "my own words" : "z" });
        }

        await _product.MoveToAsync("2026-11-26T09:30:00Z");
        Assert.Contains("my own words", _product.Chat.Post("digest:").Shown);

        Assert.Contains("1", Shown(await _product.TypeAsync("ben", "privacy")));
        await _product.PressAsync("ben", DeleteMyTexts.Action, "me");
        await _product.DeliverAsync();

        Assert.DoesNotContain("my own words", _product.Chat.Post("digest:").Shown);
        Assert.DoesNotContain(await _product.UseAsync(db => db.Answers.Select(a => a.StruggleText).ToListAsync()), t => t == "my own words");
        Assert.Equal(3, await _product.UseAsync(db => db.Answers.CountAsync(a => a.Rating == 3)));
    }

    private static string Shown(Reply reply) => CardText.Of(Assert.IsType<Reply.Whisper>(reply).Card);

    private IEnumerable<(Func<ActionRef> Known, Func<ActionRef> Unknown)> AllActions()
    {
        var (round, unknown) = (_round.Id.ToString(), Guid.NewGuid().ToString("N"));
        foreach (var name in new[] { OpenCheckIn.Action, DeclineCheckIn.Action, StartReview.Action, EndReview.Action, RecordDecision.Action, AddAction.Action, SetExperiment.Action })
        {
            yield return (() => new(name, round), () => new(name, unknown));
        }

        yield return (() => new(ShowActions.Action, _loop.ToString()), () => new(ShowActions.Action, unknown));
        yield return (() => new(Bot.Digests.ShowDigest.Action, _loop.ToString()), () => new(Bot.Digests.ShowDigest.Action, unknown));
        yield return (() => new(ShowSchedule.Action, _loop.ToString()), () => new(ShowSchedule.Action, unknown));
        yield return (() => new(SetRole.Action, $"{_loop}:{unknown}"), () => new(SetRole.Action, $"{unknown}:{unknown}"));
    }

    private async Task<string> FromOutsideAsync(Func<ActionRef> action) => Shown(await _product.HearAsync(new CardAction(
        _product.Next(), Other, new ChatPerson("eve", "Eve", IsAdmin: true), new Conversation("dm-eve", ConversationKind.Personal), action(), null)));
}

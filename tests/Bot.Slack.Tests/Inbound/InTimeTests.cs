using System.Net;
using Bot.Chat;
using Bot.Slack.Api;
using FakeSlack.Api;
using FakeSlack.People;
using Person = FakeSlack.People.Person;
using Microsoft.Data.Sqlite;

namespace Bot.Slack.Tests.Inbound;

// Three seconds: whatever is slow - the product's store, our own, Slack's users.info - everything is acknowledged in time or, an event, left to come again;
// what took longer is shown when it is there; a store that is away is said, and everything typed stays. And how fast it is when nothing is slow.
public sealed class InTimeTests : IAsyncLifetime
{
    private readonly TaskCompletionSource _slow = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Adapter _adapter = null!;

    private Person Ana => _adapter.Slack.As("U00000ANA");

    public async Task InitializeAsync() => _adapter = await Adapter.StartAsync();

    public async Task DisposeAsync()
    {
        _slow.TrySetResult();
        await _adapter.DisposeAsync();
    }

    [Fact]
    public async Task A_slow_command_is_acknowledged_with_words_and_its_answer_follows()
    {
        Slow(Replies.Whisper("All is well."));

        var delivery = await InTimeAsync(() => Ana.TypeAsync("#team", "/pilot status"));
        _slow.SetResult();

        Assert.Contains("longer than usual", (string?)delivery.Answer!["text"]);
        await Ana.SeesAsync("#team", "All is well.");
    }

    [Fact]
    public async Task A_slow_form_is_acknowledged_at_its_field_and_sent_again_it_gets_its_answer_and_is_taken_once()
    {
        var window = await OpenFormAsync();
        Slow(Replies.Silence);

        var first = await InTimeAsync(window.SubmitAsync);
        _slow.SetResult();
        var again = await window.SubmitAsync();

        Assert.Contains("Nothing is lost", Assert.IsType<Submission.FieldErrors>(first).Errors["name"]);
        Assert.IsType<Submission.Closed>(again);
        Assert.Single(_adapter.Product.Heard.OfType<FormSubmitted>());
    }

    [Fact]
    public async Task A_slow_button_is_acknowledged_and_its_card_is_replaced_when_it_is_done()
    {
        _adapter.Product.Answers = _ => Task.FromResult<Reply>(new Reply.Whisper(Replies.Pressable()));
        await Ana.TypeAsync("#team", "/pilot");
        Slow(Replies.Replace("Pressed."));

        var delivery = await InTimeAsync(async () => await Ana.PressAsync(await Ana.SeesAsync("#team", "A card"), "Press"));
        _slow.SetResult();

        Assert.True(delivery.IsAcknowledged);
        await Ana.SeesAsync("#team", "Pressed.");
    }

    [Fact]
    public async Task A_form_that_took_too_long_to_open_says_so_and_not_by_a_trigger_that_is_dead()
    {
        Slow(new Reply.OpenForm(Replies.Form()));

        await InTimeAsync(() => Ana.ShortcutAsync("answer_checkin"));
        _slow.SetResult();

        await Ana.SeesAsync(Person.App, "three seconds");
        Assert.DoesNotContain(_adapter.Slack.Calls, call => call.Method == "views.open");
    }

    [Fact]
    public async Task A_slow_event_is_not_acknowledged_and_its_retry_joins_the_work_that_is_under_way()
    {
        Slow(Replies.Whisper("All is well."));

        var first = await InTimeAsync(async () => (await Ana.SayAsync(Person.App, "status"))!);
        var retried = _adapter.Slack.RetryDueAsync();
        _slow.SetResult();

        Assert.Equal(503, Assert.IsType<FakeSlack.Deliver.Ack.Answered>(first.Ack).Status);
        Assert.True((await retried).Single().IsAcknowledged);
        await Ana.SeesAsync(Person.App, "All is well.");
        Assert.Single(_adapter.Product.Heard.OfType<CommandTyped>());
    }

    [Fact]
    public async Task A_user_look_up_that_hangs_counts_too_and_the_command_is_heard_with_the_id_alone()
    {
        _adapter.Slack.Fail("users.info", new Trouble.Silence());

        var typing = Ana.TypeAsync("#team", "/pilot status");
        await _adapter.Clock.UntilTimersAsync(set => set >= 5);
        _adapter.Clock.Advance(TimeSpan.FromSeconds(1));
        var delivery = await typing;

        Assert.True(delivery.IsAcknowledged);
        Assert.Equal(new ChatPerson("U00000ANA"), _adapter.Product.Single<CommandTyped>().By);
    }

    [Fact]
    public async Task In_a_crowd_whose_look_ups_are_spent_nobody_waits_for_a_name()
    {
        var rates = _adapter.Get<Rates>();
        for (var call = 0; call < SlackMethods.UserInfo.PerMinute; call++)
        {
            Assert.Null(await rates.AskAsync(_adapter.Slack.Workspace.Id, SlackMethods.UserInfo, null, CancellationToken.None));
        }

        // The clock stands still: whoever waited for a turn would wait for ever.
        var delivery = await Ana.TypeAsync("#team", "/pilot status");

        Assert.True(delivery.IsAcknowledged);
        Assert.Equal(new ChatPerson("U00000ANA"), _adapter.Product.Single<CommandTyped>().By);
        Assert.DoesNotContain(_adapter.Slack.Calls, call => call.Method == "users.info");
    }

    [Fact]
    public async Task Whose_the_token_is_not_known_while_Slack_hangs_and_a_command_says_that_it_did_not_work()
    {
        _adapter.Slack.Fail("auth.test", new Trouble.Status(502));

        var delivery = await Ana.TypeAsync("#team", "/pilot status");

        Assert.Contains("did not work", (string?)delivery.Answer!["text"]);
        Assert.Empty(_adapter.Product.Heard);
    }

    [Fact]
    public async Task With_the_store_away_a_command_says_so_a_form_stands_and_an_event_comes_again()
    {
        var window = await OpenFormAsync();
        _adapter.Product.Answers = _ => throw new SqliteException("database is locked", 5);

        var sent = await window.SubmitAsync();
        await window.CloseAsync();
        var typed = await Ana.TypeAsync("#team", "/pilot status");
        var said = await Ana.SayAsync(Person.App, "status");
        _adapter.Product.Answers = _ => Task.FromResult<Reply>(Replies.Whisper("All is well."));
        var retried = await _adapter.Slack.RetryDueAsync();

        Assert.Contains("could not be saved", Assert.IsType<Submission.FieldErrors>(sent).Errors["name"]);
        Assert.Contains("did not work", (string?)typed.Answer!["text"]);
        Assert.False(said!.IsAcknowledged);
        Assert.True(Assert.Single(retried).IsAcknowledged);
        await Ana.SeesAsync(Person.App, "All is well.");
    }

    [Fact]
    public async Task A_command_that_fails_after_it_was_acknowledged_says_that_it_did_not_work()
    {
        _adapter.Product.Answers = async _ =>
        {
            await _slow.Task;
            throw new SqliteException("database is locked", 5);
        };

        await InTimeAsync(() => Ana.TypeAsync("#team", "/pilot status"));
        _slow.SetResult();

        await Ana.SeesAsync("#team", "did not work");
    }

    [Fact]
    public async Task When_there_is_too_much_to_do_a_form_is_not_begun_stays_open_and_can_be_sent_again()
    {
        var window = await OpenFormAsync();
        _adapter.Product.Answers = _ => Task.FromResult<Reply>(Replies.Silence);
        var others = await TakeAllTurnsAsync();

        var first = await OutOfTurnAsync(window.SubmitAsync);
        var heard = _adapter.Product.Heard.OfType<FormSubmitted>().Count();
        others.ForEach(turn => turn.Dispose());
        var again = await window.SubmitAsync();

        Assert.Contains("could not be saved", Assert.IsType<Submission.FieldErrors>(first).Errors["name"]);
        Assert.Equal(0, heard);
        Assert.IsType<Submission.Closed>(again);
        Assert.Single(_adapter.Product.Heard.OfType<FormSubmitted>());
    }

    [Fact]
    public async Task When_there_is_too_much_to_do_an_event_comes_again()
    {
        _adapter.Product.Answers = _ => Task.FromResult<Reply>(Replies.Whisper("All is well."));
        var others = await TakeAllTurnsAsync();

        var said = await OutOfTurnAsync(() => Ana.SayAsync(Person.App, "status"));
        others.ForEach(turn => turn.Dispose());
        var retried = await _adapter.Slack.RetryDueAsync();

        Assert.False(said!.IsAcknowledged);
        Assert.True(Assert.Single(retried).IsAcknowledged);
        await Ana.SeesAsync(Person.App, "All is well.");
    }

    [Fact]
    public async Task What_follows_does_not_hold_up_the_next_request_of_the_same_connection()
    {
        var follows = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _adapter.Product.Answers = async inbound =>
        {
            if (inbound is HomeOpened)
            {
                await follows.Task;
            }

            return Replies.Silence;
        };
        using var first = await _adapter.PostAsync(
            """{"type":"event_callback","team_id":"T000000001","event_id":"Ev1","event":{"type":"app_home_opened","tab":"home","user":"U00000ANA"}}""");
        await _adapter.Product.UntilAsync<HomeOpened>();

        using var second = await _adapter.PostAsync(
            """{"type":"event_callback","team_id":"T000000001","event_id":"Ev2","event":{"type":"message","channel_type":"im","channel":"D1","user":"U00000ANA","text":"help"}}""");

        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        follows.SetResult();
    }

    [Fact]
    public async Task A_stop_of_the_host_waits_for_what_follows()
    {
        var follows = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _adapter.Product.Answers = async inbound =>
        {
            await follows.Task;
            return Replies.Silence;
        };
        using var answer = await _adapter.PostAsync(
            """{"type":"event_callback","team_id":"T000000001","event_id":"Ev1","event":{"type":"app_home_opened","tab":"home","user":"U00000ANA"}}""");
        await _adapter.Product.UntilAsync<HomeOpened>();

        var stopping = _adapter.StopAsync();

        Assert.False(stopping.IsCompleted);
        follows.SetResult();
        await stopping;
    }

    private async Task<List<IDisposable>> TakeAllTurnsAsync()
    {
        var turns = new List<IDisposable>();
        for (var i = 0; i < 32; i++)
        {
            turns.Add((await _adapter.Get<Admission>().EnterAsync())!);
        }

        return turns;
    }

    /// <summary>Stands in line for as long as there is patience.</summary>
    private async Task<T> OutOfTurnAsync<T>(Func<Task<T>> act)
    {
        var patience = TimeSpan.FromSeconds(1.5);
        var before = _adapter.Clock.TimersWithin(patience);
        var acting = act();
        await _adapter.Clock.UntilAsync(() => _adapter.Clock.TimersWithin(patience) > before);
        _adapter.Clock.Advance(patience);
        return await acting;
    }

    private void Slow(Reply reply) => _adapter.Product.Answers = async _ =>
    {
        await _slow.Task;
        return reply;
    };

    /// <summary>Two and a half seconds pass once the product has it.</summary>
    private async Task<T> InTimeAsync<T>(Func<Task<T>> act)
    {
        var heard = _adapter.Product.Heard.Count;
        var acting = act();
        await _adapter.Product.UntilAsync(heard + 1);
        await _adapter.Clock.UntilTimersAsync(set => set >= 3);
        _adapter.Clock.Advance(TimeSpan.FromSeconds(2.5));
        return await acting;
    }

    private async Task<Window> OpenFormAsync()
    {
        _adapter.Product.Answers = _ => Task.FromResult<Reply>(new Reply.OpenForm(Replies.Form()));
        await Ana.TypeAsync("#team", "/pilot new");
        var window = await Ana.WindowAsync();
        await window.FillAsync("Name", "Churn");
        return window;
    }
}

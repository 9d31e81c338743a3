using Bot.Chat;
using Bot.Slack.Sockets;
using FakeSlack;
using FakeSlack.Deliver;
using Microsoft.Extensions.DependencyInjection;
using Person = FakeSlack.People.Person;

namespace Bot.Slack.Tests.Sockets;

// Socket Mode, with no address of our own: everything comes by sockets and is acknowledged, with a payload where one goes; asked to end, the next is open
// first; broken off, another comes after a pause; switched off and back; up to ten at once; not run after when each new one is asked to end; a stop of the
// host acknowledges what it took in.
public sealed class SocketModeTests : IAsyncLifetime
{
    private ManualClock _clock = null!;
    private SlackServer _slack = null!;
    private Adapter? _adapter;

    private Person Ana => _slack.As("U00000ANA");

    private Recording Product => _adapter!.Product;

    public async Task InitializeAsync()
    {
        _clock = ManualClock.Start();
        _slack = await SlackServer.StartAsync(_clock);
        _slack.App.IsSocketMode = true;
        _slack.Workspace.AddMember("U00000ANA", "ana");
        _slack.Workspace.AddChannel("C0000TEAM", "team", ["U00000ANA"]);
    }

    public async Task DisposeAsync()
    {
        if (_adapter is not null)
        {
            await _adapter.DisposeAsync();
        }

        await _slack.DisposeAsync();
    }

    [Fact]
    public async Task Commands_forms_and_events_come_by_the_socket_and_are_acknowledged()
    {
        await ConnectAsync();
        Product.Answers = inbound => Task.FromResult<Reply>(inbound switch
        {
            CommandTyped { Text: "new" } => new Reply.OpenForm(Replies.Form()),
            FormSubmitted { Values: var values } when values["name"] != "Churn" => new Reply.FieldErrors(Replies.Form(), new Dictionary<string, string> { ["name"] = "Taken." }),
            _ => Replies.Whisper("All is well."),
        });

        var typed = await Ana.TypeAsync("#team", "/pilot status");
        await Ana.TypeAsync("#team", "/pilot new");
        var window = await Ana.WindowAsync();
        await window.FillAsync("Name", "Other");
        var refused = await window.SubmitAsync();
        await window.FillAsync("Name", "Churn");
        var taken = await window.SubmitAsync();
        await Ana.SeesAsync(Person.App, "All is well.");
        _clock.Advance(TimeSpan.FromSeconds(1));
        var said = await Ana.SayAsync(Person.App, "status");

        Assert.Contains("All is well.", (string?)typed.Answer!["text"]);
        Assert.IsType<FakeSlack.People.Submission.FieldErrors>(refused);
        Assert.IsType<FakeSlack.People.Submission.Closed>(taken);
        Assert.True(said!.IsAcknowledged);
        Assert.Empty(_slack.Complaints);
    }

    [Fact]
    public async Task Over_HTTP_nothing_is_taken_while_it_is_on()
    {
        await ConnectAsync();

        using var answer = await _adapter!.PostAsync("{}");

        Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("warning")]
    [InlineData("refresh_requested")]
    public async Task Asked_to_end_another_is_open_before_the_old_one_is_let_go(string reason)
    {
        await ConnectAsync();
        _clock.Advance(TimeSpan.FromMinutes(1));

        await _slack.DisconnectAsync(reason);

        await _slack.UntilAsync("a second connection", () => Opened() == 2);
        await _slack.UntilAsync("one socket", () => _slack.OpenSockets == 1);
        Assert.True((await Ana.TypeAsync("#team", "/pilot status")).IsAcknowledged);
    }

    [Fact]
    public async Task Broken_off_another_is_opened_and_each_time_that_fails_the_pause_grows()
    {
        await ConnectAsync();
        _slack.Fail("apps.connections.open", new FakeSlack.Api.Trouble.Refusal("internal_error"), times: 3);
        _clock.Advance(TimeSpan.FromMinutes(1));
        var before = Opened();
        var pauses = new List<TimeSpan>();

        _slack.BreakSockets();
        for (var i = 1; i <= 3; i++)
        {
            await _slack.UntilAsync($"attempt {i}", () => Opened() == before + i);
            pauses.Add(await PauseBeforeAsync(before + i + 1));
        }

        await _slack.UntilAsync("a socket", () => _slack.OpenSockets == 1);
        // Two seconds, four, eight; a fifth less at most.
        Assert.All(pauses.Zip([1.6, 3.2, 6.4]), pause => Assert.True(pause.First >= TimeSpan.FromSeconds(pause.Second), $"only {pause.First}"));
    }

    [Fact]
    public async Task Switched_off_it_is_tried_again_after_ten_minutes_and_not_before()
    {
        await ConnectAsync();
        _clock.Advance(TimeSpan.FromMinutes(1));
        await _slack.DisconnectAsync("link_disabled", closes: true);
        await _clock.UntilAsync(() => _clock.TimersWithin(TimeSpan.FromMinutes(11)) > _clock.TimersWithin(TimeSpan.FromMinutes(9)));

        _clock.Advance(TimeSpan.FromMinutes(9.9));
        Assert.Equal(1, Opened());
        _clock.Advance(TimeSpan.FromMinutes(0.2));

        await _slack.UntilAsync("a socket", () => Opened() == 2 && _slack.OpenSockets == 1);
    }

    [Fact]
    public async Task A_server_that_asks_each_new_one_to_end_is_not_run_after()
    {
        await ConnectAsync();
        await _slack.DisconnectAsync("warning");
        await _slack.UntilAsync("a second connection", () => Opened() == 2 && _slack.OpenSockets == 1);
        await _clock.UntilTimersAsync(set => set == 1);

        await _slack.DisconnectAsync("warning");
        var pause = await PauseBeforeAsync(3);

        Assert.True(pause >= TimeSpan.FromSeconds(3.2), $"only {pause}");
    }

    [Fact]
    public async Task Ten_connections_are_open_at_once_and_each_payload_is_answered_by_one()
    {
        await ConnectAsync(connections: 10);
        for (var i = 0; i < 10; i++)
        {
            Assert.True((await Ana.TypeAsync("#team", "/pilot status")).IsAcknowledged);
        }

        Assert.Equal(10, Product.Heard.Count);
        Assert.Empty(_slack.Complaints);
    }

    [Fact]
    public async Task A_slow_event_is_not_acknowledged_and_comes_again_by_the_socket()
    {
        await ConnectAsync();
        var slow = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Product.Answers = async _ =>
        {
            await slow.Task;
            return Replies.Silence;
        };

        var saying = Ana.SayAsync(Person.App, "status");
        await Product.UntilAsync<CommandTyped>();
        await _clock.UntilAsync(() => _clock.TimersWithin(TimeSpan.FromSeconds(2.9)) >= 2);
        _clock.Advance(TimeSpan.FromSeconds(3));
        var first = await saying;
        slow.SetResult();
        var again = await _slack.RetryDueAsync();

        Assert.IsType<Ack.Late>(first!.Ack);
        Assert.True(again.Single().IsAcknowledged);
        Product.Single<CommandTyped>();
    }

    [Fact]
    public async Task A_stop_of_the_host_acknowledges_what_it_took_in_and_closes()
    {
        await ConnectAsync();
        var slow = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Product.Answers = async _ =>
        {
            await slow.Task;
            return Replies.Whisper("All is well.");
        };
        var typing = Ana.TypeAsync("#team", "/pilot status");
        await Product.UntilAsync<CommandTyped>();

        var stopping = _adapter!.StopAsync();
        slow.SetResult();
        var delivery = await typing;
        await stopping;

        Assert.Contains("All is well.", (string?)delivery.Answer!["text"]);
        Assert.Equal(0, _slack.OpenSockets);
    }

    private int Opened() => _slack.Calls.Count(call => call.Method == "apps.connections.open");

    private async Task ConnectAsync(int connections = 1)
    {
        var token = _slack.Install(by: "U00000ANA").Token;
        _adapter = await Adapter.StartAsync(options => options with { BotToken = token, AppToken = _slack.App.AppToken, SigningSecret = null, Connections = connections }, _slack, _clock);
        await _slack.UntilAsync("the sockets", () => _slack.OpenSockets == connections);
        // And greeted: nothing but the drafts' timer is left.
        await _clock.UntilTimersAsync(set => set == 1);
    }

    /// <summary>The pause before an attempt, while nothing but the drafts' own timer and that pause is waited for.</summary>
    private async Task<TimeSpan> PauseBeforeAsync(int attempt)
    {
        var began = _clock.GetUtcNow();
        bool IsThere() => Opened() >= attempt;
        while (!IsThere())
        {
            // What is on its way to Slack has timers of its own, which are due later than any pause here.
            await Task.WhenAny(_clock.UntilAsync(() => _clock.TimersWithin(TimeSpan.FromSeconds(9.7)) > 1), _slack.UntilAsync("the attempt", IsThere));
            if (!IsThere())
            {
                _clock.AdvanceToNext();
            }
        }

        return _slack.Calls.Where(call => call.Method == "apps.connections.open").ElementAt(attempt - 1).At - began;
    }
}

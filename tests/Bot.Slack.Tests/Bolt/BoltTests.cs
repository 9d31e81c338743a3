using System.Text.Json.Nodes;
using FakeSlack;
using FakeSlack.Api;
using FakeSlack.Deliver;
using FakeSlack.People;
using FakeSlack.World;

namespace Bot.Slack.Tests.Bolt;

// Where Slack's own framework works against the fake, the fake is realistic. Each of these by signed HTTP and by Socket Mode:
// a command is answered to the asker; one is answered to everybody; a command is answered later by its response_url
// a card is posted, its button opens a window; the message is replaced by its response_url
// a window: what is typed is told, errors stand at their field with the text kept, then it is accepted and closes; a second window on top; closed by Cancel and by ×
// a shortcut opens a window; Home is published when it is opened; a mention and a direct message are heard
// refused: a trigger spent twice, 51 blocks
// By HTTP only: an address is verified, a certificate probed, a bad signature and an old one refused; an event not acknowledged comes again with its number and reason
// By sockets only: a refresh and a break, and what is sent afterwards arrives
public sealed class BoltTests
{
    [NodeFact]
    public Task A_command_is_answered_by_http() => A_command_is_answered(false);

    [NodeFact]
    public Task A_command_is_answered_by_socket() => A_command_is_answered(true);

    [NodeFact]
    public Task A_button_opens_a_window_by_http() => A_button_opens_a_window(false);

    [NodeFact]
    public Task A_button_opens_a_window_by_socket() => A_button_opens_a_window(true);

    [NodeFact]
    public Task A_window_is_filled_in_by_http() => A_window_is_filled_in(false);

    [NodeFact]
    public Task A_window_is_filled_in_by_socket() => A_window_is_filled_in(true);

    [NodeFact]
    public Task Shortcut_home_and_words_arrive_by_http() => Shortcut_home_and_words_arrive(false);

    [NodeFact]
    public Task Shortcut_home_and_words_arrive_by_socket() => Shortcut_home_and_words_arrive(true);

    [NodeFact]
    public Task What_Slack_refuses_is_refused_by_http() => What_Slack_refuses_is_refused(false);

    [NodeFact]
    public Task What_Slack_refuses_is_refused_by_socket() => What_Slack_refuses_is_refused(true);

    [NodeFact]
    public async Task An_address_is_verified_a_certificate_probed_and_a_bad_signature_refused()
    {
        await using var there = await There.StartAsync(isSocketMode: false);
        var secret = there.Slack.App.SigningSecret;

        var verified = await there.Slack.VerifyUrlAsync("a-challenge");
        var probed = await there.Slack.ProbeAsync();
        there.Slack.App.SigningSecret = "another";
        var forged = await there.Slack.As("U1").SayAsync(Person.App, "hello");
        there.Slack.App.SigningSecret = secret;
        var genuine = await there.Slack.As("U1").SayAsync(Person.App, "hello");

        Assert.Equal("a-challenge", (string?)Assert.IsType<Ack.Answered>(verified).Json!["challenge"]);
        Assert.Equal(200, Assert.IsType<Ack.Answered>(probed).Status);
        Assert.Equal(401, Assert.IsType<Ack.Answered>(forged!.Ack).Status);
        Assert.True(genuine!.IsAcknowledged);
    }

    [NodeFact]
    public async Task An_event_that_was_not_acknowledged_comes_again_with_its_number_and_reason()
    {
        await using var there = await There.StartAsync(isSocketMode: false);
        there.Slack.EventRetries = [TimeSpan.Zero];
        var address = there.Slack.App.EventsUrl;
        there.Slack.App.EventsUrl = new Uri(there.Slack.ApiUrl, "/nowhere");

        var lost = await there.Slack.As("U1").SayAsync("#general", "@afterpilot hello");
        there.Slack.App.EventsUrl = address;
        var again = await there.Slack.RetryDueAsync();
        var heard = await there.App.SaysAsync("mention");

        Assert.False(lost!.IsAcknowledged);
        Assert.True(Assert.Single(again).IsAcknowledged);
        Assert.Equal((1, "http_error"), ((int)heard["retry"]!, (string?)heard["reason"]));
        Assert.Equal((string?)lost.Payload["event_id"], (string?)heard["id"]);
        Assert.Empty(await there.Slack.RetryDueAsync());
    }

    [NodeFact]
    public async Task After_a_refresh_and_after_a_break_a_new_socket_brings_what_comes()
    {
        await using var there = await There.StartAsync(isSocketMode: true);
        var ada = there.Slack.As("U1");

        await there.Slack.DisconnectAsync("refresh_requested");
        await there.Slack.UntilAsync("a socket after the refresh", () => there.Slack.OpenSockets == 1);
        var refreshed = await ada.TypeAsync("#general", "/pilot status");
        there.Slack.BreakSockets();
        await there.Slack.UntilAsync("a socket after the break", () => there.Slack.OpenSockets == 1);
        var mended = await ada.TypeAsync("#general", "/pilot status");

        Assert.True(refreshed.IsAcknowledged);
        Assert.True(mended.IsAcknowledged);
        Assert.Equal(3, there.Slack.Calls.Count(call => call.Method == "apps.connections.open"));
    }

    private static async Task A_command_is_answered(bool isSocketMode)
    {
        await using var there = await There.StartAsync(isSocketMode);
        var (ada, bob) = (there.Slack.As("U1"), there.Slack.As("U2"));

        await ada.TypeAsync("#general", "/pilot status");
        await ada.TypeAsync("#general", "/pilot post");
        await ada.TypeAsync("#general", "/pilot later");
        await ada.SeesAsync("#general", "Later.");

        Assert.Equal(["All is well.", "/pilot post", "For everybody.", "Later."], ada.Messages("#general").Select(message => message.Text));
        Assert.Equal(["/pilot post", "For everybody."], bob.Messages("#general").Select(message => message.Text));
        there.MustHaveGoneWell();
    }

    private static async Task A_button_opens_a_window(bool isSocketMode)
    {
        await using var there = await There.StartAsync(isSocketMode);
        var ada = there.Slack.As("U1");

        await ada.TypeAsync("#general", "/pilot card");
        var card = await ada.SeesAsync("#general", "A card");
        await ada.PressAsync(card, "Answer");
        var window = await ada.WindowAsync("Check-in");
        var pressed = await there.App.SaysAsync("pressed");
        await window.CloseAsync();
        await ada.PressAsync(card, "Done");
        await ada.SeesAsync("#general", "Thank you.");

        Assert.Equal(("key-1", card.Ts), ((string?)pressed["pressed"], (string?)pressed["message"]));
        Assert.Contains("Tell us", window.Words);
        Assert.Empty(card.Blocks);
        there.MustHaveGoneWell();
    }

    private static async Task A_window_is_filled_in(bool isSocketMode)
    {
        await using var there = await There.StartAsync(isSocketMode);
        var ada = there.Slack.As("U1");
        await ada.ShortcutAsync("answer_checkin");
        var window = await ada.WindowAsync("Check-in");

        var nothing = await window.SubmitAsync();
        await window.FillAsync("Why?", "it is slow");
        var typed = await there.App.SaysAsync("typed");
        await window.FillAsync("How well?", "9");
        var outside = await window.SubmitAsync();
        await window.FillAsync("How well?", "3");
        var refused = await window.SubmitAsync();
        var kept = window.Value("Why?");
        await window.PressAsync("More");
        var more = await ada.WindowAsync("More");
        await more.CloseAsync();
        await window.FillAsync("How well?", "4");
        var accepted = await window.SubmitAsync();
        var saved = await ada.SeesAsync(Person.App, "Saved");

        Assert.Equal(["rating"], Assert.IsType<Submission.HeldBack>(nothing).Errors.Keys);
        Assert.Equal(("it is slow", "it is slow"), ((string?)typed["typed"], (string?)typed["state"]));
        Assert.IsType<Submission.HeldBack>(outside);
        Assert.Equal("Not three.", Assert.IsType<Submission.FieldErrors>(refused).Errors["rating"]);
        Assert.Equal("it is slow", kept);
        Assert.IsType<Submission.Closed>(accepted);
        Assert.Null(ada.Window);
        Assert.Equal("Saved 4, kept.", saved.Text);
        there.MustHaveGoneWell();
    }

    private static async Task Shortcut_home_and_words_arrive(bool isSocketMode)
    {
        await using var there = await There.StartAsync(isSocketMode);
        var ada = there.Slack.As("U1");

        var home = await ada.HomeAsync();
        await ada.SayAsync("#general", "@afterpilot hello & goodbye");
        var mention = await there.App.SaysAsync("mention");
        await ada.SayAsync(Person.App, "hello");
        var message = await there.App.SaysAsync("message");
        await ada.ShortcutAsync("answer_checkin");
        var window = await ada.WindowAsync();
        await window.CloseAsync();
        var closed = await there.App.SaysAsync("closed");
        await ada.ShortcutAsync("answer_checkin");
        window = await ada.WindowAsync();
        await window.CloseAllAsync();
        var cleared = await there.App.SaysAsync("closed", line => (bool)line["cleared"]!);

        Assert.Contains("Welcome U1", home.Words);
        Assert.Equal($"<@{there.Installed.BotUserId}> hello &amp; goodbye", (string?)mention["mention"]);
        Assert.Equal("hello", (string?)message["message"]);
        Assert.Equal(("form", false), ((string?)closed["closed"], (bool)closed["cleared"]!));
        Assert.Equal("form", (string?)cleared["closed"]);
        there.MustHaveGoneWell();
    }

    private static async Task What_Slack_refuses_is_refused(bool isSocketMode)
    {
        await using var there = await There.StartAsync(isSocketMode);
        var ada = there.Slack.As("U1");

        await ada.TypeAsync("#general", "/pilot twice");
        var again = await there.App.SaysAsync("again");
        await ada.Window!.CloseAsync();
        await ada.TypeAsync("#general", "/pilot blocks");
        var refused = await there.App.SaysAsync("refused");

        Assert.Equal("exchanged_trigger_id", (string?)again["again"]);
        Assert.Equal("invalid_blocks", (string?)refused["refused"]);
        Assert.Contains("[json-pointer:/blocks]", refused["errors"]!.ToJsonString(), StringComparison.Ordinal);
    }

    /// <summary>A fake Slack with two people in a channel, and the app in it.</summary>
    private sealed class There(SlackServer slack, Installation installed, BoltApp app) : IAsyncDisposable
    {
        public SlackServer Slack => slack;

        public Installation Installed => installed;

        public BoltApp App => app;

        public static async Task<There> StartAsync(bool isSocketMode)
        {
            // It stands still, so that a slow machine spends no trigger; Bolt compares the time of a signature with its own.
            var slack = await SlackServer.StartAsync(new StoppedClock(TimeProvider.System.GetUtcNow()));
            slack.AcknowledgedWithin = TimeSpan.FromSeconds(30);
            slack.App.IsSocketMode = isSocketMode;
            slack.Workspace.AddMember("U1", "ada");
            slack.Workspace.AddMember("U2", "bob");
            var installed = slack.Install();
            slack.Workspace.AddChannel("C1", "general", ["U1", "U2", installed.BotUserId]);
            return new There(slack, installed, await BoltApp.StartAsync(slack, installed));
        }

        public void MustHaveGoneWell()
        {
            Assert.Empty(slack.Complaints);
            Assert.Empty(app.Errors);
            Assert.DoesNotContain(slack.Calls, call => call.Error is not null);
        }

        public async ValueTask DisposeAsync()
        {
            await app.DisposeAsync();
            await slack.DisposeAsync();
        }
    }
}

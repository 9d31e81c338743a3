using System.Text;
using FakeSlack.Deliver;
using FakeSlack.People;
using FakeSlack.World;
using Microsoft.AspNetCore.Http;

namespace Bot.Slack.Tests.Fake;

// What Slack does with what an app answers, where it has no error to give:
// a body after a button does nothing; errors at a block that is no input; a wrong view; a push over the limit; all told as complaints, and the window stays
// update, push and clear; what was typed stands after errors; × tells of the first window; view_closed carries no input
// response_url: five times, thirty minutes, no original of a command, the original replaced and deleted
// events: retried at their times with number and reason, not with x-slack-no-retry; three seconds
// an org-wide installation gets no team
public sealed class DeliveryTests
{
    [Fact]
    public async Task A_body_after_a_button_does_nothing_and_is_told()
    {
        await using var call = await Caller.StartAsync();
        await using var app = await AnApp.StartAsync(TypedResults.Text("""{"response_action":"clear"}""", "application/json"));
        call.Slack.App.PointTo(app.Address);
        await call.JsonAsync("chat.postMessage", """{"channel":"C1","text":"x","blocks":[{"type":"actions","elements":[{"type":"button","action_id":"go","text":{"type":"plain_text","text":"Go"}}]}]}""");
        var ada = call.Slack.As("U1");

        var pressed = await ada.PressAsync(Assert.Single(ada.Messages("#general")), "Go");

        Assert.True(pressed.IsAcknowledged);
        Assert.Contains("does nothing", Assert.Single(call.Slack.Complaints), StringComparison.Ordinal);
        Assert.NotNull((string?)pressed.Payload["message"]!["blocks"]![0]!["block_id"]);
    }

    [Theory]
    [InlineData("""{"response_action":"errors","errors":{"nowhere":"wrong"}}""")]
    [InlineData("""{"response_action":"errors","errors":{}}""")]
    [InlineData("""{"response_action":"update","view":{"type":"modal"}}""")]
    [InlineData("""{"response_action":"close"}""")]
    [InlineData("""thanks""")]
    public async Task An_answer_to_a_form_that_cannot_be_understood_leaves_it_open(string answer)
    {
        await using var call = await Caller.StartAsync();
        await using var app = await AnApp.StartAsync(TypedResults.Text(answer, "application/json"));
        call.Slack.App.PointTo(app.Address);
        var window = await OpenAsync(call);

        var sent = await window.SubmitAsync();

        Assert.IsType<Submission.Failed>(sent);
        Assert.Single(call.Slack.Complaints);
        Assert.True(window.IsOpen);
        Assert.Equal("typed", window.Value("Name"));
    }

    [Fact]
    public async Task A_form_is_updated_then_another_is_pushed_and_all_are_cleared()
    {
        await using var call = await Caller.StartAsync();
        var answers = new Queue<string>(
        [
            """{"response_action":"errors","errors":{"name":"Not that."}}""", $$"""{"response_action":"update","view":{{Caller.Modal("Second")}}}""",
            $$"""{"response_action":"push","view":{{Caller.Modal("Third")}}}""", """{"response_action":"clear"}""",
        ]);
        await using var app = await AnApp.StartAsync(_ => Task.FromResult<IResult>(TypedResults.Text(answers.Dequeue(), "application/json")));
        call.Slack.App.PointTo(app.Address);
        var window = await OpenAsync(call);

        var refused = await window.SubmitAsync();
        var (error, kept) = (window.Errors["name"], window.Value("Name"));
        var updated = await window.SubmitAsync();
        var pushed = Assert.IsType<Submission.Pushed>(await window.SubmitAsync()).Window;
        await pushed.FillAsync("Name", "more");
        var cleared = await pushed.SubmitAsync();

        Assert.IsType<Submission.FieldErrors>(refused);
        Assert.Equal(("Not that.", "typed"), (error, kept));
        Assert.IsType<Submission.Updated>(updated);
        Assert.Equal(("Second", "typed"), (window.Title, window.Value("Name")));
        Assert.IsType<Submission.Cleared>(cleared);
        Assert.Null(call.Slack.As("U1").Window);
        Assert.Empty(call.Slack.Complaints);
    }

    [Fact]
    public async Task A_cross_tells_of_the_first_window_without_what_was_typed()
    {
        await using var call = await Caller.StartAsync();
        await using var app = await AnApp.StartAsync(TypedResults.Ok());
        call.Slack.App.PointTo(app.Address);
        var window = await OpenAsync(call, ""","notify_on_close":true""");

        var told = await window.CloseAllAsync();

        Assert.Equal(("view_closed", true, window.Id), ((string?)told!.Payload["type"], (bool)told.Payload["is_cleared"]!, (string?)told.Payload["view"]!["id"]));
        Assert.Empty(told.Payload["view"]!["state"]!["values"]!.AsObject());
    }

    [Fact]
    public async Task A_response_address_takes_five_messages_in_thirty_minutes()
    {
        await using var call = await Caller.StartAsync();
        await using var app = await AnApp.StartAsync(TypedResults.Ok());
        call.Slack.App.PointTo(app.Address);
        var address = await AddressAsync(call);

        var original = await RespondAsync(call, address, """{"replace_original":true,"text":"x"}""");
        var said = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            said.Add(await RespondAsync(call, address, """{"text":"hello"}"""));
        }

        var another = await AddressAsync(call);
        call.Clock.Now += TimeSpan.FromMinutes(31);
        var late = await RespondAsync(call, another, """{"text":"hello"}""");

        Assert.StartsWith("400", original, StringComparison.Ordinal);
        Assert.Equal(["200 ok", "200 ok", "200 ok", "200 ok", "404 used_url"], said);
        Assert.Equal("404 expired_url", late);
        Assert.Equal(4, call.Slack.As("U1").Messages("#general").Count);
        Assert.Empty(call.Slack.As("U2").Messages("#general"));
    }

    [Fact]
    public async Task What_only_one_person_sees_is_replaced_and_deleted_by_its_address()
    {
        await using var call = await Caller.StartAsync();
        await using var app = await AnApp.StartAsync(TypedResults.Ok());
        call.Slack.App.PointTo(app.Address);
        await call.JsonAsync("chat.postEphemeral", """{"channel":"C1","user":"U1","text":"x","blocks":[{"type":"actions","elements":[{"type":"button","action_id":"go","text":{"type":"plain_text","text":"Go"}}]}]}""");
        var ada = call.Slack.As("U1");
        var pressed = await ada.PressAsync(Assert.Single(ada.Messages("#general")), "Go");
        var address = new Uri((string)pressed.Payload["response_url"]!);

        await RespondAsync(call, address, """{"replace_original":true,"response_type":"in_channel","text":"y"}""");
        var replaced = Assert.Single(ada.Messages("#general"));
        await RespondAsync(call, address, """{"delete_original":true}""");

        Assert.Null(pressed.Payload["message"]);
        Assert.True((bool)pressed.Payload["container"]!["is_ephemeral"]!);
        Assert.Equal(("y", "U1"), (replaced.Text, replaced.OnlyFor));
        Assert.Empty(ada.Messages("#general"));
    }

    [Fact]
    public async Task An_event_is_sent_again_at_its_times_with_number_and_reason_and_no_fourth_time()
    {
        await using var call = await Caller.StartAsync();
        var heard = new List<(string?, string?)>();
        await using var app = await AnApp.StartAsync(request =>
        {
            heard.Add((request.Headers["x-slack-retry-num"], request.Headers["x-slack-retry-reason"]));
            return Task.FromResult<IResult>(TypedResults.StatusCode(500));
        });
        call.Slack.App.PointTo(app.Address);
        await call.Slack.As("U1").SayAsync(Person.App, "hello");

        await call.Slack.RetryDueAsync();
        await call.Slack.RetryDueAsync();
        call.Clock.Now += TimeSpan.FromMinutes(1);
        await call.Slack.RetryDueAsync();
        call.Clock.Now += TimeSpan.FromMinutes(5);
        await call.Slack.RetryDueAsync();
        call.Clock.Now += TimeSpan.FromDays(1);
        await call.Slack.RetryDueAsync();

        Assert.Equal([(null, null), ("1", "http_error"), ("2", "http_error"), ("3", "http_error")], heard);
        Assert.Single(call.Slack.Deliveries.Select(delivery => (string?)delivery.Payload["event_id"]).Distinct());
    }

    [Fact]
    public async Task An_app_can_forbid_the_retries()
    {
        await using var call = await Caller.StartAsync();
        await using var app = await AnApp.StartAsync(request =>
        {
            request.HttpContext.Response.Headers["x-slack-no-retry"] = "1";
            return Task.FromResult<IResult>(TypedResults.StatusCode(500));
        });
        call.Slack.App.PointTo(app.Address);

        await call.Slack.As("U1").SayAsync(Person.App, "hello");

        Assert.Empty(await call.Slack.RetryDueAsync());
    }

    [Fact]
    public async Task What_is_not_acknowledged_in_time_is_late()
    {
        await using var call = await Caller.StartAsync();
        await using var app = await AnApp.StartAsync(async request =>
        {
            var gaveUp = new TaskCompletionSource();
            request.HttpContext.RequestAborted.Register(gaveUp.SetResult);
            await gaveUp.Task;
            return TypedResults.Ok();
        });
        call.Slack.App.PointTo(app.Address);
        call.Slack.AcknowledgedWithin = TimeSpan.FromMilliseconds(50);

        var typed = await call.Slack.As("U1").TypeAsync("#general", "/pilot status");

        Assert.IsType<Ack.Late>(typed.Ack);
        Assert.Contains("/pilot", Assert.Single(call.Slack.Complaints), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_org_wide_installation_gets_no_team_but_the_persons()
    {
        await using var call = await Caller.StartAsync();
        var organisation = new Enterprise("E1", "acme");
        var granted = call.Slack.AddWorkspace("T2", "granted", organisation);
        granted.AddMember("W1", "eve");
        call.Slack.InstallOrgWide(organisation, granted);
        await using var app = await AnApp.StartAsync(TypedResults.Ok());
        call.Slack.App.PointTo(app.Address);
        var eve = call.Slack.As("W1", granted);

        var shortcut = await eve.ShortcutAsync("answer_checkin");
        var command = await eve.TypeAsync(Person.App, "/pilot status");
        var said = await eve.SayAsync(Person.App, "hello");

        Assert.Null(shortcut.Payload["team"]);
        Assert.Equal(("T2", "E1", true), ((string?)shortcut.Payload["user"]!["team_id"], (string?)shortcut.Payload["enterprise"]!["id"], (bool)shortcut.Payload["is_enterprise_install"]!));
        Assert.Equal(("T2", "E1", "true"), ((string?)command.Payload["team_id"], (string?)command.Payload["enterprise_id"], (string?)command.Payload["is_enterprise_install"]));
        var authorization = said!.Payload["authorizations"]![0]!;
        Assert.Equal(("T2", null, "E1"), ((string?)said.Payload["team_id"], (string?)authorization["team_id"], (string?)authorization["enterprise_id"]));
    }

    [Fact]
    public async Task Uninstalling_is_told_twice_in_either_order()
    {
        await using var call = await Caller.StartAsync();
        await using var app = await AnApp.StartAsync(TypedResults.Ok());
        call.Slack.App.PointTo(app.Address);

        await call.Slack.UninstallAsync(call.Installed, tokensFirst: true);

        Assert.Equal(["tokens_revoked", "app_uninstalled"], call.Slack.Deliveries.Select(delivery => (string?)delivery.Payload["event"]!["type"]));
        Assert.Equal("account_inactive", await call.ErrorAsync("auth.test", "{}"));
    }

    private static async Task<Window> OpenAsync(Caller call, string more = "")
    {
        var trigger = (string)(await call.Slack.As("U1").ShortcutAsync("answer_checkin")).Payload["trigger_id"]!;
        await call.JsonAsync("views.open", $$"""{"trigger_id":"{{trigger}}","view":{{Caller.Modal(more: more)}}}""");
        var window = call.Slack.As("U1").Window!;
        await window.FillAsync("Name", "typed");
        return window;
    }

    private static async Task<Uri> AddressAsync(Caller call) => new((string)(await call.Slack.As("U1").TypeAsync("#general", "/pilot status")).Payload["response_url"]!);

    private static async Task<string> RespondAsync(Caller call, Uri address, string message)
    {
        using var answer = await call.RawAsync(HttpMethod.Post, address, new StringContent(message, Encoding.UTF8, "application/json"));
        return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
    }
}

namespace Bot.Slack.Tests.Fake;

// How the fake takes calls, where Slack's own client never goes wrong:
// read methods by GET and by a form, and not by JSON; post methods by JSON and by a form, and not by GET
// structured arguments in a form are JSON texts; unknown names, wrong kinds and missing ones are named
// tokens in the address, in JSON and of the wrong kind; missing scopes; revoked, left
public sealed class EncodingTests
{
    [Fact]
    public async Task A_read_method_is_called_by_GET_or_a_form_and_never_sees_a_JSON_body()
    {
        await using var call = await Caller.StartAsync();

        var byGet = await call.GetAsync("users.info?user=U2&include_locale=true");
        var byForm = await call.FormAsync("users.info", ("user", "U2"));
        var byJson = await call.JsonAsync("users.info", """{"user":"U2"}""");

        Assert.Equal(("America/New_York", -18_000, "en-US"), ((string?)byGet["user"]!["tz"], (int)byGet["user"]!["tz_offset"]!, (string?)byGet["user"]!["locale"]));
        Assert.True((bool)byForm["ok"]!);
        Assert.Null(byForm["user"]!["locale"]);
        Assert.Equal("invalid_arguments", (string?)byJson["error"]);
        Assert.Contains("missing required field: user", byJson["response_metadata"]!["messages"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("conversations.info", """{"channel":"C1"}""")]
    [InlineData("conversations.members", """{"channel":"C1"}""")]
    [InlineData("conversations.list", "{}")]
    [InlineData("users.list", "{}")]
    [InlineData("users.conversations", "{}")]
    [InlineData("oauth.v2.access", """{"code":"x"}""")]
    public async Task These_take_no_JSON(string method, string arguments)
    {
        await using var call = await Caller.StartAsync();

        var error = await call.ErrorAsync(method, arguments);

        Assert.Equal("invalid_arguments", error);
    }

    [Fact]
    public async Task In_a_form_structured_arguments_are_JSON_texts()
    {
        await using var call = await Caller.StartAsync();

        var posted = await call.FormAsync("chat.postMessage", ("channel", "C1"), ("text", "words"), ("unfurl_links", "false"), ("blocks", """[{"type":"divider"}]"""));
        var broken = await call.FormAsync("chat.postMessage", ("channel", "C1"), ("text", "words"), ("blocks", "[{"));

        Assert.True((bool)posted["ok"]!);
        Assert.Equal("divider", (string?)posted["message"]!["blocks"]![0]!["type"]);
        Assert.Equal("invalid_arguments", (string?)broken["error"]);
    }

    [Theory]
    [InlineData("""{"channel":"C1","text":"x","colour":"red"}""", "chat.postMessage has no argument colour")]
    [InlineData("""{"channel":"C1","text":"x","thread_ts":1.5}""", "thread_ts is not a text")]
    [InlineData("""{"channel":"C1","text":"x","unfurl_links":"no"}""", "unfurl_links is not a flag")]
    [InlineData("""{"text":"x"}""", "missing required field: channel")]
    public async Task What_is_wrong_with_the_arguments_is_named(string arguments, string message)
    {
        await using var call = await Caller.StartAsync();

        var refused = await call.JsonAsync("chat.postMessage", arguments);

        Assert.Equal("invalid_arguments", (string?)refused["error"]);
        Assert.Contains(message, refused["response_metadata"]!["messages"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_null_is_an_argument_left_out()
    {
        await using var call = await Caller.StartAsync();

        var posted = await call.JsonAsync("chat.postMessage", """{"channel":"C1","text":"x","thread_ts":null}""");

        Assert.True((bool)posted["ok"]!);
    }

    [Fact]
    public async Task A_post_method_is_not_called_by_GET()
    {
        await using var call = await Caller.StartAsync();

        var refused = await call.GetAsync("chat.postMessage?channel=C1&text=x");

        Assert.Equal("invalid_arguments", (string?)refused["error"]);
        Assert.Empty(call.Slack.As("U1").Messages("#general"));
    }

    [Fact]
    public async Task A_token_belongs_in_the_header_and_is_of_the_right_kind()
    {
        await using var call = await Caller.StartAsync();
        var token = call.Token!;

        var wrongKind = await call.JsonAsync("apps.connections.open", "{}");
        call.Token = call.Slack.App.AppToken;
        var wrongKindToo = await call.JsonAsync("auth.test", "{}");
        call.Token = null;
        var none = await call.JsonAsync("auth.test", "{}");
        var inJson = await call.JsonAsync("auth.test", $$"""{"token":"{{token}}"}""");
        var inAddress = await call.GetAsync($"users.info?user=U1&token={token}");
        call.Token = "xoxb-nobody";
        var unknown = await call.JsonAsync("auth.test", "{}");

        Assert.Equal(
            ["not_allowed_token_type", "not_allowed_token_type", "not_authed", "not_authed", "not_authed", "invalid_auth"],
            new[] { wrongKind, wrongKindToo, none, inJson, inAddress, unknown }.Select(answer => (string?)answer["error"]));
    }

    [Theory]
    [InlineData("token_revoked")]
    [InlineData("account_inactive")]
    public async Task A_token_that_ended_is_refused_by_what_ended_it(string error)
    {
        await using var call = await Caller.StartAsync();
        call.Slack.Revoke(call.Installed, error);

        var refused = await call.ErrorAsync("chat.postMessage", """{"channel":"C1","text":"x"}""");

        Assert.Equal(error, refused);
    }

    [Fact]
    public async Task A_missing_scope_is_named_beside_those_there_are()
    {
        await using var call = await Caller.StartAsync();
        call.Installed.Scopes.Remove("users:read");
        call.Installed.Scopes.Remove("channels:read");

        var user = await call.GetAsync("users.info?user=U1");
        var members = await call.GetAsync("conversations.members?channel=C1");

        Assert.Equal(("missing_scope", "users:read"), ((string?)user["error"], (string?)user["needed"]));
        Assert.Contains("chat:write", (string?)user["provided"], StringComparison.Ordinal);
        Assert.Equal("channels:read", (string?)members["needed"]);
    }
}

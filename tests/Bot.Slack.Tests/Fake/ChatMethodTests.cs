using System.Net;
using System.Net.Http.Headers;
using FakeSlack.Api;
using FakeSlack.People;
using FakeSlack.World;

namespace Bot.Slack.Tests.Fake;

// What can be said where: unknown, private, archived, not joined, joined by right; a person's chat, one who left, a bot; threads
// what can be changed: D and not U, not what only one sees, not what others wrote, text alone takes the blocks away, 4000
// what only one sees goes to members; blocks and texts within their limits
// too fast: a channel's burst, a workspace's second, a method's minute; troubles brought on purpose
public sealed class ChatMethodTests
{
    [Fact]
    public async Task A_message_needs_a_channel_that_the_bot_may_post_in()
    {
        await using var call = await Caller.StartAsync();
        call.Slack.Workspace.AddChannel("C2", "open", ["U1"]);
        call.Slack.Workspace.AddChannel("C3", "closed", ["U1"], ChannelKind.Private);
        await call.Slack.Membership.ArchiveAsync(call.Slack.Workspace.AddChannel("C4", "old", ["U1", call.Installed.BotUserId]), "U1");

        var errors = await ErrorsAsync(call, "C2", "C3", "C4", "C9", "#general", "U9");
        call.Installed.Scopes.Add("chat:write.public");
        var byRight = await ErrorsAsync(call, "C2", "C3");

        Assert.Equal(["not_in_channel", "channel_not_found", "is_archived", "channel_not_found", "channel_not_found", "channel_not_found"], errors);
        Assert.Equal([null, "channel_not_found"], byRight);
    }

    [Fact]
    public async Task A_persons_id_opens_their_chat_which_is_named_in_the_answer_and_needed_for_a_change()
    {
        await using var call = await Caller.StartAsync();
        call.Slack.Workspace.AddMember("U3", "cyd").IsDeactivated = true;

        var posted = await call.JsonAsync("chat.postMessage", """{"channel":"U1","text":"hello"}""");
        var (chat, ts) = ((string)posted["channel"]!, (string)posted["ts"]!);
        var byPerson = await call.ErrorAsync("chat.update", $$"""{"channel":"U1","ts":"{{ts}}","text":"hello again"}""");
        var byChat = await call.ErrorAsync("chat.update", $$"""{"channel":"{{chat}}","ts":"{{ts}}","text":"hello again"}""");
        var whoLeft = await ErrorsAsync(call, "U3", call.Installed.BotUserId);

        Assert.StartsWith("D", chat, StringComparison.Ordinal);
        Assert.Equal("channel_not_found", byPerson);
        Assert.Null(byChat);
        Assert.Equal("hello again", Assert.Single(call.Slack.As("U1").Messages(Person.App)).Text);
        Assert.Equal(["user_disabled", "cannot_dm_bot"], whoLeft);
    }

    [Fact]
    public async Task A_change_with_text_alone_takes_the_blocks_away()
    {
        await using var call = await Caller.StartAsync();
        var posted = await call.JsonAsync("chat.postMessage", """{"channel":"C1","text":"a","blocks":[{"type":"divider"}]}""");

        await call.JsonAsync("chat.update", $$"""{"channel":"C1","ts":"{{posted["ts"]}}","text":"b"}""");

        var message = Assert.Single(call.Slack.As("U2").Messages("#general"));
        Assert.Equal(("b", 0, 1), (message.Text, message.Blocks.Count, message.Edits));
    }

    [Fact]
    public async Task What_only_one_person_sees_goes_to_a_member_and_cannot_be_changed()
    {
        await using var call = await Caller.StartAsync();
        call.Slack.Workspace.AddMember("U3", "cyd");

        var whispered = await call.JsonAsync("chat.postEphemeral", """{"channel":"C1","user":"U1","text":"psst"}""");
        var changed = await call.ErrorAsync("chat.update", $$"""{"channel":"C1","ts":"{{whispered["message_ts"]}}","text":"louder"}""");
        var outside = await call.ErrorAsync("chat.postEphemeral", """{"channel":"C1","user":"U3","text":"psst"}""");

        Assert.Equal("psst", Assert.Single(call.Slack.As("U1").Messages("#general")).Text);
        Assert.Empty(call.Slack.As("U2").Messages("#general"));
        Assert.Equal("message_not_found", changed);
        Assert.Equal("user_not_in_channel", outside);
    }

    [Fact]
    public async Task Others_messages_and_threads_that_are_none_are_refused()
    {
        await using var call = await Caller.StartAsync();
        await call.Slack.As("U1").SayAsync("#general", "mine");
        var mine = Assert.Single(call.Slack.As("U1").Messages("#general"));

        var changed = await call.ErrorAsync("chat.update", $$"""{"channel":"C1","ts":"{{mine.Ts}}","text":"yours"}""");
        var missing = await call.ErrorAsync("chat.update", """{"channel":"C1","ts":"1.000001","text":"x"}""");
        var threaded = await call.ErrorAsync("chat.postMessage", $$"""{"channel":"C1","thread_ts":"{{mine.Ts}}","text":"x"}""");
        var lost = await call.ErrorAsync("chat.postMessage", """{"channel":"C1","thread_ts":"1.000001","text":"x"}""");

        Assert.Equal(["cant_update_message", "message_not_found", null, "thread_not_found"], new List<string?> { changed, missing, threaded, lost });
    }

    [Theory]
    [InlineData("""{"channel":"C1"}""", "no_text")]
    [InlineData("""{"channel":"C1","text":"","blocks":[]}""", "no_text")]
    [InlineData("""{"channel":"C1","text":"a","markdown_text":"b"}""", "markdown_text_conflict")]
    [InlineData("""{"channel":"C1","text":"a","blocks":[{"type":"alert","text":{"type":"plain_text","text":"x"}}]}""", "invalid_blocks")]
    public async Task What_cannot_be_said_is_refused(string arguments, string error)
    {
        await using var call = await Caller.StartAsync();

        var refused = await call.ErrorAsync("chat.postMessage", arguments);

        Assert.Equal(error, refused);
    }

    [Fact]
    public async Task Fifty_one_blocks_are_refused_with_where_they_are()
    {
        await using var call = await Caller.StartAsync();
        var blocks = string.Join(',', Enumerable.Repeat("""{"type":"divider"}""", 51));

        var refused = await call.JsonAsync("chat.postMessage", $$"""{"channel":"C1","text":"a","blocks":[{{blocks}}]}""");

        Assert.Equal("invalid_blocks", (string?)refused["error"]);
        Assert.Contains("[json-pointer:/blocks]", (string?)refused["errors"]![0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Texts_are_limited_when_posted_and_more_when_changed()
    {
        await using var call = await Caller.StartAsync();
        var posted = await call.JsonAsync("chat.postMessage", $$"""{"channel":"C1","text":"{{new string('a', 40_000)}}"}""");

        var longer = await call.ErrorAsync("chat.postMessage", $$"""{"channel":"C1","text":"{{new string('a', 40_001)}}"}""");
        var changed = await call.ErrorAsync("chat.update", $$"""{"channel":"C1","ts":"{{posted["ts"]}}","text":"{{new string('a', 4001)}}"}""");

        Assert.Equal(("msg_too_long", "msg_too_long"), (longer, changed));
    }

    [Fact]
    public async Task A_channel_takes_a_short_burst_and_then_one_a_second()
    {
        await using var call = await Caller.StartAsync();
        call.Slack.Limits.ChannelBurst = 2;

        var burst = await ErrorsAsync(call, "C1", "C1", "C1", "U1");
        call.Clock.Now += TimeSpan.FromSeconds(1);
        var later = await ErrorsAsync(call, "C1", "C1");

        Assert.Equal([null, null, "ratelimited", null], burst);
        Assert.Equal([null, "ratelimited"], later);
    }

    [Fact]
    public async Task Too_many_calls_close_a_method_until_the_time_that_is_told()
    {
        await using var call = await Caller.StartAsync();
        call.Slack.Limits.PerMinute["users.info"] = 2;
        await call.GetAsync("users.info?user=U1");
        call.Clock.Now += TimeSpan.FromSeconds(20);
        await call.GetAsync("users.info?user=U1");

        using var refused = await call.RawAsync(HttpMethod.Get, new Uri(call.Slack.ApiUrl, "users.info?user=U1"), authorization: new AuthenticationHeaderValue("Bearer", call.Token));
        call.Clock.Now += TimeSpan.FromSeconds(39);
        var stillClosed = await call.GetAsync("users.info?user=U1");
        var other = await call.GetAsync("conversations.info?channel=C1");
        call.Clock.Now += TimeSpan.FromSeconds(1);
        var open = await call.GetAsync("users.info?user=U1");

        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(40)), (refused.StatusCode, refused.Headers.RetryAfter?.Delta));
        Assert.Equal("ratelimited", (string?)stillClosed["error"]);
        Assert.True((bool)other["ok"]!);
        Assert.True((bool)open["ok"]!);
    }

    [Fact]
    public async Task A_workspace_takes_as_many_messages_a_second_as_was_set()
    {
        await using var call = await Caller.StartAsync();
        call.Slack.Limits.WorkspaceMessagesPerSecond = 2;

        var errors = await ErrorsAsync(call, "C1", "U1", "U2");
        call.Clock.Now += TimeSpan.FromSeconds(1);
        var later = await ErrorsAsync(call, "U2");

        Assert.Equal([null, null, "ratelimited"], errors);
        Assert.Equal([null], later);
    }

    [Fact]
    public async Task Troubles_come_in_their_order_and_an_answer_that_is_lost_was_done()
    {
        await using var call = await Caller.StartAsync();
        call.Slack.Fail("chat.postMessage", new Trouble.Refusal("internal_error"));
        call.Slack.Fail("chat.postMessage", new Trouble.LostAnswer());

        var refused = await call.ErrorAsync("chat.postMessage", """{"channel":"C1","text":"first"}""");
        await Assert.ThrowsAsync<HttpRequestException>(() => call.ErrorAsync("chat.postMessage", """{"channel":"C1","text":"second"}"""));

        Assert.Equal("internal_error", refused);
        Assert.Equal("second", Assert.Single(call.Slack.As("U1").Messages("#general")).Text);
    }

    [Fact]
    public async Task A_silence_lasts_until_the_caller_gives_up_and_nothing_was_done()
    {
        await using var call = await Caller.StartAsync();
        call.Slack.Fail("chat.postMessage", new Trouble.Silence());
        using var patience = new CancellationTokenSource();
        var calling = call.RawAsync(HttpMethod.Post, new Uri(call.Slack.ApiUrl, "chat.postMessage"), new StringContent("{}"), ct: patience.Token);
        await call.Slack.UntilAsync("the call", () => call.Slack.Calls.Count == 1);

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => calling);
        Assert.Empty(call.Slack.As("U1").Messages("#general"));
    }

    [Fact]
    public async Task A_method_is_closed_for_as_long_as_was_set_and_a_broken_gateway_says_no_JSON()
    {
        await using var call = await Caller.StartAsync();
        call.Slack.Limits.Close("chat.postMessage", TimeSpan.FromMinutes(2));
        call.Slack.Fail("auth.test", new Trouble.Status(503));

        var closed = await ErrorsAsync(call, "C1");
        call.Clock.Now += TimeSpan.FromMinutes(2);
        var open = await ErrorsAsync(call, "C1");
        using var broken = await call.RawAsync(HttpMethod.Post, new Uri(call.Slack.ApiUrl, "auth.test"));

        Assert.Equal(("ratelimited", null), (closed[0], open[0]));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, ""), (broken.StatusCode, await broken.Content.ReadAsStringAsync()));
    }

    private static async Task<List<string?>> ErrorsAsync(Caller call, params string[] channels)
    {
        var errors = new List<string?>();
        foreach (var channel in channels)
        {
            errors.Add(await call.ErrorAsync("chat.postMessage", $$"""{"channel":"{{channel}}","text":"x"}"""));
        }

        return errors;
    }
}

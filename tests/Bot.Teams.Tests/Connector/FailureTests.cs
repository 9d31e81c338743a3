using Bot.Chat;
using Bot.Teams.Connector;
using FakeTeams.Connector;

namespace Bot.Teams.Tests.Connector;

// What goes wrong: gone and blocked, forgotten chats, edits of what is not there, too large, another cloud, busy (503, 412, 429 short and long), unclear
// (504, a broken line, no answer) for what may and may not be repeated, the platform's own fault, and an address that is not Microsoft's.
public sealed class FailureTests : IAsyncLifetime
{
    private BotInTeams _bot = null!;

    public async Task InitializeAsync() => _bot = await BotInTeams.StartAsync();

    public async Task DisposeAsync() => await _bot.DisposeAsync();

    [Theory]
    [InlineData("ConversationBlockedByUser")]
    [InlineData("BotDisabledByAdmin")]
    [InlineData("BotNotInConversationRoster")]
    [InlineData("NotEnoughPermissions")]
    public async Task Whoever_refuses_the_bot_is_gone_and_is_not_asked_again_until_heard_of(string code)
    {
        var ada = await _bot.MeetAsync("Ada Byron");
        var chat = _bot.Cloud.Tenant.PersonalChat(ada);
        chat.Refuses = code;

        var first = await _bot.TellAsync(ada);
        var second = await _bot.TellAsync(ada);

        Assert.Equal(new PostOutcome.Gone(code), first);
        Assert.IsType<PostOutcome.Gone>(second);
        Assert.Single(_bot.Arrivals);

        chat.Refuses = null;
        await _bot.HearAsync(chat, ada);

        BotInTeams.Posted(await _bot.TellAsync(ada));
    }

    [Fact]
    public async Task Somebody_for_whom_the_app_is_nowhere_installed_is_gone()
    {
        var ada = _bot.Cloud.Tenant.AddUser("Ada Byron");
        var group = await _bot.JoinAsync(_bot.Cloud.Tenant.AddGroupChat("Pilots", ada));
        await _bot.Platform.MembersAsync(_bot.Workspace, new Conversation(group.Id, ConversationKind.Group), CancellationToken.None);
        group.Members.Remove(ada);

        Assert.Equal(new PostOutcome.Gone("ForbiddenOperationException"), await _bot.TellAsync(ada));
    }

    [Fact]
    public async Task Where_the_app_was_removed_nothing_is_sent()
    {
        var channel = await _bot.JoinAsync(_bot.Cloud.Tenant.AddChannel("Pilots", "General"));
        await _bot.References.UninstalledAsync(_bot.Cloud.Tenant.Id, channel.Id, CancellationToken.None);

        Assert.IsType<PostOutcome.Gone>(await _bot.PostAsync(channel));
        Assert.Empty(_bot.Arrivals);
    }

    [Fact]
    public async Task A_personal_chat_that_is_no_more_is_opened_anew()
    {
        var ada = await _bot.MeetAsync("Ada Byron");
        _bot.Cloud.Connector.Break(new Fault(404, "ConversationNotFound"));

        var outcome = await _bot.TellAsync(ada);

        BotInTeams.Posted(outcome);
        Assert.Equal(["404", "201", "201"], _bot.Arrivals.Select(a => $"{a.Status}"));
    }

    [Fact]
    public async Task An_edit_of_a_deleted_message_is_gone_and_the_conversation_is_not()
    {
        var ada = await _bot.MeetAsync("Ada Byron");
        var posted = await _bot.TellAsync(ada);
        _bot.Cloud.Tenant.PersonalChat(ada).Last.IsDeleted = true;

        Assert.Equal(new PostOutcome.Gone("ActivityNotFoundInConversation"), await _bot.UpdateAsync(posted, BotInTeams.Card("Closed")));
        BotInTeams.Posted(await _bot.TellAsync(ada));
    }

    [Fact]
    public async Task A_message_that_teams_would_not_take_is_refused_before_it_is_sent()
    {
        var activity = new System.Text.Json.Nodes.JsonObject { ["type"] = "message", ["text"] = new string('x', 41_000) };
        var ada = await _bot.MeetAsync("Ada Byron");

        var result = await _bot.Connector.SendAsync(Chat(ada), activity, CancellationToken.None);

        Assert.Equal(new ConnectorResult.Refused(413, "MessageSizeTooBig"), result);
        Assert.Empty(_bot.Arrivals);
    }

    [Fact]
    public async Task Letters_of_other_languages_count_as_one_and_pictures_in_the_card_do_not_count()
    {
        var ada = await _bot.MeetAsync("Ada Byron");
        var activity = new System.Text.Json.Nodes.JsonObject
        {
            ["type"] = "message",
            ["summary"] = new string('ж', 39_000),
            ["attachments"] = new System.Text.Json.Nodes.JsonArray(new System.Text.Json.Nodes.JsonObject { ["contentType"] = "image/png", ["contentUrl"] = "data:image/png;base64," + new string('A', 100_000) }),
        };

        Assert.IsType<ConnectorResult.Ok>(await _bot.Connector.SendAsync(Chat(ada), activity, CancellationToken.None));
    }

    [Theory]
    [InlineData(412)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task Busy_is_tried_again_after_a_pause_each_time(int status)
    {
        var ada = await _bot.MeetAsync("Ada Byron");
        _bot.Cloud.Connector.Break(new Fault(status, "Busy"), new Fault(status, "Busy"), new Fault(status, "Busy"));

        BotInTeams.Posted(await _bot.TellAsync(ada));
        Assert.Single(_bot.Cloud.Tenant.PersonalChat(ada).Messages);
        Assert.Equal(4, _bot.Arrivals.Count);
        Assert.All(_bot.Arrivals.Zip(_bot.Arrivals.Skip(1)), pair => Assert.InRange(pair.Second.At - pair.First.At, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(3)));
    }

    [Fact]
    public async Task Four_times_busy_is_left_to_later()
    {
        var ada = await _bot.MeetAsync("Ada Byron");
        _bot.Cloud.Connector.Break(Enumerable.Repeat(new Fault(503, "ServiceUnavailable"), 5));

        Assert.Equal(new PostOutcome.Later(null, "ServiceUnavailable"), await _bot.TellAsync(ada));
        Assert.Equal(4, _bot.Arrivals.Count);
    }

    [Fact]
    public async Task Told_to_wait_a_second_it_waits_exactly_that()
    {
        var ada = await _bot.MeetAsync("Ada Byron");
        _bot.Cloud.Connector.Break(new Fault(429, "Throttled", RetryAfter: 1));

        BotInTeams.Posted(await _bot.TellAsync(ada));
        Assert.Equal(TimeSpan.FromSeconds(1), _bot.Arrivals[1].At - _bot.Arrivals[0].At);
    }

    [Fact]
    public async Task Told_to_wait_long_it_comes_back_later_and_asks_nothing_of_that_tenant_until_then()
    {
        var ada = await _bot.MeetAsync("Ada Byron");
        var ben = await _bot.MeetAsync("Ben Ford");
        _bot.Cloud.Connector.Break(new Fault(429, "Throttled", RetryAfter: 30));

        Assert.Equal(new PostOutcome.Later(TimeSpan.FromSeconds(30), "Throttled"), await _bot.TellAsync(ada));
        Assert.Equal(TimeSpan.FromSeconds(30), Assert.IsType<PostOutcome.Later>(await _bot.TellAsync(ada)).After);
        Assert.Equal(TimeSpan.FromSeconds(30), Assert.IsType<PostOutcome.Later>(await _bot.TellAsync(ben)).After);
        Assert.Single(_bot.Arrivals);

        _bot.Clock.MoveOn(TimeSpan.FromSeconds(30));

        BotInTeams.Posted(await _bot.TellAsync(ada));
    }

    [Fact]
    public async Task A_post_that_the_gateway_lost_sight_of_is_not_repeated_on_the_spot()
    {
        var ada = await _bot.MeetAsync("Ada Byron");
        _bot.Cloud.Connector.Break(new Fault(504, "GatewayTimeout", Done: true));

        Assert.Equal(new PostOutcome.Later(TimeSpan.FromMinutes(1), "GatewayTimeout"), await _bot.TellAsync(ada));
        Assert.Single(_bot.Arrivals);
    }

    [Fact]
    public async Task An_edit_that_the_gateway_lost_sight_of_is_repeated()
    {
        var ada = await _bot.MeetAsync("Ada Byron");
        var posted = await _bot.TellAsync(ada);
        _bot.Cloud.Connector.Break(new Fault(504, "GatewayTimeout", Done: true));

        Assert.Equal(posted, await _bot.UpdateAsync(posted, BotInTeams.Card("Closed")));
        Assert.Equal("Closed", _bot.Cloud.Tenant.PersonalChat(ada).Last.Summary);
    }

    [Fact]
    public async Task A_line_that_breaks_under_a_post_leaves_it_to_later()
    {
        var ada = await _bot.MeetAsync("Ada Byron");
        _bot.Cloud.Connector.Break(new Fault(0, "", Done: true));

        Assert.Equal(TimeSpan.FromMinutes(1), Assert.IsType<PostOutcome.Later>(await _bot.TellAsync(ada)).After);
        Assert.Single(_bot.Arrivals);
    }

    [Fact]
    public async Task Without_an_answer_patience_ends()
    {
        var ada = await _bot.MeetAsync("Ada Byron");
        var held = _bot.Cloud.Connector.Hold();

        var telling = _bot.TellAsync(ada);
        await held;
        _bot.Clock.MoveOn(TimeSpan.FromSeconds(15));

        Assert.Equal("no answer within 15 s", Assert.IsType<PostOutcome.Later>(await telling).Why);
    }

    [Fact]
    public async Task An_edit_without_an_answer_is_not_waited_for_again_on_the_spot()
    {
        var ada = await _bot.MeetAsync("Ada Byron");
        var posted = await _bot.TellAsync(ada);
        var held = _bot.Cloud.Connector.Hold();

        var editing = _bot.UpdateAsync(posted, BotInTeams.Card("Closed"));
        await held;
        _bot.Clock.MoveOn(TimeSpan.FromSeconds(15));

        Assert.Equal("no answer within 15 s", Assert.IsType<PostOutcome.Later>(await editing).Why);
    }

    [Fact]
    public async Task The_platforms_own_fault_is_left_to_later_without_trying_again()
    {
        var ada = await _bot.MeetAsync("Ada Byron");
        _bot.Cloud.Connector.Break(new Fault(500, "ServiceError"));

        Assert.Equal(new PostOutcome.Later(null, "ServiceError"), await _bot.TellAsync(ada));
        Assert.Single(_bot.Arrivals);
    }

    [Fact]
    public async Task Another_clouds_tenant_waits_for_the_right_address()
    {
        var ada = await _bot.MeetAsync("Ada Byron");
        _bot.Cloud.Connector.Break(new Fault(403, "InvalidBotApiHost"));

        Assert.IsType<PostOutcome.Later>(await _bot.TellAsync(ada));
        BotInTeams.Posted(await _bot.TellAsync(ada));
    }

    [Fact]
    public async Task A_card_that_is_no_card_is_refused_by_name()
    {
        var ada = await _bot.MeetAsync("Ada Byron");
        _bot.Cloud.Connector.Break(new Fault(400, "BadArgument"));

        Assert.Equal(new PostOutcome.Refused("400 BadArgument"), await _bot.TellAsync(ada));
    }

    [Theory]
    [InlineData("https://smba.trafficmanager.net.example.com/emea/")]
    [InlineData("https://other.trafficmanager.net/emea/")]
    [InlineData("http://smba.trafficmanager.net/emea/")]
    [InlineData("https://user@smba.trafficmanager.net/emea/")]
    public async Task The_token_goes_to_no_address_that_is_not_microsofts(string serviceUrl)
    {
        var ada = await _bot.MeetAsync("Ada Byron");
        var elsewhere = Chat(ada) with { ServiceUrl = new Uri(serviceUrl) };

        var result = await _bot.Connector.SendAsync(elsewhere, new System.Text.Json.Nodes.JsonObject { ["type"] = "message", ["text"] = "hello" }, CancellationToken.None);

        Assert.IsType<ConnectorResult.NotNow>(result);
        Assert.Equal((0, 0), (_bot.Arrivals.Count, _bot.Cloud.Login.Given));
    }

    private Place Chat(FakeTeams.Talk.TeamsUser user) => new(_bot.Cloud.Tenant.Id, new Uri(_bot.Cloud.ServiceUrl), _bot.Cloud.Tenant.PersonalChat(user).Id);
}

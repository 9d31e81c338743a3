using System.Text.Json.Nodes;
using Bot.Cards;
using Bot.Chat;
using FakeSlack.Api;
using FakeSlack.World;
using Channel = FakeSlack.World.Channel;

namespace Bot.Slack.Tests.Api;

// What the product says on its own: posts and updates, in threads and direct chats; what each refusal means for it; pauses as asked; lost answers; who is in a
// channel, however many; and who is told that the bot is missing.
public sealed class PlatformTests : IAsyncLifetime
{
    private static readonly WorkspaceRef Pilots = new(SlackPlatform.PlatformName, "T000000001");
    private static readonly Destination ToTeam = new Destination.ToConversation(new Conversation("C0000TEAM", ConversationKind.Channel), null);
    private Adapter _adapter = null!;

    private SlackPlatform Platform => _adapter.Get<SlackPlatform>();

    private Channel Team => _adapter.Slack.Workspace.FindChannel("#team")!;

    public async Task InitializeAsync()
    {
        _adapter = await Adapter.StartAsync();
        await _adapter.Slack.InviteAppAsync(Team, "U00000ANA");
    }

    public async Task DisposeAsync() => await _adapter.DisposeAsync();

    [Fact]
    public async Task A_post_is_named_and_can_be_answered_in_its_thread_and_updated()
    {
        var posted = Assert.IsType<PostOutcome.Posted>(await PostAsync(ToTeam, "One")).Message;
        await PostAsync(new Destination.ToConversation(new Conversation("C0000TEAM", ConversationKind.Channel), posted), "In the thread");
        var updated = await Platform.UpdateAsync(Pilots, posted, Replies.Card("Two"), CancellationToken.None);

        Assert.Equal(posted, Assert.IsType<PostOutcome.Posted>(updated).Message);
        var messages = _adapter.Slack.As("U00000ANA").Messages("#team");
        Assert.Contains("Two", messages[0].Words);
        Assert.Equal(messages[0].Ts, messages[1].ThreadTs);
        Assert.Empty(_adapter.Slack.Complaints);
    }

    [Fact]
    public async Task A_direct_message_is_named_by_its_chat_so_that_it_can_be_updated()
    {
        var posted = Assert.IsType<PostOutcome.Posted>(await PostAsync(new Destination.ToPerson("U00000BEN"), "One")).Message;

        var updated = await Platform.UpdateAsync(Pilots, posted, Replies.Card("Two"), CancellationToken.None);

        Assert.StartsWith("D", posted.ConversationId);
        Assert.IsType<PostOutcome.Posted>(updated);
        await _adapter.Slack.As("U00000BEN").SeesAsync(FakeSlack.People.Person.App, "Two");
    }

    [Theory]
    [InlineData("channel_not_found", typeof(PostOutcome.Gone))]
    [InlineData("is_archived", typeof(PostOutcome.Gone))]
    [InlineData("user_disabled", typeof(PostOutcome.Gone))]
    [InlineData("restricted_action_read_only_channel", typeof(PostOutcome.Gone))]
    [InlineData("restricted_action_thread_locked", typeof(PostOutcome.Refused))]
    [InlineData("thread_not_found", typeof(PostOutcome.Refused))]
    [InlineData("msg_too_long", typeof(PostOutcome.Refused))]
    [InlineData("never_heard_of", typeof(PostOutcome.Refused))]
    [InlineData("messages_tab_disabled", typeof(PostOutcome.Later))]
    [InlineData("org_login_required", typeof(PostOutcome.Later))]
    [InlineData("internal_error", typeof(PostOutcome.Later))]
    [InlineData("ratelimited", typeof(PostOutcome.Later))]
    public async Task A_refusal_means_what_it_means(string error, Type outcome)
    {
        _adapter.Slack.Fail("chat.postMessage", new Trouble.Refusal(error), times: 5);

        Assert.IsType(outcome, await PostAsync(ToTeam, "One"));
        Assert.DoesNotContain(_adapter.Product.Heard, heard => heard is BotRemoved);
    }

    [Fact]
    public async Task Blocks_that_Slack_refuses_come_back_with_the_place_and_without_the_words()
    {
        var refused = Bot.Slack.Api.SlackErrors.Outcome(new Bot.Slack.Api.SlackResult.Failed("invalid_blocks", JsonNode.Parse(
            """{"errors":["must be more than 0 characters: Ana's secret [json-pointer:/blocks/3/text/text]"],"response_metadata":{"messages":["[ERROR] x [json-pointer:/blocks/3]", 7]}}""")!.AsObject()));

        Assert.Equal("invalid_blocks [json-pointer:/blocks/3/text/text] [json-pointer:/blocks/3]", Assert.IsType<PostOutcome.Refused>(refused).Why);
    }

    [Theory]
    [InlineData(502)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task A_gateways_status_is_tried_again_later(int status)
    {
        _adapter.Slack.Fail("chat.postMessage", new Trouble.Status(status));

        Assert.IsType<PostOutcome.Later>(await PostAsync(ToTeam, "One"));
    }

    [Fact]
    public async Task No_answer_within_ten_seconds_is_tried_again_later()
    {
        await PostAsync(ToTeam, "Zero");
        _adapter.Slack.Fail("chat.postMessage", new Trouble.Silence());

        var posting = PostAsync(ToTeam, "One");
        await _adapter.Clock.UntilTimersAsync(set => set >= 2);
        _adapter.Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Contains("10 s", Assert.IsType<PostOutcome.Later>(await posting).Why);
    }

    [Fact]
    public async Task A_long_pause_that_Slack_asks_for_is_kept_for_that_method_and_asked_no_sooner()
    {
        _adapter.Slack.Limits.Close("chat.postMessage", TimeSpan.FromSeconds(30));
        var first = await PostAsync(ToTeam, "One");
        var second = await PostAsync(ToTeam, "Two");
        var other = await Platform.PersonAsync(Pilots, "U00000ANA", CancellationToken.None);

        Assert.Equal(TimeSpan.FromSeconds(29), Assert.IsType<PostOutcome.Later>(first).After);
        Assert.Equal(TimeSpan.FromSeconds(28), Assert.IsType<PostOutcome.Later>(second).After);
        Assert.Single(_adapter.Slack.Calls, call => call.Method == "chat.postMessage");
        Assert.Equal("ana", other!.Name);
        _adapter.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.IsType<PostOutcome.Posted>(await PostAsync(ToTeam, "Three"));
    }

    [Fact]
    public async Task A_refusal_of_Slacks_own_is_of_the_card_and_what_is_asked_after_it_waits_with_all_of_its_method_and_of_no_other()
    {
        var posted = Assert.IsType<PostOutcome.Posted>(await PostAsync(ToTeam, "One")).Message;
        _adapter.Slack.Limits.Close("chat.update", TimeSpan.FromSeconds(30));

        var first = await UpdateAsync();
        var second = await UpdateAsync();

        Assert.False(Assert.IsType<PostOutcome.Later>(first).ForAll);
        Assert.True(Assert.IsType<PostOutcome.Later>(second).ForAll);
        Assert.IsType<PostOutcome.Posted>(await PostAsync(ToTeam, "Two"));
        Assert.Single(_adapter.Slack.Calls, call => call.Method == "chat.update");

        Task<PostOutcome> UpdateAsync() => Platform.UpdateAsync(Pilots, posted, Replies.Card("Changed"), CancellationToken.None);
    }

    [Fact]
    public async Task A_token_that_is_revoked_stops_the_workspace_and_tells_the_product()
    {
        _adapter.Slack.Revoke(_adapter.Slack.InstalledIn(Team));

        var outcome = await PostAsync(ToTeam, "One");
        var calls = _adapter.Slack.Calls.Count;
        var next = await PostAsync(ToTeam, "Two");

        Assert.Equal("token_revoked", Assert.IsType<PostOutcome.Later>(outcome).Why);
        Assert.IsType<PostOutcome.Later>(next);
        Assert.Equal(calls, _adapter.Slack.Calls.Count);
        Assert.Null(_adapter.Product.Heard.OfType<BotRemoved>().Single().In);
    }

    [Fact]
    public async Task Everybody_in_a_channel_is_found_page_by_page_but_no_bots_and_nobody_who_left()
    {
        var many = Enumerable.Range(0, 450).Select(n => _adapter.Slack.Workspace.AddMember($"UMANY{n:000}", $"m{n}")).ToList();
        many[7].IsDeactivated = true;
        var crowd = _adapter.Slack.Workspace.AddChannel("C00CROWD1", "crowd", [.. many.Select(member => member.Id), _adapter.Slack.InstalledIn(Team).BotUserId]);

        var found = await Platform.MembersAsync(Pilots, new Conversation(crowd.Id, ConversationKind.Channel), CancellationToken.None);

        Assert.Equal(449, found.Count);
        Assert.Equal(3, _adapter.Slack.Calls.Count(call => call.Method == "conversations.members"));
        // Not one by one: a hundred a minute is all that users.info answers.
        Assert.InRange(_adapter.Slack.Calls.Count(call => call.Method == "users.info"), 0, 1);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(60)]
    public async Task Addresses_are_known_with_the_optional_scope_alone(int many)
    {
        var people = Enumerable.Range(0, many).Select(n => _adapter.Slack.Workspace.AddMember($"UMANY{n:000}", $"m{n}")).ToList();
        people.ForEach(member => member.Email = $"{member.Name}@Acme.example");
        var crowd = _adapter.Slack.Workspace.AddChannel("C00CROWD1", "crowd", [.. people.Select(member => member.Id), _adapter.Slack.InstalledIn(Team).BotUserId]);
        var place = new Conversation(crowd.Id, ConversationKind.Channel);

        var without = await Platform.MembersAsync(Pilots, place, CancellationToken.None);
        _adapter.Slack.InstalledIn(Team).Scopes.Add("users:read.email");
        _adapter.Clock.Advance(TimeSpan.FromMinutes(61));
        var with = await Platform.MembersAsync(Pilots, place, CancellationToken.None);

        Assert.All(without, person => Assert.Null(person.Email));
        Assert.Equal(people.Select(member => EmailAddress.Read(member.Email)), with.Select(person => person.Email));
        Assert.Contains("users:read.email", Platform.EmailNeeds);
        Assert.Empty(_adapter.Slack.Complaints);
    }

    [Fact]
    public async Task Members_that_cannot_be_read_now_are_no_empty_channel()
    {
        _adapter.Slack.Fail("conversations.members", new Trouble.Refusal("fetch_members_failed"));

        await Assert.ThrowsAsync<PlatformUnreachableException>(() => Platform.MembersAsync(Pilots, new Conversation("C0000TEAM", ConversationKind.Channel), CancellationToken.None));
    }

    [Theory]
    [InlineData("""{"ok":true,"user":{"id":"U1","name":"eve","team_id":"T9","is_admin":true,"tz":"Europe/Paris"}}""", false)]
    [InlineData("""{"ok":true,"user":{"id":"U1","name":"eve","team_id":"T000000001","is_stranger":true,"is_admin":true}}""", false)]
    [InlineData("""{"ok":true,"user":{"id":"W1","name":"eve","team_id":"T9","is_admin":true,"enterprise_user":{"teams":["T000000001"]}}}""", true)]
    [InlineData("""{"ok":true,"user":{"id":"U1","name":"eve","team_id":"T000000001","is_owner":true}}""", true)]
    public void An_administrator_of_another_company_administers_nothing_here(string answer, bool isAdmin)
    {
        var read = SlackPeople.Read(JsonNode.Parse(answer)!["user"]!.AsObject(), "U1", "T000000001");

        Assert.Equal(isAdmin, read!.IsAdmin);
    }

    [Fact]
    public async Task A_channel_without_the_bot_waits_and_a_configured_token_has_nobody_to_tell()
    {
        var other = _adapter.Slack.Workspace.AddChannel("C000OTHER", "other", ["U00000ANA"]);

        var outcome = await PostAsync(new Destination.ToConversation(new Conversation(other.Id, ConversationKind.Channel), null), "One");

        Assert.Equal(TimeSpan.FromMinutes(15), Assert.IsType<PostOutcome.Later>(outcome).After);
        Assert.Empty(_adapter.Slack.As("U00000ANA").Messages(FakeSlack.People.Person.App));
    }

    /// <summary>A second after the one before, so that nothing waits for its turn on a clock that stands still.</summary>
    private Task<PostOutcome> PostAsync(Destination to, string words)
    {
        _adapter.Clock.Advance(TimeSpan.FromSeconds(1));
        return Platform.PostAsync(Pilots, to, Replies.Card(words), "key", CancellationToken.None);
    }
}

using Bot.Chat;
using FakeTeams.Talk;

namespace Bot.Teams.Tests.Connector;

// Saying: the personal chat opened once and kept, a card's shape, channels and their threads, group chats, edits; whom and what was never heard of.
public sealed class SayTests : IAsyncLifetime
{
    private BotInTeams _bot = null!;

    public async Task InitializeAsync() => _bot = await BotInTeams.StartAsync();

    public async Task DisposeAsync() => await _bot.DisposeAsync();

    [Fact]
    public async Task Somebody_who_never_wrote_but_is_in_a_channel_gets_a_personal_chat_that_is_opened_once()
    {
        var ada = _bot.Cloud.Tenant.AddUser("Ada Byron");
        var channel = await _bot.JoinAsync(_bot.Cloud.Tenant.AddChannel("Pilots", "General", ada));
        await _bot.Platform.MembersAsync(_bot.Workspace, new Conversation(channel.Id, ConversationKind.Channel), CancellationToken.None);

        var first = await _bot.TellAsync(ada, BotInTeams.Card("first"));
        var second = await _bot.TellAsync(ada, BotInTeams.Card("second"));

        var chat = _bot.Cloud.Tenant.PersonalChat(ada);
        Assert.Equal([new MessageRef(chat.Id, chat.Messages[0].Id), new MessageRef(chat.Id, chat.Messages[1].Id)], new[] { first, second }.Select(p => BotInTeams.Posted(p)));
        Assert.Equal(["first", "second"], chat.Messages.Select(m => m.Summary));
        Assert.Single(_bot.Arrivals, a => a.Path == "v3/conversations");
    }

    [Fact]
    public async Task A_card_is_one_message_with_a_summary_and_no_text()
    {
        var ada = await _bot.MeetAsync("Ada Byron");

        await _bot.TellAsync(ada, BotInTeams.Card("How was the week?"));

        var message = Assert.Single(_bot.Cloud.Tenant.PersonalChat(ada).Messages);
        Assert.Equal("How was the week?", message.Summary);
        Assert.Null(message.Text);
        Assert.Equal("1.5", (string?)message.Card?["version"]);
    }

    [Fact]
    public async Task A_post_in_a_channel_begins_a_thread_and_what_follows_it_is_in_the_thread()
    {
        var channel = await _bot.JoinAsync(_bot.Cloud.Tenant.AddChannel("Pilots", "General"));

        var post = BotInTeams.Posted(await _bot.PostAsync(channel, card: BotInTeams.Card("review")));
        var reply = BotInTeams.Posted(await _bot.PostAsync(channel, post, BotInTeams.Card("next point")));
        await _bot.PostAsync(channel, reply, BotInTeams.Card("the end"));

        Assert.Equal($"{channel.Id};messageid={channel.Messages[0].Id}", post.ConversationId);
        Assert.Equal([("review", channel.Messages[0].Id), ("next point", channel.Messages[0].Id), ("the end", channel.Messages[0].Id)], channel.Messages.Select(m => (m.Summary!, m.ThreadId!)));
    }

    [Fact]
    public async Task A_follow_up_whose_thread_was_deleted_begins_a_new_one_and_the_channel_stays()
    {
        var channel = await _bot.JoinAsync(_bot.Cloud.Tenant.AddChannel("Pilots", "General"));
        var post = BotInTeams.Posted(await _bot.PostAsync(channel));
        channel.Messages[0].IsDeleted = true;

        var reply = BotInTeams.Posted(await _bot.PostAsync(channel, post, BotInTeams.Card("next point")));

        Assert.Equal($"{channel.Id};messageid={channel.Last.Id}", reply.ConversationId);
        Assert.Equal("next point", channel.Last.Summary);
    }

    [Fact]
    public async Task A_group_chat_has_no_threads_so_what_follows_comes_after()
    {
        var group = await _bot.JoinAsync(_bot.Cloud.Tenant.AddGroupChat("Pilots"));

        var post = BotInTeams.Posted(await _bot.PostAsync(group, card: BotInTeams.Card("review")));
        var reply = BotInTeams.Posted(await _bot.PostAsync(group, post, BotInTeams.Card("next point")));

        Assert.Equal([group.Id, group.Id], new[] { post, reply }.Select(p => p.ConversationId));
        Assert.Equal(["review", "next point"], group.Messages.Select(m => m.Summary));
    }

    [Theory]
    [InlineData(ConversationType.Personal)]
    [InlineData(ConversationType.GroupChat)]
    [InlineData(ConversationType.Channel)]
    public async Task An_update_replaces_the_message_where_it_is(string type)
    {
        var ada = await _bot.MeetAsync("Ada Byron");
        var conversation = type switch
        {
            ConversationType.Personal => _bot.Cloud.Tenant.PersonalChat(ada),
            ConversationType.GroupChat => await _bot.JoinAsync(_bot.Cloud.Tenant.AddGroupChat("Pilots")),
            _ => await _bot.JoinAsync(_bot.Cloud.Tenant.AddChannel("Pilots", "General")),
        };
        var posted = type == ConversationType.Personal ? await _bot.TellAsync(ada) : await _bot.PostAsync(conversation);

        var updated = await _bot.UpdateAsync(posted, BotInTeams.Card("Closed"));

        Assert.Equal(posted, updated);
        Assert.Equal(("Closed", 1), (Assert.Single(conversation.Messages).Summary, conversation.Last.Edits));
    }

    [Fact]
    public async Task Somebody_is_reached_by_the_bots_own_id_too()
    {
        var ada = await _bot.MeetAsync("Ada Byron");

        var outcome = await _bot.Platform.PostAsync(_bot.Workspace, new Destination.ToPerson(ada.Id), BotInTeams.Card(), "key", CancellationToken.None);

        BotInTeams.Posted(outcome);
    }

    [Fact]
    public async Task What_is_for_somebody_never_met_waits_and_nothing_is_asked()
    {
        var stranger = _bot.Cloud.Tenant.AddUser("Stranger");

        var outcome = await _bot.TellAsync(stranger);

        Assert.Equal("a person never met", Assert.IsType<PostOutcome.Later>(outcome).Why);
        Assert.Empty(_bot.Arrivals);
    }
}

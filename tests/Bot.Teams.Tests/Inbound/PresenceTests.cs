using System.Text.Json.Nodes;
using Bot.Chat;
using Bot.Teams.Addresses.Store;
using FakeTeams.Talk;

namespace Bot.Teams.Tests.Inbound;

// Installed and uninstalled in a team (with a channel chosen), a group chat, a personal chat; upgraded; people come and go, named and not; channels and teams renamed,
// deleted, archived and back; the last place of the tenant, and any place after it. Then the whole product: the first hello, a person who took the bot away, a tenant that did.
public sealed class PresenceTests : IAsyncLifetime
{
    private ListeningBot _bot = null!;
    private TeamsClient _ada = null!;

    public async Task InitializeAsync()
    {
        _bot = await ListeningBot.StartAsync();
        _ada = _bot.As(_bot.Person());
    }

    public async Task DisposeAsync() => await _bot.DisposeAsync();

    [Fact]
    public async Task In_a_team_the_bot_is_added_to_the_channel_that_was_chosen_and_told_of_once()
    {
        _bot.Channel(_ada.User);
        var chosen = _bot.Cloud.Tenant.AddChannel("Pilots", "Churn", _ada.User);

        await _ada.InstallAsync(chosen);

        var added = _bot.Only<BotAdded>();
        Assert.Equal((chosen.Id, ConversationKind.Channel, "Churn"), (added.In!.Id, added.In.Kind, added.In.Name));
        Assert.Equal(_ada.User.AadObjectId, added.By!.Id);
    }

    [Fact]
    public async Task A_team_that_says_hello_elsewhere_than_where_it_was_installed_is_known_in_both()
    {
        var general = _bot.Channel(_ada.User);
        var install = _ada.Activity(general, "installationUpdate");
        install["action"] = "add";
        install["channelData"]!["settings"]!["selectedChannel"]!["id"] = "19:chosen@thread.tacv2";

        await _ada.DeliverAsync(install);

        Assert.Equal("19:chosen@thread.tacv2", _bot.Only<BotAdded>().In!.Id);
        Assert.Equal([general.Id, "19:chosen@thread.tacv2"], await _bot.References.ChannelsAsync(_bot.Cloud.Tenant.Id, general.TeamId!, CancellationToken.None));
    }

    [Fact]
    public async Task In_a_group_chat_the_bot_is_added_whichever_way_it_is_told()
    {
        var group = _bot.Cloud.Tenant.AddGroupChat("Pilots", _ada.User);

        await _ada.InstallAsync(group);

        Assert.Equal([group.Id, group.Id], _bot.Heard.Select(h => Assert.IsType<BotAdded>(h).In!.Id));
        Assert.All(_bot.Heard, h => Assert.Equal(ConversationKind.Group, h.In!.Kind));
    }

    [Fact]
    public async Task Removed_from_a_team_the_bot_is_removed_from_all_its_channels()
    {
        var general = _bot.Channel(_ada.User);
        var churn = _bot.Cloud.Tenant.AddChannel("Pilots", "Churn", _ada.User);
        await _ada.InstallAsync();
        await _ada.InstallAsync(general);
        await _ada.SayAsync("help", churn);
        var before = _bot.Heard.Count;

        await _ada.UninstallAsync(general);

        Assert.Equal([general.Id, churn.Id], _bot.Heard.Skip(before).Select(h => Assert.IsType<BotRemoved>(h).In!.Id));
        Assert.Equal(ConversationState.Uninstalled, (await _bot.References.ConversationAsync(_bot.Cloud.Tenant.Id, churn.Id, CancellationToken.None))!.State);
    }

    [Fact]
    public async Task Removed_by_a_person_the_bot_is_removed_for_them_and_known_by_whom()
    {
        await _bot.As(_bot.Person("Ben Day")).InstallAsync();
        await _ada.InstallAsync();

        await _ada.UninstallAsync();

        var removed = Assert.IsType<BotRemoved>(_bot.Heard[^1]);
        Assert.Equal((ConversationKind.Personal, _ada.User.AadObjectId), (removed.In!.Kind, removed.By!.Id));
    }

    [Fact]
    public async Task Removed_from_its_last_place_the_bot_is_removed_from_the_tenant()
    {
        var general = _bot.Channel(_ada.User);
        await _ada.InstallAsync(general);
        await _ada.InstallAsync();

        await _ada.UninstallAsync(general);
        var inBetween = _bot.Heard.OfType<BotRemoved>().Select(r => r.In?.Id).ToList();
        await _ada.UninstallAsync();

        Assert.Equal([general.Id], inBetween);
        var removed = _bot.Heard.OfType<BotRemoved>().ToList();
        Assert.Equal([general.Id, _ada.Chat.Id, null], removed.Select(r => r.In?.Id));
        Assert.Equal(3, removed.Select(r => r.Delivery).Distinct().Count());
    }

    [Fact]
    public async Task A_chat_that_the_bot_opened_ends_with_the_last_place_though_somebody_spoke_there()
    {
        var general = _bot.Channel(_ada.User);
        await _ada.InstallAsync(general);
        await _ada.SayAsync("help", general);
        var known = (await _bot.References.PersonAsync(_bot.Cloud.Tenant.Id, _ada.User.Id, CancellationToken.None))!;
        await _bot.References.OpenedAsync(known, _ada.Chat.Id, new Uri(_bot.Cloud.ServiceUrl), _bot.Cloud.App.BotId, CancellationToken.None);
        await _ada.SayAsync("help");

        await _ada.UninstallAsync(general);

        Assert.Null(Assert.IsType<BotRemoved>(_bot.Heard[^1]).In);
    }

    [Fact]
    public async Task A_group_chat_that_puts_the_bot_out_may_be_the_last_place_too()
    {
        var group = _bot.Cloud.Tenant.AddGroupChat("Pilots", _ada.User);
        await _ada.InstallAsync(group);

        await MembersAsync(group, "membersRemoved", null, new JsonObject { ["id"] = _bot.Cloud.App.BotId });

        Assert.Equal([group.Id, null], _bot.Heard.OfType<BotRemoved>().Select(r => r.In?.Id));
    }

    [Theory]
    [InlineData("add-upgrade")]
    [InlineData("remove-upgrade")]
    public async Task An_upgrade_changes_nothing(string action)
    {
        await _ada.InstallAsync();
        var before = _bot.Heard.Count;
        var upgrade = _ada.Activity(_ada.Chat, "installationUpdate");
        upgrade["action"] = action;

        var answer = await _ada.DeliverAsync(upgrade);

        Assert.Equal((202, before), (answer.Status, _bot.Heard.Count));
        Assert.Equal(ConversationState.Active, (await _bot.References.ConversationAsync(_bot.Cloud.Tenant.Id, _ada.Chat.Id, CancellationToken.None))!.State);
    }

    [Fact]
    public async Task People_who_come_are_named_by_the_roster_and_told_in_every_channel_of_the_team()
    {
        var ben = _bot.Person("Ben Day");
        var general = _bot.Channel(_ada.User, ben);
        var churn = _bot.Cloud.Tenant.AddChannel("Pilots", "Churn", _ada.User, ben);
        await _ada.InstallAsync(general);
        await _ada.SayAsync("help", churn);
        var before = _bot.Heard.Count;

        await MembersAsync(general, "membersAdded", "teamMemberAdded", new JsonObject { ["id"] = ben.Id, ["aadObjectId"] = ben.AadObjectId });

        var told = _bot.Heard.Skip(before).Select(h => Assert.IsType<MembersChanged>(h)).ToList();
        Assert.Equal([general.Id, churn.Id], told.Select(t => t.In!.Id));
        Assert.All(told, t => Assert.Equal((ben.AadObjectId, "Ben Day"), (Assert.Single(t.Joined).Id, t.Joined[0].Name)));
        Assert.Equal(2, told.Select(t => t.Delivery).Distinct().Count());
    }

    [Fact]
    public async Task People_who_leave_are_known_by_the_id_they_came_with()
    {
        var ben = _bot.Person("Ben Day");
        var group = _bot.Cloud.Tenant.AddGroupChat("Pilots", _ada.User, ben);
        await _ada.InstallAsync(group);
        await _bot.As(ben).SayAsync("help", group);

        await MembersAsync(group, "membersRemoved", null, new JsonObject { ["id"] = ben.Id });

        Assert.Equal(ben.AadObjectId, Assert.Single(Assert.IsType<MembersChanged>(_bot.Heard[^1]).Left).Id);
    }

    [Theory]
    [InlineData("channelRenamed", "ConversationChanged", false)]
    [InlineData("channelDeleted", "ConversationChanged", true)]
    [InlineData("channelRestored", "BotAdded", null)]
    public async Task What_happens_to_a_channel_is_told_of_that_channel(string what, string heard, bool? isGone)
    {
        var general = _bot.Channel(_ada.User);
        await _ada.InstallAsync(general);
        var update = Update(general, what);
        update["channelData"]!["channel"] = new JsonObject { ["id"] = "19:churn@thread.tacv2", ["name"] = "Churn, again" };

        await _ada.DeliverAsync(update);

        Assert.Equal((heard, "19:churn@thread.tacv2", "Churn, again"), (_bot.Heard[^1].GetType().Name, _bot.Heard[^1].In!.Id, _bot.Heard[^1].In!.Name));
        Assert.Equal(isGone, (_bot.Heard[^1] as ConversationChanged)?.Gone);
    }

    [Theory]
    [InlineData("teamArchived", true)]
    [InlineData("teamDeleted", true)]
    [InlineData("teamUnarchived", false)]
    public async Task What_happens_to_a_team_is_told_of_all_its_channels(string what, bool isGone)
    {
        var general = _bot.Channel(_ada.User);
        var churn = _bot.Cloud.Tenant.AddChannel("Pilots", "Churn", _ada.User);
        await _ada.InstallAsync(general);
        await _ada.SayAsync("help", churn);
        var before = _bot.Heard.Count;

        await _ada.DeliverAsync(Update(general, what));

        Assert.Equal([general.Id, churn.Id], _bot.Heard.Skip(before).Select(h => h.In!.Id));
        Assert.All(_bot.Heard.Skip(before), h => Assert.True(isGone ? h is ConversationChanged { Gone: true } : h is BotAdded));
    }

    [Fact]
    public async Task A_group_chat_gets_its_new_name()
    {
        var group = _bot.Cloud.Tenant.AddGroupChat("Pilots", _ada.User);
        await _ada.InstallAsync(group);
        var update = _ada.Activity(group, "conversationUpdate");
        update["topicName"] = "Pilots and friends";

        await _ada.DeliverAsync(update);

        Assert.Equal("Pilots and friends", Assert.IsType<ConversationChanged>(_bot.Heard[^1]).In!.Name);
    }

    [Fact]
    public async Task The_whole_product_greets_whoever_adds_it_and_stops_writing_to_whoever_takes_it_away()
    {
        await using var bot = await ListeningBot.StartWholeAsync();
        var (ada, ben) = (bot.As(bot.Person()), bot.As(bot.Person("Ben Day")));
        await ada.InstallAsync();
        await ben.InstallAsync();
        await bot.DeliverAsync();

        await ben.UninstallAsync();

        Assert.All(new[] { ada, ben }, who => Assert.Contains("Afterpilot is installed", Assert.Single(who.Chat.Messages).Summary));
        Assert.Equal([false, true], await bot.UseAsync(db => Task.FromResult(db.People.OrderBy(p => p.Name).Select(p => p.GoneAt != null).ToList())));
        Assert.Null(await bot.UseAsync(db => Task.FromResult(db.Workspaces.Single().RemovedAt)));
    }

    [Fact]
    public async Task The_whole_product_is_gone_with_the_last_place_and_back_with_any()
    {
        await using var bot = await ListeningBot.StartWholeAsync();
        var (ada, ben) = (bot.As(bot.Person()), bot.As(bot.Person("Ben Day")));
        await ada.InstallAsync();

        await ada.UninstallAsync();
        var removed = await RemovedAtAsync(bot);
        var upgrade = ada.Activity(ada.Chat, "installationUpdate");
        upgrade["action"] = "remove-upgrade";
        await ada.DeliverAsync(upgrade);
        var upgraded = await RemovedAtAsync(bot);
        await ben.InstallAsync();

        Assert.NotNull(removed);
        Assert.Equal(removed, upgraded);
        Assert.Null(await RemovedAtAsync(bot));
    }

    [Fact]
    public async Task Who_talks_to_the_bot_in_a_tenant_that_removed_it_brings_it_back()
    {
        await using var bot = await ListeningBot.StartWholeAsync();
        var ada = bot.As(bot.Person());
        await ada.InstallAsync();
        await ada.UninstallAsync();
        bot.Clock.MoveOn(TimeSpan.FromHours(1));

        await ada.SayAsync("help");

        Assert.Null(await RemovedAtAsync(bot));
    }

    private static Task<DateTimeOffset?> RemovedAtAsync(ListeningBot bot) => bot.UseAsync(db => Task.FromResult(db.Workspaces.Single().RemovedAt));

    private Task<BotAnswer> MembersAsync(TeamsConversation conversation, string list, string? what, params JsonNode[] members)
    {
        var update = Update(conversation, what);
        update[list] = new JsonArray(members);
        return _ada.DeliverAsync(update);
    }

    private JsonObject Update(TeamsConversation conversation, string? what)
    {
        var update = _ada.Activity(conversation, "conversationUpdate");
        update["channelData"]!["eventType"] = what;
        return update;
    }
}

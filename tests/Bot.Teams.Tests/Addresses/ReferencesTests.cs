using Bot.Chat;
using Bot.Teams.Addresses;
using Bot.Teams.Addresses.Store;
using Bot.Teams.Tests.Connector;

namespace Bot.Teams.Tests.Addresses;

// References: newcomers, both ids, what an activity refreshes, a bot registered anew, two at once, teams removed, and tenants that do not see each other.
public sealed class ReferencesTests : IAsyncLifetime
{
    private const string Tenant = "3c1f1b9a-2f44-4c0e-8a55-5d0c5c1f9e01";
    private const string Other = "93b1f0c4-5c5d-4f6e-9d9d-0d7f0e3a2b11";
    private const string Team = "19:team@thread.tacv2";
    private BotInTeams _bot = null!;

    public async Task InitializeAsync() => _bot = await BotInTeams.StartAsync();

    public async Task DisposeAsync() => await _bot.DisposeAsync();

    [Fact]
    public async Task A_newcomer_is_known_by_the_tenants_id_with_zone_and_name()
    {
        var person = await NoteAsync(Personal());

        Assert.Equal(new ChatPerson("aad-ada", "Ada", "Europe/Berlin", false), person);
        Assert.Equal("a:ada", (await _bot.References.PersonAsync(Tenant, "aad-ada", default))?.ChatId);
        Assert.Equal("aad-ada", (await _bot.References.PersonAsync(Tenant, "29:ada", default))?.AadObjectId);
    }

    [Fact]
    public async Task Whoever_has_no_account_in_the_tenant_is_known_by_the_bots_own_id()
    {
        var person = await NoteAsync(Personal() with { AadObjectId = null });

        Assert.Equal("29:ada", person?.Id);
    }

    [Fact]
    public async Task An_activity_without_a_sender_notes_the_conversation()
    {
        var person = await NoteAsync(Channel("19:other@thread.tacv2") with { UserId = null });

        Assert.Null(person);
        Assert.Equal(Team, (await _bot.References.ConversationAsync(Tenant, "19:other@thread.tacv2", default))?.TeamId);
    }

    [Fact]
    public async Task The_newest_service_address_and_zone_count_and_what_is_not_said_stays()
    {
        await NoteAsync(Personal());

        var person = await NoteAsync(Personal() with { ServiceUrl = new Uri("https://smba.trafficmanager.net/amer/"), TimeZone = null, UserName = null, Locale = "de-DE" });

        Assert.Equal(("Ada", "Europe/Berlin"), (person?.Name, person?.TimeZone));
        Assert.Equal("https://smba.trafficmanager.net/amer/", (await _bot.References.ConversationAsync(Tenant, "a:ada", default))?.ServiceUrl.AbsoluteUri);
        Assert.Equal("de-DE", (await _bot.References.PersonAsync(Tenant, "29:ada", default))?.Locale);
    }

    [Fact]
    public async Task A_thread_is_its_channels_conversation()
    {
        await NoteAsync(Channel(Team + ";messageid=17"));

        Assert.Equal(Team, (await _bot.References.ConversationAsync(Tenant, Team, default))?.ConversationId);
        Assert.Equal(Team, (await _bot.References.ConversationAsync(Tenant, Team + ";messageid=99", default))?.ConversationId);
    }

    [Fact]
    public async Task A_bot_registered_anew_knows_the_same_person_by_a_new_id()
    {
        await NoteAsync(Personal());

        await NoteAsync(Channel(Team) with { UserId = "29:ada-anew", TimeZone = null, UserName = null });

        var person = await _bot.References.PersonAsync(Tenant, "aad-ada", default);
        Assert.Equal(("29:ada-anew", "Ada", "Europe/Berlin", null), (person?.UserId, person?.Name, person?.TimeZone, person?.ChatId));
        Assert.Null(await _bot.References.PersonAsync(Tenant, "29:ada", default));
    }

    [Fact]
    public async Task A_newcomer_whose_first_activities_come_at_once_is_one_person()
    {
        var noted = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => NoteAsync(Personal())));

        Assert.All(noted, person => Assert.Equal("aad-ada", person?.Id));
    }

    [Fact]
    public async Task A_team_removed_ends_all_its_channels_and_nothing_else()
    {
        await NoteAsync(Channel(Team));
        await NoteAsync(Channel("19:second@thread.tacv2"));
        await NoteAsync(Channel("19:elsewhere@thread.tacv2") with { TeamId = "19:elsewhere@thread.tacv2" });
        await NoteAsync(Personal());

        await _bot.References.UninstalledAsync(Tenant, Team, default);

        Assert.Equal(
            [ConversationState.Uninstalled, ConversationState.Uninstalled, ConversationState.Active, ConversationState.Active],
            [await StateAsync(Team), await StateAsync("19:second@thread.tacv2"), await StateAsync("19:elsewhere@thread.tacv2"), await StateAsync("a:ada")]);
    }

    [Fact]
    public async Task A_personal_chat_removed_ends_no_other()
    {
        await NoteAsync(Personal());
        await NoteAsync(Personal() with { ConversationId = "a:ben", UserId = "29:ben", AadObjectId = "aad-ben" });

        await _bot.References.UninstalledAsync(Tenant, "a:ada", default);

        Assert.Equal([ConversationState.Uninstalled, ConversationState.Active], [await StateAsync("a:ada"), await StateAsync("a:ben")]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_activity_from_where_the_bot_was_refused_or_removed_ends_that(bool removed)
    {
        await NoteAsync(Personal());
        await (removed ? _bot.References.UninstalledAsync(Tenant, "a:ada", default) : _bot.References.BlockedAsync(Tenant, "a:ada", default));
        Assert.NotEqual(ConversationState.Active, await StateAsync("a:ada"));

        await NoteAsync(Personal());

        Assert.Equal(ConversationState.Active, await StateAsync("a:ada"));
    }

    [Fact]
    public async Task Whoever_writes_the_same_an_hour_later_is_seen_anew()
    {
        await NoteAsync(Personal());
        _bot.Clock.MoveOn(TimeSpan.FromMinutes(61));

        await NoteAsync(Personal() with { At = _bot.Clock.GetUtcNow() });

        Assert.Equal(PassingClock.Start.AddMinutes(61), (await _bot.References.ConversationAsync(Tenant, "a:ada", default))?.SeenAt);
    }

    [Fact]
    public async Task A_tenant_sees_nothing_of_another_and_ends_nothing_there()
    {
        await NoteAsync(Personal());
        await NoteAsync(Personal() with { TenantId = Other, UserName = "Another Ada" });

        await _bot.References.UninstalledAsync(Other, "a:ada", default);
        await _bot.References.BlockedAsync(Other, "a:ada", default);
        await _bot.References.NoteMembersAsync(Other, "a:ada", [new Member("29:ada", "aad-ada", "Renamed", null)], default);

        Assert.Equal(ConversationState.Active, await StateAsync("a:ada"));
        Assert.Equal("Ada", (await _bot.References.PersonAsync(Tenant, "aad-ada", default))?.Name);
        Assert.Null(await _bot.References.NewestAsync("a third", default));
        Assert.Null(await _bot.References.PersonAsync("a third", "29:ada", default));
        Assert.Null(await _bot.References.ConversationAsync("a third", "a:ada", default));
    }

    private async Task<ConversationState?> StateAsync(string conversation) => (await _bot.References.ConversationAsync(Tenant, conversation, default))?.State;

    private Task<ChatPerson?> NoteAsync(Seen seen) => _bot.References.NoteAsync(seen, CancellationToken.None);

    private static Seen Personal() => new(
        Tenant, new Uri("https://smba.trafficmanager.net/emea/"), "a:ada", ConversationKind.Personal, null, null, "28:bot", "29:ada", "aad-ada", "Ada", "Europe/Berlin", "en-GB", PassingClock.Start);

    private static Seen Channel(string id) => Personal() with { ConversationId = id, Kind = ConversationKind.Channel, TeamId = Team, ChannelId = Threads.Root(id) };
}

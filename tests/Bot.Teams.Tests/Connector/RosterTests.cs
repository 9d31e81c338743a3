using Bot.Chat;
using FakeTeams.Connector;

namespace Bot.Teams.Tests.Connector;

// Rosters and people: pages, ids, time zones from activities alone, administrators as the operator named them, and what cannot be read now.
public sealed class RosterTests
{
    [Fact]
    public async Task A_large_team_is_read_page_by_page_and_everybody_has_the_tenants_id()
    {
        await using var bot = await BotInTeams.StartAsync();
        var everybody = Enumerable.Range(1, 1201).Select(n => bot.Cloud.Tenant.AddUser($"Person {n}")).ToList();
        var channel = await bot.JoinAsync(bot.Cloud.Tenant.AddChannel("Pilots", "General", everybody));

        var members = await bot.Platform.MembersAsync(bot.Workspace, new Conversation(channel.Id, ConversationKind.Channel), CancellationToken.None);

        Assert.Equal(everybody.Select(u => u.AadObjectId), members.Select(m => m.Id));
        Assert.Equal(3, bot.Arrivals.Count);
    }

    [Fact]
    public async Task A_roster_tells_names_and_not_zones_and_forgets_none_that_an_activity_told()
    {
        await using var bot = await BotInTeams.StartAsync();
        var ada = await bot.MeetAsync("Ada Byron");
        var ben = bot.Cloud.Tenant.AddUser("Ben Ford");
        var group = await bot.JoinAsync(bot.Cloud.Tenant.AddGroupChat("Pilots", ada, ben));

        var members = await bot.Platform.MembersAsync(bot.Workspace, new Conversation(group.Id, ConversationKind.Group), CancellationToken.None);

        Assert.Equal(
            [
                new ChatPerson(ada.AadObjectId, "Ada Byron", "Europe/Berlin", false, EmailAddress.Read(ada.PrincipalName)),
                new ChatPerson(ben.AadObjectId, "Ben Ford", null, false, EmailAddress.Read(ben.PrincipalName)),
            ],
            members);
    }

    [Fact]
    public async Task An_address_is_the_mailbox_or_else_the_name_to_sign_in_with_and_never_a_guests_rewritten_one()
    {
        await using var bot = await BotInTeams.StartAsync();
        var group = await bot.JoinAsync(bot.Cloud.Tenant.AddGroupChat(
            "Pilots",
            bot.Cloud.Tenant.AddUser("Ada Byron") with { Email = "Ada@Mail.example" },
            bot.Cloud.Tenant.AddUser("Ben Ford") with { Email = null },
            bot.Cloud.Tenant.AddUser("Cleo Guest") with { Email = null, PrincipalName = "cleo_partner.example#EXT#@contoso.onmicrosoft.com" },
            bot.Cloud.Tenant.AddUser("Dan Guest") with { Email = "dan@partner.example", PrincipalName = "dan_partner.example#EXT#@contoso.onmicrosoft.com" }));

        var members = await bot.Platform.MembersAsync(bot.Workspace, new Conversation(group.Id, ConversationKind.Group), CancellationToken.None);

        Assert.Equal([EmailAddress.Read("ada@mail.example"), EmailAddress.Read("ben.ford@example.com"), null, EmailAddress.Read("dan@partner.example")], members.Select(m => m.Email));
    }

    [Fact]
    public async Task No_mailbox_of_a_roster_is_noted()
    {
        await using var bot = await BotInTeams.StartAsync();
        var group = await bot.JoinAsync(bot.Cloud.Tenant.AddGroupChat("Pilots", bot.Cloud.Tenant.AddUser("Ada Byron") with { Email = "ada@mail.example" }));

        var read = await bot.Platform.MembersAsync(bot.Workspace, new Conversation(group.Id, ConversationKind.Group), CancellationToken.None);

        var heard = await bot.References.PersonAsync(bot.Workspace.Id, Assert.Single(read).Id, CancellationToken.None);
        Assert.DoesNotContain("mail.example", heard!.PrincipalName);
        Assert.Null(bot.References.Named(heard).Email);
    }

    [Fact]
    public async Task A_thread_has_its_channels_roster()
    {
        await using var bot = await BotInTeams.StartAsync();
        var ada = bot.Cloud.Tenant.AddUser("Ada Byron");
        var channel = await bot.JoinAsync(bot.Cloud.Tenant.AddChannel("Pilots", "General", ada));

        var members = await bot.Platform.MembersAsync(bot.Workspace, new Conversation(channel.Id + ";messageid=17", ConversationKind.Channel), CancellationToken.None);

        Assert.Equal(ada.AadObjectId, Assert.Single(members).Id);
    }

    [Fact]
    public async Task A_roster_that_is_not_given_is_no_empty_one()
    {
        await using var bot = await BotInTeams.StartAsync();
        var group = await bot.JoinAsync(bot.Cloud.Tenant.AddGroupChat("Pilots"));
        bot.Cloud.Connector.Break(new Fault(500, "ServiceError"));

        await Assert.ThrowsAsync<PlatformUnreachableException>(() =>
            bot.Platform.MembersAsync(bot.Workspace, new Conversation(group.Id, ConversationKind.Group), CancellationToken.None));
    }

    [Fact]
    public async Task A_person_mentioned_by_the_bots_own_id_is_named_by_the_tenants()
    {
        await using var bot = await BotInTeams.StartAsync();
        var ben = bot.Cloud.Tenant.AddUser("Ben Ford");
        await bot.JoinAsync(bot.Cloud.Tenant.AddGroupChat("Pilots", ben));

        var person = await bot.Platform.PersonAsync(bot.Workspace, ben.Id, CancellationToken.None);

        Assert.Equal(new ChatPerson(ben.AadObjectId, "Ben Ford", null, false, EmailAddress.Read(ben.PrincipalName)), person);
        BotInTeams.Posted(await bot.TellAsync(ben));
    }

    [Fact]
    public async Task Nobody_of_that_id_is_nobody()
    {
        await using var bot = await BotInTeams.StartAsync();
        await bot.MeetAsync("Ada Byron");

        Assert.Null(await bot.Platform.PersonAsync(bot.Workspace, "29:nobody", CancellationToken.None));
    }

    [Fact]
    public async Task Administrators_are_whom_the_operator_named_by_id_or_by_name()
    {
        await using var bot = await BotInTeams.StartAsync(options => options with { Admins = ["ADA.BYRON@example.com", "6f1c3a04-0000-0000-0000-000000000000"] });
        var ada = bot.Cloud.Tenant.AddUser("Ada Byron");
        var ben = bot.Cloud.Tenant.AddUser("Ben Ford");
        var group = await bot.JoinAsync(bot.Cloud.Tenant.AddGroupChat("Pilots", ada, ben));

        var heard = await bot.HearAsync(group, ada);
        var members = await bot.Platform.MembersAsync(bot.Workspace, new Conversation(group.Id, ConversationKind.Group), CancellationToken.None);

        Assert.Null(heard?.IsAdmin);
        Assert.Equal([true, false], members.Select(m => m.IsAdmin));
        Assert.Equal(true, (await bot.HearAsync(group, ada))?.IsAdmin);
    }
}

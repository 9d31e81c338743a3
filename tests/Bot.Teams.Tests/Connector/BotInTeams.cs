using System.Text.Json.Nodes;
using Bot.Chat;
using Bot.Store;
using Bot.Teams.Addresses;
using Bot.Teams.Addresses.Store;
using Bot.Teams.Cards;
using Bot.Teams.Connector;
using Bot.Tests;
using FakeTeams;
using FakeTeams.Connector;
using FakeTeams.Talk;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Teams.Tests.Connector;

/// <summary>What speaks to Teams, wired as in the host, on a real store, and a Teams that it speaks to.</summary>
internal sealed class BotInTeams : IAsyncDisposable
{
    private readonly TestStore _store;
    private readonly ServiceProvider _provider;

    private BotInTeams(TestStore store, TeamsCloud cloud, PassingClock clock, TeamsOptions options)
    {
        (_store, Cloud, Clock) = (store, cloud, clock);
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(clock);
        services.AddSingleton(new Catalogue([], [])).AddSingleton<RenderTeams>().AddStore(store.Address).AddConnector(options, store.Address);
        foreach (var client in new[] { ConnectorCall.Client, ConnectorToken.Client })
        {
            services.AddHttpClient(client).ConfigurePrimaryHttpMessageHandler(cloud.Internet);
        }

        _provider = services.BuildServiceProvider();
    }

    public static TeamsOptions Options { get; } = new()
    {
        AppId = TeamsApp.Example.AppId, TenantId = TeamsApp.Example.TenantId, ClientSecret = TeamsApp.Example.Secret, AllowedTenants = new HashSet<string> { TeamsApp.Example.TenantId },
    };

    public TeamsCloud Cloud { get; }

    public PassingClock Clock { get; }

    public WorkspaceRef Workspace => new(TeamsPlatform.PlatformName, Cloud.Tenant.Id);

    public TeamsPlatform Platform => _provider.GetRequiredService<TeamsPlatform>();

    public References References => _provider.GetRequiredService<References>();

    public ConnectorClient Connector => _provider.GetRequiredService<ConnectorClient>();

    /// <summary>The requests that reached the connector since the start.</summary>
    public IReadOnlyList<Arrival> Arrivals => Cloud.Connector.Arrivals;

    public static async Task<BotInTeams> StartAsync(Func<TeamsOptions, TeamsOptions>? change = null)
    {
        var clock = new PassingClock();
        var bot = new BotInTeams(await TestStore.EmptyAsync(), await TeamsCloud.StartAsync(TeamsApp.Example, clock), clock, change?.Invoke(Options) ?? Options);
        await using var db = await bot._provider.GetRequiredService<IDbContextFactory<TeamsDb>>().CreateDbContextAsync();
        await db.Database.MigrateAsync();
        return bot;
    }

    public static Card Card(string text = "How was the week?") =>
        new("check-in", new JsonObject { ["type"] = "AdaptiveCard", ["version"] = "1.5", ["body"] = new JsonArray(new JsonObject { ["type"] = "TextBlock", ["text"] = text }) }, text);

    /// <summary>Somebody who wrote to the bot.</summary>
    public async Task<TeamsUser> MeetAsync(string name)
    {
        var user = Cloud.Tenant.AddUser(name);
        Cloud.Tenant.PersonalChat(user).HasBot = true;
        await HearAsync(Cloud.Tenant.PersonalChat(user), user);
        return user;
    }

    /// <summary>A channel of the team "Pilots" or a group chat with the bot in it, from which something was heard.</summary>
    public async Task<TeamsConversation> JoinAsync(TeamsConversation conversation)
    {
        conversation.HasBot = true;
        await HearAsync(conversation, null);
        return conversation;
    }

    public Task<ChatPerson?> HearAsync(TeamsConversation conversation, TeamsUser? from) => References.NoteAsync(
        new Seen(
            Cloud.Tenant.Id, new Uri(Cloud.ServiceUrl), conversation.Id, Kind(conversation), conversation.TeamId, conversation.TeamId is null ? null : conversation.Id, Cloud.App.BotId,
            from?.Id, from?.AadObjectId, from?.Name, from?.TimeZone, from?.Locale, Clock.GetUtcNow()),
        CancellationToken.None);

    public Task<PostOutcome> TellAsync(TeamsUser user, Card? card = null, CancellationToken ct = default) =>
        Platform.PostAsync(Workspace, new Destination.ToPerson(user.AadObjectId), card ?? Card(), "key", ct);

    public Task<PostOutcome> PostAsync(TeamsConversation conversation, MessageRef? thread = null, Card? card = null) =>
        Platform.PostAsync(Workspace, new Destination.ToConversation(new Conversation(conversation.Id, Kind(conversation)), thread), card ?? Card(), "key", CancellationToken.None);

    public Task<PostOutcome> UpdateAsync(PostOutcome posted, Card card) =>
        Platform.UpdateAsync(Workspace, Posted(posted), card, CancellationToken.None);

    /// <summary>Where a message is that must have gone out; otherwise the test fails and says why it did not.</summary>
    public static MessageRef Posted(PostOutcome outcome) => outcome is PostOutcome.Posted posted ? posted.Message : throw new Xunit.Sdk.XunitException($"{outcome}");

    public static ConversationKind Kind(TeamsConversation conversation) => conversation.Type switch
    {
        ConversationType.Personal => ConversationKind.Personal,
        ConversationType.GroupChat => ConversationKind.Group,
        _ => ConversationKind.Channel,
    };

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        await Cloud.DisposeAsync();
        await _store.DisposeAsync();
    }
}

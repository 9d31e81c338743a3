using System.Text.Json.Nodes;
using FakeSlack.Api;
using FakeSlack.Deliver;
using FakeSlack.OAuth;
using FakeSlack.People;
using FakeSlack.Sockets;
using FakeSlack.World;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FakeSlack;

/// <summary>A strict Slack on a free port of this machine, with one app, its workspaces, and people to drive.</summary>
public sealed class SlackServer : IAsyncDisposable
{
    private readonly SlackWorld _world;
    private readonly Troubles _troubles = new();
    private readonly HttpCarrier _http;
    private readonly SocketDoor _sockets;
    private readonly Courier _courier;
    private readonly Events _events;
    private readonly ResponseUrls _responses;
    private readonly ViewStacks _stacks;
    private readonly Payloads _payloads;
    private readonly Installing _installing;
    private readonly OAuthDoor _oauth;
    private readonly ApiDoor _api;
    private readonly WebApplication _web;

    private SlackServer(TimeProvider clock)
    {
        _world = new SlackWorld(clock);
        Limits = new Limits(clock);
        _http = new HttpCarrier(_world);
        _sockets = new SocketDoor(_world);
        _courier = new Courier(_world, _http, _sockets);
        _events = new Events(_world, _courier);
        _responses = new ResponseUrls(_world);
        _stacks = new ViewStacks(_world);
        _payloads = new Payloads(_world, _stacks, _responses);
        _installing = new Installing(_world, _events);
        _oauth = new OAuthDoor(_world, _installing);
        _api = new ApiDoor(
            _world,
            [
                .. new AppMethods(_world, _sockets).All, .. new ChatMethods(_world, _events).All, .. new ViewMethods(_world, _stacks).All, .. new ConversationMethods(_world).All,
                .. new UserMethods(_world).All, .. _oauth.All,
            ],
            Limits,
            _troubles);
        Workspace = AddWorkspace("T000000001", "pilots");
        _web = Web();
    }

    /// <summary>Ends with a slash; method names are appended.</summary>
    public Uri ApiUrl => new(_world.Address, "/api/");

    public SlackApp App => _world.App;

    /// <summary>The first workspace; most tests need no other.</summary>
    public Workspace Workspace { get; }

    public Limits Limits { get; }

    /// <summary>Every call of the Web API, in their order.</summary>
    public IReadOnlyList<Call> Calls => _api.Calls;

    /// <summary>Everything the app was told, in their order.</summary>
    public IReadOnlyList<Delivery> Deliveries => _courier.Delivered;

    /// <summary>What the app did wrong where Slack has no answer to tell it by: late, with a body that does nothing, by a response_url that is used up ...</summary>
    public IReadOnlyList<string> Complaints => _world.Complaints;

    /// <summary>Everywhere the app was installed, those that ended included.</summary>
    public IReadOnlyList<Installation> Installations
    {
        get
        {
            lock (_world.Gate)
            {
                return [.. _world.Installations];
            }
        }
    }

    public int OpenSockets => _sockets.OpenConnections;

    /// <summary>What the next browser at the consent page answers.</summary>
    public Consent? Consent
    {
        get => _oauth.Consent;
        set => _oauth.Consent = value;
    }

    /// <summary>Three seconds, as Slack's; longer where the machine is slow and something else is tested.</summary>
    public TimeSpan AcknowledgedWithin
    {
        get => _courier.Budget;
        set => _courier.Budget = value;
    }

    /// <summary>When an event that was not acknowledged is due again, counted from the attempt before it.</summary>
    public IReadOnlyList<TimeSpan> EventRetries
    {
        get => _events.RetryAfter;
        set => _events.RetryAfter = value;
    }

    /// <param name="clock">Triggers, response addresses, codes, limits and retries go by it; the system's when null.</param>
    public static async Task<SlackServer> StartAsync(TimeProvider? clock = null)
    {
        var slack = new SlackServer(clock ?? TimeProvider.System);
        await slack._web.StartAsync();
        slack._world.Address = new Uri(slack._web.Urls.First());
        return slack;
    }

    public Workspace AddWorkspace(string id, string domain, Enterprise? organisation = null)
    {
        lock (_world.Gate)
        {
            return _world.Workspaces[id] = new Workspace(_world, id, domain, organisation);
        }
    }

    /// <summary>Installs the app without a browser.</summary>
    /// <param name="workspace">Null: the first one.</param>
    /// <param name="by">Null: nobody in particular.</param>
    public Installation Install(Workspace? workspace = null, string? by = null) => _installing.Install(new Consent(by ?? "U000000000", workspace ?? Workspace), App.Scopes);

    /// <summary>Installs the app for an organisation, and in some of its workspaces.</summary>
    public Installation InstallOrgWide(Enterprise organisation, params Workspace[] granted)
    {
        var installed = _installing.Install(new Consent("W000000000", Workspace, organisation), App.Scopes);
        foreach (var workspace in granted)
        {
            Grant(installed, workspace);
        }

        return installed;
    }

    /// <summary>Adds a workspace to an org-wide installation.</summary>
    public void Grant(Installation organisationWide, Workspace workspace)
    {
        lock (_world.Gate)
        {
            organisationWide.Grant(workspace);
        }
    }

    /// <summary>Ends its token and tells the app twice, in either order.</summary>
    public Task UninstallAsync(Installation installed, bool tokensFirst = false) => _installing.UninstallAsync(installed, tokensFirst);

    /// <summary>Ends its token and tells nobody.</summary>
    public void Revoke(Installation installed, string error = "token_revoked")
    {
        lock (_world.Gate)
        {
            installed.EndedWith = error;
        }
    }

    /// <summary>Somebody at their client.</summary>
    public Person As(string userId, Workspace? workspace = null)
    {
        var place = workspace ?? Workspace;
        return new Person(_world, place, place.FindMember(userId) ?? throw new ImpossibleException($"{place.Id} has no member {userId}."), _courier, _events, _payloads, _responses, _stacks);
    }

    /// <summary>Puts the app into a channel, as by /invite, and tells it.</summary>
    public Task<Delivery?> InviteAppAsync(Channel channel, string by) => Membership.JoinAsync(channel, InstalledIn(channel).BotUserId, by);

    /// <summary>People and the app come, go and change channels.</summary>
    public Membership Membership => new(_world, _events);

    /// <summary>The bot user of the app in a channel's workspace.</summary>
    public Installation InstalledIn(Channel channel)
    {
        lock (_world.Gate)
        {
            return _world.InstalledIn(channel.Workspace) ?? throw new ImpossibleException($"The app is not installed in {channel.Workspace.Id}.");
        }
    }

    /// <summary>Lets the next calls of a method go wrong.</summary>
    public void Fail(string method, Trouble trouble, int times = 1) => _troubles.Add(method, trouble, times);

    /// <summary>What goes wrong for as long as it is set, by method and the id of the workspace whose token called, if any; before what <see cref="Fail"/> lets go wrong.</summary>
    public Func<string, string?, Trouble?>? Outage
    {
        get => _troubles.Outage;
        set => _troubles.Outage = value;
    }

    /// <summary>How long the answer to a call takes that is done at once, as over a real network.</summary>
    public TimeSpan AnswersAfter
    {
        get => _troubles.AnswersAfter;
        set => _troubles.AnswersAfter = value;
    }

    /// <summary>Any event, for what no person here does.</summary>
    /// <returns>Null when the app is not subscribed to it or not installed.</returns>
    public Task<Delivery?> SendEventAsync(JsonObject what, Workspace? workspace = null) => _events.SendAsync((string)what["type"]!, workspace ?? Workspace, what);

    /// <summary>Sends again the events that are due again by now; nothing is sent again by itself.</summary>
    public Task<IReadOnlyList<Delivery>> RetryDueAsync() => _events.RetryDueAsync();

    /// <summary>Until the events that go on their way beside a call of the app's have arrived.</summary>
    public Task EventsArrivedAsync() => _events.ArrivedAsync();

    /// <summary>As when the address is entered into the app's settings.</summary>
    public Task<Ack> VerifyUrlAsync(string challenge) => PostSignedAsync(
        App.EventsUrl, new JsonObject { ["token"] = "deprecated", ["challenge"] = challenge, ["type"] = "url_verification" }.ToJsonString(), "application/json");

    /// <summary>The probe of a certificate.</summary>
    public Task<Ack> ProbeAsync() => PostSignedAsync(App.CommandsUrl, "token=deprecated&ssl_check=1", "application/x-www-form-urlencoded");

    /// <summary>Any body with a good signature.</summary>
    public async Task<Ack> PostSignedAsync(Uri? to, string body, string contentType)
    {
        using var budget = new CancellationTokenSource(AcknowledgedWithin, _world.Clock);
        return await _http.PostAsync(to, body, contentType, 0, null, budget.Token);
    }

    /// <summary>Delivers a payload again, as it was.</summary>
    public Task<Delivery> RepeatAsync(Delivery delivery) => _courier.DeliverAsync(delivery.Kind, delivery.Payload);

    /// <summary>Tells the sockets to end.</summary>
    /// <param name="reason"><c>warning</c>, <c>refresh_requested</c> or <c>link_disabled</c>.</param>
    /// <param name="closes">Also closes them from this side.</param>
    public Task DisconnectAsync(string reason, bool closes = false) => _sockets.DisconnectAsync(reason, closes);

    /// <summary>Breaks the sockets without a word.</summary>
    public void BreakSockets() => _sockets.Break();

    /// <summary>Waits until there is something to see.</summary>
    /// <exception cref="TimeoutException">Not within a minute of real time.</exception>
    public Task UntilAsync(string what, Func<bool> holds) => _world.UntilAsync(what, () => holds() ? this : null);

    public async ValueTask DisposeAsync()
    {
        _sockets.Break();
        await _web.StopAsync();
        await _web.DisposeAsync();
        _http.Dispose();
    }

    private WebApplication Web()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        var web = builder.Build();
        // With a timeout they are pings that want a pong, as Slack's are.
        web.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(10), KeepAliveTimeout = TimeSpan.FromSeconds(10) });
        web.Map("/api/{method}", (HttpContext http, string method) => _api.HandleAsync(http, method));
        web.MapPost("/hooks/{**key}", (HttpContext http, string key) => _responses.HandleAsync(http, key));
        web.MapGet("/oauth/v2/authorize", (HttpRequest request) => _oauth.Authorize(request));
        web.Map("/link", (HttpContext http) => _sockets.HandleAsync(http));
        return web;
    }
}

using System.Collections.Concurrent;
using System.Net;
using Bot.Cards;
using Bot.Chat;
using Bot.Delivery;
using Bot.Initiatives;
using Bot.Links;
using Bot.Loops;
using Bot.Store;
using Bot.Teams.Addresses;
using Bot.Teams.Connector;
using FakeTeams;
using FakeTeams.Issuer;
using FakeTeams.Talk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Bot.Teams.Tests.Inbound;

/// <summary>The bot's own door, wired as in the host, in a Teams of this machine. The product behind it is what the test says, or the real one.</summary>
internal sealed class ListeningBot : IAsyncDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"teams-door-{Guid.NewGuid():N}.db");
    private readonly ConcurrentQueue<InboundEvent> _heard = new();
    private readonly ConcurrentBag<Task> _unsettled = [];
    private WebApplication _web = null!;

    private ListeningBot(TeamsCloud cloud, StoppedClock clock) => (Cloud, Clock) = (cloud, clock);

    public TeamsCloud Cloud { get; }

    public StoppedClock Clock { get; }

    /// <summary>What the product heard, in order.</summary>
    public IReadOnlyList<InboundEvent> Heard => [.. _heard];

    /// <summary>What the product replies.</summary>
    public Func<InboundEvent, Task<Reply>> Replies { get; set; } = _ => Task.FromResult<Reply>(new Reply.Silence());

    /// <summary>Whether the bot's line to the internet holds.</summary>
    public bool IsOnline { get; set; } = true;

    public CardBook Cards => _web.Services.GetRequiredService<CardBook>();

    public TeamsPlatform Platform => _web.Services.GetRequiredService<TeamsPlatform>();

    public Admission Admission => _web.Services.GetRequiredService<Admission>();

    public References References => _web.Services.GetRequiredService<References>();

    public Uri Address => new(_web.Urls.Single());

    /// <summary>A client that comes back once everything is done that follows from its request.</summary>
    public HttpClient Client { get; private set; } = null!;

    /// <summary>A client that comes back with the answer alone.</summary>
    public HttpClient Impatient { get; private set; } = null!;

    public static Task<ListeningBot> StartAsync(Func<TeamsOptions, TeamsOptions>? change = null) => StartAsync(change, isWhole: false);

    /// <summary>With the real product.</summary>
    public static Task<ListeningBot> StartWholeAsync() => StartAsync(null, isWhole: true);

    public TeamsClient As(TeamsUser user, HttpClient? client = null) => new(Cloud, user, client ?? Client, Clock);

    public TeamsUser Person(string name = "Ada Byron", string zone = "Europe/Berlin") => Cloud.Tenant.AddUser(name, zone);

    public TeamsConversation Channel(params IEnumerable<TeamsUser> members)
    {
        var channel = Cloud.Tenant.AddChannel("Pilots", "General", members);
        channel.HasBot = true;
        return channel;
    }

    public Card Words(string words) => Cards.Fill(new Notice(words));

    public Form Form(string name = "timezone", string key = "mine", string? typed = null) => Cards.FillForm(name, key, "Time zone", new TimeZoneFormCard(key, typed));

    public void Reply(Reply reply) => Replies = _ => Task.FromResult(reply);

    public T Only<T>()
        where T : InboundEvent => Assert.IsType<T>(Assert.Single(_heard));

    /// <summary>A body as it is, with a good token unless another header stands in its place.</summary>
    public async Task<int> PostAsync(HttpContent body, string? authorization = "good", params IEnumerable<(string Name, string Value)> headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/messages") { Content = body };
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization == "good" ? "Bearer " + Cloud.Issuer.Token(new TokenWish(Cloud.App.AppId, Cloud.ServiceUrl)) : authorization);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await Client.SendAsync(request);
        return (int)response.StatusCode;
    }

    /// <summary>Posts what the outbox holds.</summary>
    public async Task DeliverAsync()
    {
        var outbox = _web.Services.GetRequiredService<DeliverOutbox>();
        foreach (var lane in await outbox.LanesAsync(CancellationToken.None))
        {
            await outbox.RunAsync(lane, CancellationToken.None);
        }
    }

    public async Task<T> UseAsync<T>(Func<BotDb, Task<T>> use)
    {
        await using var scope = _web.Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<BotDb>());
    }

    /// <summary>Everything that was begun is done.</summary>
    public async Task SettleAsync()
    {
        while (_unsettled.TryTake(out var work))
        {
            await work;
        }

        await _web.Services.GetRequiredService<FollowUps>().AllAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Impatient.Dispose();
        await _web.DisposeAsync();
        await Cloud.DisposeAsync();
        SqliteConnection.ClearAllPools();
        foreach (var suffix in new[] { "", "-wal", "-shm" })
        {
            File.Delete(_file + suffix);
        }
    }

    private static async Task<ListeningBot> StartAsync(Func<TeamsOptions, TeamsOptions>? change, bool isWhole)
    {
        var clock = new StoppedClock();
        var bot = new ListeningBot(await TeamsCloud.StartAsync(TeamsApp.Example, clock), clock);
        var options = new TeamsOptions
        {
            AppId = TeamsApp.Example.AppId, TenantId = TeamsApp.Example.TenantId, ClientSecret = TeamsApp.Example.Secret, AllowedTenants = new HashSet<string> { TeamsApp.Example.TenantId },
        };
        await bot.ListenAsync(change?.Invoke(options) ?? options, isWhole);
        return bot;
    }

    private async Task ListenAsync(TeamsOptions options, bool isWhole)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton<TimeProvider>(Clock).AddSqliteStore($"Data Source={_file}").AddBot().AddTeams(options, new StoreAddress(Database.Sqlite, $"Data Source={_file}"));
        builder.Services.AddSingleton<IAlarm, NoAlarm>().AddSingleton<ILinks, NoLinks>().Replace(ServiceDescriptor.Singleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider()));
        foreach (var client in new[] { ConnectorCall.Client, ConnectorToken.Client, "teams-metadata" })
        {
            builder.Services.AddHttpClient(client).ConfigurePrimaryHttpMessageHandler(() => new Line(this, Cloud.Internet()));
        }

        if (!isWhole)
        {
            builder.Services.AddSingleton<HandleInbound>((inbound, _) =>
            {
                _heard.Enqueue(inbound);
                return Replies(inbound);
            });
        }

        _web = builder.Build();
        _web.Use(async (call, next) =>
        {
            var settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _unsettled.Add(settled.Task);
            // Of what is called after the answer, what asked first is called last: by then what follows is begun.
            call.Response.OnCompleted(() =>
            {
                settled.SetResult();
                return Task.CompletedTask;
            });
            await next(call);
        });
        _web.MapTeams();
        await using (var scope = _web.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<BotDb>().Database.MigrateAsync();
        }

        await _web.StartAsync();
        Client = new HttpClient(new Settling(this)) { BaseAddress = Address };
        Impatient = new HttpClient { BaseAddress = Address };
    }

    private sealed class Settling(ListeningBot bot) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            await bot.SettleAsync();
            return response;
        }
    }

    private sealed class Line(ListeningBot bot, HttpMessageHandler internet) : DelegatingHandler(internet)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            bot.IsOnline ? base.SendAsync(request, cancellationToken) : throw new HttpRequestException(HttpRequestError.ConnectionError, "The line is dead.");
    }

    private sealed class NoAlarm : IAlarm
    {
        public Task LookAtWhatIsDueAsync(CancellationToken ct) => Task.CompletedTask;

        public Task DeliverAsync(CancellationToken ct) => Task.CompletedTask;

        public Task SettleAsync(CancellationToken ct) => Task.CompletedTask;
    }

    private sealed class NoLinks : ILinks
    {
        public Uri Export(LoopId loop, PersonId by, string file) => new($"https://pilot.test/exports/{file}");

        public Uri Import(LoopId loop, PersonId by) => new("https://pilot.test/imports");

        public Uri Evidence(InitiativeId initiative) => new("https://pilot.test/evidence");

        public Uri Report(WorkspaceId workspace, InitiativeId initiative) => new("https://pilot.test/reports");
    }
}

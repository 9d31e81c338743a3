using System.Collections.Concurrent;
using Bot.Chat;
using Bot.Initiatives;
using Bot.Links;
using Bot.Loops;
using Bot.Store;
using Bot.Web.Evidence;
using Bot.Web.Links;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bot.Web.Tests.Links;

/// <summary>The pages behind links on a real server and a real SQLite file, with a clock that stands still.</summary>
internal sealed class LinkHost : IAsyncDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"afterpilot-test-{Guid.NewGuid():N}.db");
    private readonly WebApplication _app;

    private LinkHost(EvidenceOptions evidence)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(Log);
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 1024 * 1024);
        builder.Services.AddSqliteStore($"Data Source={_file};Pooling=False").AddBot().AddSingleton<TimeProvider>(Clock).AddLinks(new Uri("https://pilot.example.org/afterpilot")).AddEvidence(evidence);
        _app = builder.Build();
        _app.MapLinks();
        _app.MapEvidence();
    }

    public StoppedClock Clock { get; } = new(DateTimeOffset.Parse("2026-11-23T08:00:00Z"));

    public HttpClient Http { get; } = new();

    /// <summary>Everything that was logged.</summary>
    public RecordingLog Log { get; } = new();

    /// <summary>Owned by Ana.</summary>
    public Loop Loop { get; private set; } = null!;

    public ILinks Links => _app.Services.GetRequiredService<ILinks>();

    public static async Task<LinkHost> StartAsync(EvidenceOptions? evidence = null)
    {
        var host = new LinkHost(evidence ?? new EvidenceOptions());
        await host.UseAsync(db => db.Database.MigrateAsync());
        host.Loop = await host.AddWorkspaceAsync("acme");
        await host._app.StartAsync();
        host.Http.BaseAddress = new Uri(host._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return host;
    }

    /// <summary>A workspace with Ana, who owns a loop, Ben, who does not, and Root, an admin.</summary>
    public async Task<Loop> AddWorkspaceAsync(string name)
    {
        var workspace = new Workspace { Id = Id.New<WorkspaceId>(Clock), Platform = new PlatformName("test"), ExternalId = name, AddedAt = Clock.Now };
        var people = new[] { "ana", "ben", "root" }.Select(who => new Person
        {
            Id = Id.New<PersonId>(Clock), WorkspaceId = workspace.Id, ExternalId = $"{name}-{who}", Name = who, IsAdmin = who == "root",
        }).ToList();
        var channel = new Channel { Id = Id.New<ChannelId>(Clock), WorkspaceId = workspace.Id, ExternalId = "team", Kind = ConversationKind.Channel };
        var initiative = new Initiative { Id = Id.New<InitiativeId>(Clock), WorkspaceId = workspace.Id, Name = "<Churn & predictor>", OwnerId = people[0].Id, CreatedAt = Clock.Now };
        var loop = new Loop
        {
            Id = Id.New<LoopId>(Clock), WorkspaceId = workspace.Id, InitiativeId = initiative.Id, ChannelId = channel.Id, Slot = WeeklySlot.Default, StartedAt = Clock.Now,
        };
        await UseAsync(async db =>
        {
            db.AddRange([workspace, .. people, channel, initiative, loop]);
            await db.SaveChangesAsync();
        });
        return loop;
    }

    public async Task<PersonId> PersonAsync(string who, string workspace = "acme")
    {
        PersonId found = default;
        await UseAsync(async db => found = (await db.People.SingleAsync(p => p.ExternalId == $"{workspace}-{who}")).Id);
        return found;
    }

    /// <summary>A link as this server sees it: behind its public address there may be a proxy.</summary>
    public static string Local(Uri link) => link.AbsoluteUri.Replace("https://pilot.example.org/afterpilot", "", StringComparison.Ordinal);

    public async Task UseAsync(Func<BotDb, Task> use)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        await use(scope.ServiceProvider.GetRequiredService<BotDb>());
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        foreach (var suffix in new[] { "", "-wal", "-shm" })
        {
            File.Delete(_file + suffix);
        }
    }
}

/// <summary>A clock that stands still until it is moved.</summary>
internal sealed class StoppedClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}

/// <summary>A log that remembers every line, with what it was made of.</summary>
internal sealed class RecordingLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    public string All => string.Join('\n', _lines);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue($"{formatter(state, exception)} {exception}");

    public void Dispose()
    {
    }
}

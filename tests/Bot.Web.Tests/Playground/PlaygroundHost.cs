using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Bot.Chat;
using Bot.Delivery;
using Bot.Loops;
using Bot.Web.Playground;
using Bot.Web.Playground.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bot.Web.Tests.Playground;

/// <summary>A folder for as long as a test runs.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("playground-").FullName;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(Path, recursive: true);
    }
}

/// <summary>A host with a playground on a real port and a real file, and in place of the product a door that records what it hears.</summary>
internal sealed class PlaygroundHost : IAsyncDisposable
{
    private readonly TempFolder _folder;
    private readonly bool _ownsFolder;
    private readonly WebApplication _app;

    private PlaygroundHost(TempFolder? folder, DateTimeOffset? systemNow)
    {
        _ownsFolder = folder is null;
        _folder = folder ?? new TempFolder();
        FindsNext = now => Plan.Where(step => step.At > now).MinBy(step => step.At);
        SystemClock = new StoppedClock { Now = systemNow ?? StoppedClock.Start };

        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddPlayground(new PlaygroundOptions { ConnectionString = ConnectionString, SystemClock = SystemClock });
        builder.Services.AddSingleton<HandleInbound>(HandleAsync);
        builder.Services.AddSingleton<FindUpcoming>(provider => _ => Task.FromResult(FindsNext(provider.GetRequiredService<TimeProvider>().GetUtcNow())));
        builder.Services.AddSingleton<IAlarm>(provider => new RecordingAlarm(this, provider.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton(new Catalogue([new CommandWord("status", "[initiative]", "says how it stands", typeof(object))], []));
        builder.Services.AddSingleton(new SamplePortfolio(_ => Sample("loaded"), _ => Sample("removed")));
        _app = builder.Build();
        _app.MapPlayground();
    }

    public StoppedClock SystemClock { get; }

    public HttpClient Browser { get; private set; } = new();

    /// <summary>What reached the product, without what the start of the host tells it.</summary>
    public ConcurrentQueue<InboundEvent> Heard { get; } = new();

    /// <summary>What the product answers.</summary>
    public Func<InboundEvent, Reply> Answers { get; set; } = _ => new Reply.Silence();

    public List<Upcoming> Plan { get; } = [];

    /// <summary>What comes next after an instant; by default the plan, in which everything due is done at once.</summary>
    public Func<DateTimeOffset, Upcoming?> FindsNext { get; set; }

    /// <summary>At which instants somebody looked at what is due.</summary>
    public List<DateTimeOffset> Looked { get; } = [];

    public List<string> Samples { get; } = [];

    public PlaygroundPlatform Platform => _app.Services.GetRequiredService<PlaygroundPlatform>();

    public TimeProvider Clock => _app.Services.GetRequiredService<TimeProvider>();

    private string ConnectionString => new SqliteConnectionStringBuilder { DataSource = Path.Combine(_folder.Path, "bot.db") }.ConnectionString;

    public static async Task<PlaygroundHost> StartAsync(TempFolder? folder = null, DateTimeOffset? systemNow = null)
    {
        var host = new PlaygroundHost(folder, systemNow);
        await host._app.StartAsync();
        host.Browser.BaseAddress = new Uri(host._app.Urls.Single());
        host.Browser.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        return host;
    }

    public PlaygroundDb Store() => _app.Services.GetRequiredService<IDbContextFactory<PlaygroundDb>>().CreateDbContext();

    public Task StopAsync() => _app.StopAsync();

    /// <summary>Ends with the next change that open pages are told of.</summary>
    public Task Next() => _app.Services.GetRequiredService<Pulse>().Next;

    public Task<string> PageAsync(string person, string conversation, string more = "") =>
        Browser.GetStringAsync($"/playground?as={person}&in={conversation}{more}");

    /// <summary>Posts as a browser does from the page of <paramref name="person"/>, and follows to the page that comes next.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, string person, string conversation, params (string Name, string Value)[] fields)
    {
        var all = new[] { ("pg.as", person), ("pg.in", conversation) }.Concat(fields).Select(f => KeyValuePair.Create(f.Item1, f.Item2));
        return Browser.PostAsync("/playground" + path, new FormUrlEncodedContent(all));
    }

    public HttpClient Stranger(string? site = null, string? origin = null)
    {
        var stranger = new HttpClient { BaseAddress = Browser.BaseAddress };
        AddIfAny(stranger.DefaultRequestHeaders, "Sec-Fetch-Site", site);
        AddIfAny(stranger.DefaultRequestHeaders, "Origin", origin);
        return stranger;
    }

    public static Card TextCard(string text) => new("note", new JsonObject
    {
        ["type"] = "AdaptiveCard",
        ["version"] = "1.5",
        ["body"] = new JsonArray(new JsonObject { ["type"] = "TextBlock", ["text"] = text, ["wrap"] = true }),
        ["actions"] = new JsonArray(new JsonObject
        {
            ["type"] = "Action.Execute", ["title"] = "Answer", ["verb"] = "answer", ["data"] = new JsonObject { ["_ap"] = "round|7" },
        }),
    }, text);

    public static Destination To(string channel) => new Destination.ToConversation(new Conversation(channel, ConversationKind.Channel), null);

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        await _app.DisposeAsync();
        if (_ownsFolder)
        {
            _folder.Dispose();
        }
    }

    private static void AddIfAny(HttpRequestHeaders headers, string name, string? value)
    {
        if (value is not null)
        {
            headers.Add(name, value);
        }
    }

    private Task<Reply> HandleAsync(InboundEvent inbound, CancellationToken ct)
    {
        Heard.Enqueue(inbound);
        return Task.FromResult(Answers(inbound));
    }

    private Task Sample(string what)
    {
        Samples.Add(what);
        return Task.CompletedTask;
    }

    private sealed class RecordingAlarm(PlaygroundHost host, TimeProvider clock) : IAlarm
    {
        public Task LookAtWhatIsDueAsync(CancellationToken ct) => Task.CompletedTask;

        public Task DeliverAsync(CancellationToken ct) => Task.CompletedTask;

        public Task SettleAsync(CancellationToken ct)
        {
            host.Looked.Add(clock.GetUtcNow());
            return Task.CompletedTask;
        }
    }
}

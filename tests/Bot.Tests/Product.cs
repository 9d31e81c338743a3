using Bot.Chat;
using Bot.CheckIns;
using Bot.Delivery;
using Bot.Initiatives;
using Bot.Links;
using Bot.Loops;
using Bot.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests;

/// <summary>The whole product on a real store, with a clock that stands still and a chat that records.</summary>
internal sealed class Product : IAsyncDisposable
{
    public const string Team = "channel-churn";
    private readonly TestStore _store;
    private readonly ServiceProvider _services;
    private int _delivery;

    private Product(TestStore store, ServiceProvider services, TestClock clock, RecordingChat chat) =>
        (_store, _services, Clock, Chat) = (store, services, clock, chat);

    public TestClock Clock { get; }

    public RecordingChat Chat { get; }

    public StoreAddress Store => _store.Address;

    public WorkspaceRef Workspace { get; } = new(RecordingChat.TheName, "acme", "Acme");

    public static async Task<Product> StartAsync(string now = "2026-11-23T08:00:00Z", TestStore? on = null)
    {
        var store = on ?? await TestStore.MigratedAsync();
        var clock = new TestClock(DateTimeOffset.Parse(now));
        var chat = new RecordingChat();
        var services = new ServiceCollection()
            .AddLogging()
            .AddStore(store.Address)
            .AddBot()
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton<IChatPlatform>(chat)
            .AddSingleton<IAlarm, SilentAlarm>()
            .AddSingleton<ILinks, PlainLinks>()
            .BuildServiceProvider(validateScopes: true);
        var product = new Product(store, services, clock, chat);
        await product.HearAsync(new MembersChanged(product.Next(), product.Workspace, product.Place(Team),
            [Who("ana", "Europe/Berlin", isAdmin: false), Who("ben", "Europe/Berlin"), Who("chloe", "America/New_York"), Who("dev", "Asia/Kolkata"), Who("root", null, isAdmin: true)], []));
        return product;
    }

    public static ChatPerson Who(string id, string? zone = null, bool? isAdmin = null) => new(id, char.ToUpperInvariant(id[0]) + id[1..], zone, isAdmin);

    public DeliveryId Next() => new($"delivery-{++_delivery}");

    public Conversation Place(string channel) => new(channel, ConversationKind.Channel, channel["channel-".Length..]);

    public Task<Reply> HearAsync(InboundEvent inbound) => _services.GetRequiredService<HandleInbound>()(inbound, CancellationToken.None);

    public Task<Reply> TypeAsync(string who, string text, string? channel = Team) =>
        HearAsync(new CommandTyped(Next(), Workspace, new ChatPerson(who), channel is null ? Personal(who) : Place(channel), text));

    public Task<Reply> PressAsync(string who, string action, string key, string? channel = null) =>
        HearAsync(new CardAction(Next(), Workspace, new ChatPerson(who), channel is null ? Personal(who) : Place(channel), new ActionRef(action, key), null));

    public Task<Reply> SendAsync(string who, ActionRef form, Dictionary<string, string> values, DeliveryId? delivery = null, string? channel = null) =>
        HearAsync(new FormSubmitted(delivery ?? Next(), Workspace, new ChatPerson(who), channel is null ? Personal(who) : Place(channel), form, new FormValues(values), null));

    /// <summary>Presses, and gets the form it opens.</summary>
    public async Task<Form> OpenAsync(string who, string action, string key, string? channel = null) =>
        Assert.IsType<Reply.OpenForm>(await PressAsync(who, action, key, channel)).Form;

    public Conversation Personal(string who) => new("dm-" + who, ConversationKind.Personal);

    /// <summary>Starts the usual loop: Thursdays 10:00 in Berlin, Ana owns it, the given people take part.</summary>
    public async Task<LoopId> StartLoopAsync(string name = "Churn predictor", string channel = Team, string[]? people = null, Dictionary<string, string>? but = null)
    {
        var form = Assert.IsType<Reply.OpenForm>(await TypeAsync("ana", "loop new", channel)).Form;
        var ids = await UseAsync(db => db.People.ToDictionaryAsync(p => p.ExternalId, p => p.Id.ToString()));
        var values = new Dictionary<string, string>
        {
            ["name"] = name,
            ["owner"] = ids["ana"],
            ["people"] = string.Join(',', (people ?? ["ana", "ben", "chloe", "dev"]).Select(p => ids[p])),
            ["day"] = "Thursday",
            ["time"] = "10:00",
            ["zone"] = "Europe/Berlin",
            ["minutes"] = "30",
            ["open"] = "24",
            ["remind"] = "3",
        };
        foreach (var (field, value) in but ?? [])
        {
            values[field] = value;
        }

        Assert.IsType<Reply.Silence>(await SendAsync("ana", form.Ref, values, channel: channel));
        await DeliverAsync();
        return Id.Parse<LoopId>(form.Ref.Key.Split(':')[1])!.Value;
    }

    /// <summary>Time passes, and everything is done when it is due.</summary>
    public async Task MoveToAsync(string instant)
    {
        var target = DateTimeOffset.Parse(instant);
        while (await _services.GetRequiredService<FindUpcoming>()(CancellationToken.None) is { } next && next.At <= target)
        {
            Clock.Now = next.At > Clock.Now ? next.At : Clock.Now;
            await RunAsync();
        }

        Clock.Now = target;
        await RunAsync();
    }

    /// <summary>Time passes while the service is down.</summary>
    public async Task SleepUntilAsync(string instant)
    {
        Clock.Now = DateTimeOffset.Parse(instant);
        await RunAsync();
    }

    public async Task RunAsync()
    {
        await _services.GetRequiredService<DoWhatIsDue>().RunAsync(CancellationToken.None);
        await DeliverAsync();
    }

    public async Task DeliverAsync()
    {
        var outbox = _services.GetRequiredService<DeliverOutbox>();
        foreach (var lane in await outbox.LanesAsync(CancellationToken.None))
        {
            await outbox.RunAsync(lane, CancellationToken.None);
        }
    }

    /// <summary>Answers the check-in of the round that is open for this person.</summary>
    public async Task<Reply> AnswerAsync(string who, RoundId round, string rating, Dictionary<string, string>? more = null) =>
        await SendAsync(who, new ActionRef(CheckInForm.Name, round.ToString()), new(more ?? []) { ["rating"] = rating });

    public async Task<Round> RoundAsync(LoopId loop, string reviewDate) =>
        await UseAsync(db => db.Rounds.AsNoTracking().SingleAsync(r => r.LoopId == loop && r.ReviewDate == DateOnly.Parse(reviewDate)));

    /// <summary>The weeks of a loop that are over or left out, in numbers.</summary>
    public Task<IReadOnlyList<WeekInNumbers>> HistoryAsync(LoopId loop) =>
        AskAsync<ReadHistory, IReadOnlyList<WeekInNumbers>>(history => history.OfAsync(loop, DateOnly.MaxValue, CancellationToken.None));

    /// <summary>Asks one of the product's readers.</summary>
    public async Task<T> AskAsync<TReader, T>(Func<TReader, Task<T>> ask)
        where TReader : notnull
    {
        await using var scope = _services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<TReader>());
    }

    public async Task<T> UseAsync<T>(Func<BotDb, Task<T>> use)
    {
        await using var scope = _services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<BotDb>());
    }

    public Task UseAsync(Func<BotDb, Task> use) => UseAsync(async db =>
    {
        await use(db);
        return true;
    });

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _store.DisposeAsync();
    }

    private sealed class SilentAlarm : IAlarm
    {
        public Task LookAtWhatIsDueAsync(CancellationToken ct) => Task.CompletedTask;

        public Task DeliverAsync(CancellationToken ct) => Task.CompletedTask;

        public Task SettleAsync(CancellationToken ct) => Task.CompletedTask;
    }

    /// <summary>Addresses that say what they are for.</summary>
    private sealed class PlainLinks : ILinks
    {
        public Uri Export(LoopId loop, PersonId by, string file) => new($"https://pilot.test/exports/{loop}/{by}/{file}");

        public Uri Import(LoopId loop, PersonId by) => new($"https://pilot.test/imports/{loop}/{by}");

        public Uri Evidence(InitiativeId initiative) => new($"https://pilot.test/evidence/{initiative}");

        public Uri Report(WorkspaceId workspace, InitiativeId initiative) => new($"https://pilot.test/reports/{initiative}");
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Bot.Cards;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Delivery;
using Bot.Links;
using Bot.Loops;
using Bot.Initiatives;
using Bot.Slack.Api;
using Bot.Store;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Bot.Slack.Tests.Api;

// Five thousand people of one workspace are asked at once: the real lane, the real store and the real adapter against a workspace that takes twenty messages
// a second and not one more. Time is simulated: it moves when everybody waits.
public sealed class ThrongTests(ITestOutputHelper output)
{
    private const int People = 5_000;
    private const int PerSecond = 20;

    /// <summary>The lane's own numbers: batches of 200, four conversations at once (DeliverOutbox).</summary>
    private const int Batch = 200;
    private const int AtOnce = 4;

    [Fact]
    public async Task Five_thousand_direct_messages_take_at_most_a_twentieth_longer_than_the_ideal_and_are_refused_in_the_first_second_only()
    {
        var clock = ManualClock.Start();
        var slack = new StrictWorkspace(clock);
        var file = Path.Combine(Path.GetTempPath(), $"afterpilot-throng-{Guid.NewGuid():N}.db");
        await using (var services = Services(file, clock, slack))
        {
            var workspace = await FillAsync(services);
            var counted = services.GetRequiredService<Counted>();
            var began = clock.GetUtcNow();

            var lane = Task.Run(() => services.GetRequiredService<DeliverOutbox>().RunAsync(workspace, CancellationToken.None));
            while (!lane.IsCompleted)
            {
                // Nobody works: each conversation on its way waits for its turn, for Slack, or there are no more of this batch.
                var everybodyWaits = clock.UntilAsync(() => lane.IsCompleted || clock.TimersWithin(TimeSpan.FromSeconds(5)) >= Math.Min(AtOnce, Batch - (counted.Ended % Batch)));
                await Task.WhenAny(lane, everybodyWaits);
                if (!lane.IsCompleted)
                {
                    await everybodyWaits;
                    clock.AdvanceToNext();
                }
            }

            await lane;
            var took = clock.GetUtcNow() - began;
            output.WriteLine($"{People} messages in {took.TotalSeconds:0.0} s; {slack.Refused.Count} refused, the last after {slack.Refused.DefaultIfEmpty(began).Max() - began}.");
            var ideal = TimeSpan.FromSeconds((double)People / PerSecond);
            Assert.InRange(took, TimeSpan.Zero, ideal * 1.05);
            Assert.All(slack.Refused, at => Assert.InRange(at - began, TimeSpan.Zero, TimeSpan.FromSeconds(1)));
            Assert.Equal(People, slack.Taken.Distinct().Count());
            Assert.Equal(People, slack.Taken.Count);
            await using var scope = services.CreateAsyncScope();
            Assert.Equal(People, await scope.ServiceProvider.GetRequiredService<BotDb>().Outbox.CountAsync(o => o.State == OutboxState.Delivered));
        }

        await using (var pooled = new SqliteConnection($"Data Source={file};Default Timeout=30"))
        {
            SqliteConnection.ClearPool(pooled);
        }

        foreach (var suffix in new[] { "", "-wal", "-shm" })
        {
            File.Delete(file + suffix);
        }
    }

    private static ServiceProvider Services(string file, ManualClock clock, StrictWorkspace slack)
    {
        var connection = $"Data Source={file};Default Timeout=30";
        var services = new ServiceCollection().AddLogging().AddSqliteStore(connection).AddBot();
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddSingleton<TimeProvider>(clock).AddSingleton<IAlarm, SilentAlarm>().AddSingleton<ILinks, NoLinks>();
        services.AddSlack(new SlackOptions { SigningSecret = "s", BotToken = "xoxb-1" }, connection);
        services.AddHttpClient(SlackApi.Client).ConfigurePrimaryHttpMessageHandler(() => slack);
        services.AddSingleton(provider => new Counted(provider.GetRequiredService<SlackPlatform>(), clock));
        services.AddSingleton<IChatPlatform>(provider => provider.GetRequiredService<Counted>());
        // The last registration of the platform counts; the one it wraps is left out.
        services.Remove(services.First(service => service.ServiceType == typeof(IChatPlatform)));
        return services.BuildServiceProvider(validateScopes: true);
    }

    private static async Task<WorkspaceId> FillAsync(ServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var (db, book) = (scope.ServiceProvider.GetRequiredService<BotDb>(), scope.ServiceProvider.GetRequiredService<AddressBook>());
        await db.Database.MigrateAsync();
        var workspace = await book.WorkspaceAsync(new WorkspaceRef(SlackPlatform.PlatformName, "T1", "pilots"), CancellationToken.None);
        var people = await book.PeopleAsync(workspace, [.. Enumerable.Range(0, People).Select(n => new ChatPerson($"U{n:00000}", $"p{n}"))], CancellationToken.None);
        var card = scope.ServiceProvider.GetRequiredService<CardBook>().Fill(new Notice("Your check-in is open."));
        foreach (var person in people)
        {
            scope.ServiceProvider.GetRequiredService<Outbox>().Post(workspace.Id, $"ask:{person.ExternalId}", person.Id, card);
        }

        await db.SaveChangesAsync();
        return workspace.Id;
    }

    /// <summary>Counts what came to its end, so that the test knows when nobody works.</summary>
    private sealed class Counted(SlackPlatform slack, ManualClock clock) : IChatPlatform
    {
        private int _ended;

        public int Ended => Volatile.Read(ref _ended);

        public PlatformName Name => slack.Name;

        public async Task<PostOutcome> PostAsync(WorkspaceRef workspace, Destination to, Card card, string key, CancellationToken ct)
        {
            var outcome = await slack.PostAsync(workspace, to, card, key, ct);
            Interlocked.Increment(ref _ended);
            clock.Look();
            return outcome;
        }

        public Task<PostOutcome> UpdateAsync(WorkspaceRef workspace, MessageRef message, Card card, CancellationToken ct) => slack.UpdateAsync(workspace, message, card, ct);

        public Task<IReadOnlyList<ChatPerson>> MembersAsync(WorkspaceRef workspace, Chat.Conversation conversation, CancellationToken ct) => slack.MembersAsync(workspace, conversation, ct);

        public Task<ChatPerson?> PersonAsync(WorkspaceRef workspace, string personId, CancellationToken ct) => slack.PersonAsync(workspace, personId, ct);
    }

    /// <summary>Answers after a while, takes so many messages within any second and refuses the next with 429 and Retry-After.</summary>
    private sealed class StrictWorkspace(ManualClock clock) : HttpMessageHandler
    {
        private static readonly TimeSpan Way = TimeSpan.FromMilliseconds(60);
        private readonly Queue<DateTimeOffset> _lastSecond = new();
        private readonly Lock _gate = new();

        public ConcurrentQueue<string> Taken { get; } = new();

        public ConcurrentQueue<DateTimeOffset> Refused { get; } = new();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.AbsolutePath != "/api/chat.postMessage")
            {
                return Json("""{"ok":true,"team_id":"T1","team":"pilots","user_id":"UBOT"}""");
            }

            var body = System.Text.Json.Nodes.JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!;
            await Task.Delay(Way, clock, cancellationToken);
            var answer = Take((string)body["channel"]!);
            await Task.Delay(Way, clock, cancellationToken);
            return answer;
        }

        private HttpResponseMessage Take(string channel)
        {
            lock (_gate)
            {
                var now = clock.GetUtcNow();
                while (_lastSecond.TryPeek(out var oldest) && now - oldest >= TimeSpan.FromSeconds(1))
                {
                    _lastSecond.Dequeue();
                }

                if (_lastSecond.Count >= PerSecond)
                {
                    Refused.Enqueue(now);
                    return new HttpResponseMessage(HttpStatusCode.TooManyRequests) { Headers = { RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(1)) } };
                }

                _lastSecond.Enqueue(now);
                Taken.Enqueue(channel);
                return Json($$"""{"ok":true,"channel":"D{{channel}}","ts":"{{Taken.Count}}.000100"}""");
            }
        }

        private static HttpResponseMessage Json(string json) => new(HttpStatusCode.OK) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
    }

    private sealed class SilentAlarm : IAlarm
    {
        public Task LookAtWhatIsDueAsync(CancellationToken ct) => Task.CompletedTask;

        public Task DeliverAsync(CancellationToken ct) => Task.CompletedTask;

        public Task SettleAsync(CancellationToken ct) => Task.CompletedTask;
    }

    private sealed class NoLinks : ILinks
    {
        public Uri Export(LoopId loop, PersonId by, string file) => throw new NotSupportedException();

        public Uri Import(LoopId loop, PersonId by) => throw new NotSupportedException();

        public Uri Evidence(InitiativeId initiative) => throw new NotSupportedException();

        public Uri Report(WorkspaceId workspace, InitiativeId initiative) => throw new NotSupportedException();
    }
}

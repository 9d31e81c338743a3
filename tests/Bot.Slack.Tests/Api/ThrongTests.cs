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
// a second and not one more; and of two hundred, each message is changed, of which it takes fifty a minute. Time is simulated: it moves when everybody waits.
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
        var slack = new StrictWorkspace(PerSecond, clock);
        var file = Path.Combine(Path.GetTempPath(), $"afterpilot-throng-{Guid.NewGuid():N}.db");
        await using (var services = Services(file, clock, slack))
        {
            var workspace = await FillAsync(services, People);
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
                    try
                    {
                        await everybodyWaits;
                    }
                    catch (TimeoutException stuck)
                    {
                        throw new InvalidOperationException(
                            $"Nobody moved at {clock.GetUtcNow() - began}: {counted.Ended} ended, {slack.Taken.Count} taken, {slack.Refused.Count} refused, {clock.TimersWithin(TimeSpan.FromSeconds(5))} wait.", stuck);
                    }
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

        await DeleteAsync(file);
    }

    [Fact]
    public async Task Two_hundred_updates_take_the_minutes_that_fifty_a_minute_allow_and_those_that_wait_are_not_written()
    {
        const int Many = 200;
        var clock = ManualClock.Start();
        var slack = new StrictWorkspace(PerSecond, clock);
        var file = Path.Combine(Path.GetTempPath(), $"afterpilot-throng-{Guid.NewGuid():N}.db");
        await using (var services = Services(file, clock, slack))
        {
            var workspace = await FillAsync(services, Many);
            await ChangeAllAsync(services, workspace);
            var began = clock.GetUtcNow();

            // Every five seconds, as a host looks.
            for (var waits = true; waits; waits = await WaitingAsync(services) > 0)
            {
                foreach (var due in await services.GetRequiredService<DeliverOutbox>().LanesAsync(CancellationToken.None))
                {
                    await RunAsync(services, due, clock, () => slack.Changed >= Many - AtOnce);
                }

                clock.Advance(TimeSpan.FromSeconds(5));
            }

            var took = clock.GetUtcNow() - began;
            var counted = services.GetRequiredService<Counted>();
            output.WriteLine($"{Many} updates in {took.TotalSeconds:0.0} s; asked for {counted.Ended} times.");
            Assert.InRange(took, TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(3.5));
            Assert.InRange(counted.Ended, Many + 1, Many * 2);
            Assert.Equal(Many, slack.Changed);
            await using var scope = services.CreateAsyncScope();
            Assert.Equal(0, await scope.ServiceProvider.GetRequiredService<BotDb>().Outbox.SumAsync(o => o.Attempts));
        }

        await DeleteAsync(file);
    }

    /// <summary>One run of a lane, in which time goes on when some wait for their turn and another was told that it is too far away; to the end, when few are left.</summary>
    private static async Task RunAsync(ServiceProvider services, WorkspaceId workspace, ManualClock clock, Func<bool> fewAreLeft)
    {
        var counted = services.GetRequiredService<Counted>();
        var before = counted.Told;
        var lane = Task.Run(() => services.GetRequiredService<DeliverOutbox>().RunAsync(workspace, CancellationToken.None));
        while (!lane.IsCompleted)
        {
            await Task.WhenAny(lane, clock.UntilAsync(() => lane.IsCompleted || (clock.TimersWithin(Rates.LongestStay) > 0 && (counted.Told > before || fewAreLeft()))));
            if (!lane.IsCompleted)
            {
                clock.AdvanceToNext();
            }
        }

        await lane;
    }

    private static ServiceProvider Services(string file, ManualClock clock, StrictWorkspace slack)
    {
        var connection = $"Data Source={file};Default Timeout=30";
        var services = new ServiceCollection().AddLogging().AddSqliteStore(connection).AddBot();
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddSingleton<TimeProvider>(clock).AddSingleton<IAlarm, SilentAlarm>().AddSingleton<ILinks, NoLinks>();
        services.AddSlack(new SlackOptions { SigningSecret = "s", BotToken = "xoxb-1" }, new StoreAddress(Database.Sqlite, connection));
        services.AddHttpClient(SlackApi.Client).ConfigurePrimaryHttpMessageHandler(() => slack);
        services.AddSingleton(provider => new Counted(provider.GetRequiredService<SlackPlatform>(), clock));
        services.AddSingleton<IChatPlatform>(provider => provider.GetRequiredService<Counted>());
        // The last registration of the platform counts; the one it wraps is left out.
        services.Remove(services.First(service => service.ServiceType == typeof(IChatPlatform)));
        return services.BuildServiceProvider(validateScopes: true);
    }

    private static async Task<WorkspaceId> FillAsync(ServiceProvider services, int many)
    {
        await using var scope = services.CreateAsyncScope();
        var (db, book) = (scope.ServiceProvider.GetRequiredService<BotDb>(), scope.ServiceProvider.GetRequiredService<AddressBook>());
        await db.Database.MigrateAsync();
        var workspace = await book.WorkspaceAsync(new WorkspaceRef(SlackPlatform.PlatformName, "T1", "pilots"), CancellationToken.None);
        var people = await book.PeopleAsync(workspace, [.. Enumerable.Range(0, many).Select(n => new ChatPerson($"U{n:00000}", $"p{n}"))], CancellationToken.None);
        var card = scope.ServiceProvider.GetRequiredService<CardBook>().Fill(new Notice("Your check-in is open."));
        foreach (var person in people)
        {
            scope.ServiceProvider.GetRequiredService<Outbox>().Post(workspace.Id, $"ask:{person.ExternalId}", person.Id, card);
        }

        await db.SaveChangesAsync();
        return workspace.Id;
    }

    /// <summary>All are out, and each is changed.</summary>
    private static async Task ChangeAllAsync(ServiceProvider services, WorkspaceId workspace)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BotDb>();
        var changed = scope.ServiceProvider.GetRequiredService<CardBook>().Fill(new Notice("You have answered."));
        foreach (var post in await db.Outbox.ToListAsync())
        {
            post.State = OutboxState.Delivered;
            db.Add(new PostedCard { WorkspaceId = workspace, Key = post.Key, ConversationId = $"D{post.Key}", MessageId = "1.000100", At = post.CreatedAt });
            await scope.ServiceProvider.GetRequiredService<Outbox>().ChangeAsync(workspace, post.Key, changed, CancellationToken.None);
        }

        await db.SaveChangesAsync();
    }

    private static async Task<int> WaitingAsync(ServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<BotDb>().Outbox.CountAsync(o => o.State == OutboxState.Waiting);
    }

    private static async Task DeleteAsync(string file)
    {
        await using (var pooled = new SqliteConnection($"Data Source={file};Default Timeout=30"))
        {
            SqliteConnection.ClearPool(pooled);
        }

        foreach (var suffix in new[] { "", "-wal", "-shm" })
        {
            File.Delete(file + suffix);
        }
    }

    /// <summary>Counts what came to its end, so that the test knows when nobody works.</summary>
    private sealed class Counted(SlackPlatform slack, ManualClock clock) : IChatPlatform
    {
        private int _ended;
        private int _told;

        public int Ended => Volatile.Read(ref _ended);

        public int Told => Volatile.Read(ref _told);

        public PlatformName Name => slack.Name;

        public Task<PostOutcome> PostAsync(WorkspaceRef workspace, Destination to, Card card, string key, CancellationToken ct) =>
            CountAsync(slack.PostAsync(workspace, to, card, key, ct));

        public Task<PostOutcome> UpdateAsync(WorkspaceRef workspace, MessageRef message, Card card, CancellationToken ct) =>
            CountAsync(slack.UpdateAsync(workspace, message, card, ct));

        public Task<IReadOnlyList<ChatPerson>> MembersAsync(WorkspaceRef workspace, Chat.Conversation conversation, CancellationToken ct) => slack.MembersAsync(workspace, conversation, ct);

        public Task<ChatPerson?> PersonAsync(WorkspaceRef workspace, string personId, CancellationToken ct) => slack.PersonAsync(workspace, personId, ct);

        private async Task<PostOutcome> CountAsync(Task<PostOutcome> saying)
        {
            var outcome = await saying;
            Interlocked.Increment(ref _ended);
            Interlocked.Add(ref _told, outcome is PostOutcome.Later { ForAll: true } ? 1 : 0);
            clock.Look();
            return outcome;
        }
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

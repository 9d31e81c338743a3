using System.Diagnostics;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Initiatives;
using Bot.Loops;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Benchmarks;

/// <summary>One large loop, 500 people answering for 104 weeks: the digest of its last week through the router, charts and themes included.</summary>
internal static class DigestLatency
{
    private const int People = 500;
    private const int Weeks = 104;
    private const int Calls = 60;
    private const int Warming = 40;

    private static readonly string[] What = ["score", "call list", "export", "login", "dashboard", "summary", "answer", "translation", "ticket", "invoice", "forecast", "customer name", "address", "plan", "region"];
    private static readonly string[] Fault = ["has no reason", "comes too late", "is missing for small firms", "was empty on Monday", "keeps changing", "contradicts the CRM", "cannot be copied", "takes minutes", "is in the wrong language", "asks for a password twice"];
    private static readonly string[] End = ["", ", so I did it by hand", " and I cannot tell the customer why", " since the last export", " again", ", my colleagues see it too", " when I open it on the phone"];

    public static async Task MeasureAsync()
    {
        await using var store = new BenchStore();
        await SeedAsync(store);
        var handle = store.Get<HandleInbound>();
        Console.WriteLine($"| one loop of {People} people x {Weeks} weeks = {People * Weeks:N0} answers, half of them with a text, SQLite | median | p95 | max | processor, median | aim (median) |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- |");
        await RowAsync("/pilot digest: figures, both charts, themes of up to 18 weeks, the card", "digest");
        await RowAsync("/pilot trend: all series from all answers", "trend");
        Console.WriteLine();

        async Task RowAsync(string what, string words)
        {
            var (wall, processor) = (new List<double>(), new List<double>());
            for (var i = -Warming; i < Calls; i++)
            {
                var typed = new CommandTyped(new DeliveryId(Guid.NewGuid().ToString()), store.Workspace, new ChatPerson("p0"), new Conversation("big", ConversationKind.Channel, "big"), words);
                using var process = Process.GetCurrentProcess();
                var (since, used) = (Stopwatch.GetTimestamp(), process.TotalProcessorTime);
                var reply = await handle(typed, CancellationToken.None);
                var took = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
                process.Refresh();
                if (reply is not Reply.Whisper { Card.Name: var name } || name != words)
                {
                    throw new InvalidOperationException($"{what}: {reply}");
                }

                if (i >= 0)
                {
                    wall.Add(took);
                    processor.Add((process.TotalProcessorTime - used).TotalMilliseconds);
                }
            }

            wall.Sort();
            processor.Sort();
            Console.WriteLine($"| {what} | {wall[Calls / 2]:0.0} ms | {wall[Calls * 95 / 100]:0.0} ms | {wall[^1]:0.0} ms | {processor[Calls / 2]:0.0} ms | 100 ms |");
        }
    }

    private static async Task SeedAsync(BenchStore store)
    {
        var random = new Random(1);
        var (loop, people) = await store.AskAsync(async db =>
        {
            await db.Database.MigrateAsync();
            var workspace = new Workspace { Id = Id.New<WorkspaceId>(store.Clock), Platform = store.Workspace.Platform, ExternalId = store.Workspace.Id, AddedAt = BenchStore.Start };
            var channel = new Channel { Id = Id.New<ChannelId>(store.Clock), WorkspaceId = workspace.Id, ExternalId = "big", Kind = ConversationKind.Channel, Name = "big", MembersReadAt = BenchStore.Start };
            var people = Enumerable.Range(0, People).Select(i => new Person { Id = Id.New<PersonId>(store.Clock), WorkspaceId = workspace.Id, ExternalId = $"p{i}", Name = $"Person {i}" }).ToList();
            var initiative = new Initiative
            {
                Id = Id.New<InitiativeId>(store.Clock), WorkspaceId = workspace.Id, Name = "Big one", OwnerId = people[0].Id, CreatedAt = BenchStore.Start, Metric = new BehaviourMetric("Calls changed", "calls", 20, 60),
            };
            var loop = new Loop { Id = Id.New<LoopId>(store.Clock), WorkspaceId = workspace.Id, InitiativeId = initiative.Id, ChannelId = channel.Id, StartedAt = BenchStore.Start, Slot = WeeklySlot.Default };
            db.AddRange(workspace, channel, initiative, loop);
            db.AddRange(people);
            db.AddRange(people.Select(p => new Participant { LoopId = loop.Id, PersonId = p.Id, Role = p == people[0] ? Role.Owner : Role.User, Since = BenchStore.Start }));
            await db.SaveChangesAsync();
            return (loop, people);
        });
        for (var ago = Weeks; ago > 0; ago--)
        {
            await store.AskAsync(db => WeekAsync(db, store, loop, people, new DateOnly(2026, 11, 26).AddDays(-7 * ago), random));
        }
    }

    private static async Task<int> WeekAsync(BotDb db, BenchStore store, Loop loop, List<Person> people, DateOnly date, Random random)
    {
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        var review = loop.Slot.StartOn(date);
        var round = new Round
        {
            Id = Id.New<RoundId>(store.Clock), WorkspaceId = loop.WorkspaceId, LoopId = loop.Id, ReviewDate = date, State = RoundState.Closed, Sealed = true,
            OpensAt = review.AddDays(-1), RemindsAt = review.AddHours(-3), ReviewAt = review, ClosesAt = review.AddMinutes(30), StartedAt = review, ClosedAt = review.AddMinutes(30),
        };
        db.Rounds.Add(round);
        db.AddRange(people.Select((p, i) => new Answer
        {
            Id = Id.New<AnswerId>(store.Clock), RoundId = round.Id, PersonId = p.Id, Rating = random.Next(1, 6), Struggles = (Struggles)(1 << random.Next(8)),
            Comment = "It took two tries, then it was right.", StruggleText = random.Next(2) == 0 ? null : $"The {Any(What)} {Any(Fault)}{Any(End)}.",
            Drift = DriftSeen.No, MetricValue = i == 0 ? random.Next(30, 50) : null, At = review, Counted = true,
        }));
        db.AddRange(people.Select(p => new Invitation { RoundId = round.Id, PersonId = p.Id, Role = Role.User, AnsweredAt = review }));
        return await db.SaveChangesAsync();

        string Any(string[] of) => of[random.Next(of.Length)];
    }
}

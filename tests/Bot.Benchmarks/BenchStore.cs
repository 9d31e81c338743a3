using Bot.Chat;
using Bot.CheckIns;
using Bot.Delivery;
using Bot.Initiatives;
using Bot.Links;
using Bot.Loops;
using Bot.Store;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Benchmarks;

/// <summary>The product on a real SQLite file with many loops, and a clock that stands where it is put.</summary>
internal sealed class BenchStore : IAsyncDisposable
{
    public const int Loops = 1000;
    public const int PeoplePerLoop = 10;

    /// <summary>A Monday; the reviews are on Thursday at 10:00 in Berlin.</summary>
    public static readonly DateTimeOffset Start = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    private readonly string _file;
    private readonly ServiceProvider _services;

    public BenchStore(string? copyOf = null)
    {
        _file = Path.Combine(Path.GetTempPath(), $"afterpilot-bench-{Guid.NewGuid():N}.db");
        if (copyOf is not null)
        {
            File.Copy(copyOf, _file);
        }

        _services = new ServiceCollection().AddLogging().AddSqliteStore($"Data Source={_file}").AddBot()
            .AddSingleton<TimeProvider>(Clock).AddSingleton<IAlarm, SilentAlarm>().AddSingleton<ILinks, NoLinks>().BuildServiceProvider();
    }

    public StandingClock Clock { get; } = new() { Now = Start };

    public WorkspaceRef Workspace { get; } = new(new PlatformName("bench"), "bench", "Bench");

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async Task<T> AskAsync<T>(Func<BotDb, Task<T>> ask)
    {
        await using var scope = _services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<BotDb>());
    }

    /// <summary>Every loop in a channel of its own, with people of its own, and its coming round planned.</summary>
    /// <param name="weeks">Closed weeks before it, each answered by everybody.</param>
    public async Task SeedAsync(int weeks)
    {
        await AskAsync(async db =>
        {
            await db.Database.MigrateAsync();
            db.Workspaces.Add(new Workspace { Id = Id.New<WorkspaceId>(Clock), Platform = Workspace.Platform, ExternalId = Workspace.Id, AddedAt = Start });
            return await db.SaveChangesAsync();
        });
        foreach (var part in Enumerable.Range(0, Loops).Chunk(50))
        {
            await AskAsync(async db =>
            {
                db.ChangeTracker.AutoDetectChangesEnabled = false;
                var workspace = await db.Workspaces.AsNoTracking().SingleAsync();
                foreach (var number in part)
                {
                    await LoopAsync(db, workspace.Id, number, weeks);
                }

                return await db.SaveChangesAsync();
            });
        }
    }

    /// <summary>The file, with everything in it, to start others from.</summary>
    public string Closed()
    {
        SqliteConnection.ClearAllPools();
        return _file;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        foreach (var suffix in new[] { "", "-wal", "-shm" })
        {
            File.Delete(_file + suffix);
        }
    }

    private async Task LoopAsync(BotDb db, WorkspaceId workspace, int number, int weeks)
    {
        var channel = new Channel { Id = Id.New<ChannelId>(Clock), WorkspaceId = workspace, ExternalId = $"c{number}", Kind = ConversationKind.Channel, Name = $"c{number}", MembersReadAt = Start };
        var people = Enumerable.Range(0, PeoplePerLoop).Select(i => new Person
        {
            Id = Id.New<PersonId>(Clock), WorkspaceId = workspace, ExternalId = $"p{number}-{i}", Name = $"Person {number} {i}", TimeZone = "Europe/Berlin",
        }).ToList();
        var initiative = new Initiative { Id = Id.New<InitiativeId>(Clock), WorkspaceId = workspace, Name = $"Initiative {number:0000}", OwnerId = people[0].Id, CreatedAt = Start };
        var loop = new Loop { Id = Id.New<LoopId>(Clock), WorkspaceId = workspace, InitiativeId = initiative.Id, ChannelId = channel.Id, StartedAt = Start, Slot = WeeklySlot.Default };
        db.AddRange(channel, initiative, loop);
        db.AddRange(people);
        db.AddRange(people.Select(p => new ChannelMember { ChannelId = channel.Id, PersonId = p.Id }));
        db.AddRange(people.Select(p => new Participant { LoopId = loop.Id, PersonId = p.Id, Role = p == people[0] ? Role.Owner : Role.User, Since = Start }));
        for (var ago = weeks; ago > 0; ago--)
        {
            Week(db, loop, people, new DateOnly(2026, 11, 26).AddDays(-7 * ago));
        }

        await new PlanRounds(db, Clock).FirstAsync(loop, CancellationToken.None);
    }

    private void Week(BotDb db, Loop loop, List<Person> people, DateOnly date)
    {
        var review = loop.Slot.StartOn(date);
        var round = new Round
        {
            Id = Id.New<RoundId>(Clock), WorkspaceId = loop.WorkspaceId, LoopId = loop.Id, ReviewDate = date, State = RoundState.Closed, Sealed = true,
            OpensAt = review.AddDays(-1), RemindsAt = review.AddHours(-3), ReviewAt = review, ClosesAt = review.AddMinutes(30), StartedAt = review, ClosedAt = review.AddMinutes(30),
        };
        db.Rounds.Add(round);
        db.AddRange(people.Select((p, i) => new Answer
        {
            Id = Id.New<AnswerId>(Clock), RoundId = round.Id, PersonId = p.Id, Rating = 1 + ((i + date.DayNumber) % 5), Struggles = (Struggles)(1 << (i % 8)),
            Comment = "It took two tries, then it was right.", StruggleText = "I cannot tell the customer why.", Drift = DriftSeen.No, At = review, Counted = true,
        }));
        db.AddRange(people.Select(p => new Invitation { RoundId = round.Id, PersonId = p.Id, Role = Role.User, AnsweredAt = review }));
    }
}

internal sealed class StandingClock : TimeProvider
{
    public DateTimeOffset Now { get; set; }

    public override DateTimeOffset GetUtcNow() => Now;
}

/// <summary>Addresses that lead nowhere.</summary>
internal sealed class NoLinks : ILinks
{
    private static readonly Uri Nowhere = new("https://pilot.test/");

    public Uri Export(LoopId loop, PersonId by, string file) => Nowhere;

    public Uri Import(LoopId loop, PersonId by) => Nowhere;

    public Uri Evidence(InitiativeId initiative) => Nowhere;

    public Uri Report(WorkspaceId workspace, InitiativeId initiative) => Nowhere;
}

/// <summary>Rings nothing: what is due is done when it is asked for.</summary>
internal sealed class SilentAlarm : IAlarm
{
    public Task LookAtWhatIsDueAsync(CancellationToken ct) => Task.CompletedTask;

    public Task DeliverAsync(CancellationToken ct) => Task.CompletedTask;

    public Task SettleAsync(CancellationToken ct) => Task.CompletedTask;
}

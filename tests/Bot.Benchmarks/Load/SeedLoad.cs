using System.Text.Json;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Initiatives;
using Bot.Loops;
using Bot.Reviews;
using Bot.Store;
using Bot.Warnings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Benchmarks.Load;

/// <summary>
/// A store to ask for status under load: in Slack a workspace of 200 people, 50 initiatives in a channel each; in Teams 250 tenants of 12 people and one
/// initiative, for no tenant takes more than 50 answers a second; 16 closed weeks behind each initiative and one that is being answered. Beside it
/// the same in names, for those who ask.
/// </summary>
internal static class SeedLoad
{
    private const string Team = "T0000LOAD";
    private const int People = 200;
    private const int Loops = 50;
    private const int PeoplePerLoop = 12;
    private const int Weeks = 16;
    private const int Tenants = 250;
    private const string Zone = "Europe/Berlin";
    private static readonly TimeSpan UntilReview = TimeSpan.FromHours(20);

    public static Task WriteSlackAsync(string file) => WriteAsync(file, "slack", [Team], People, Loops, (_, number) => $"U{number:0000}");

    public static Task WriteTeamsAsync(string file) => WriteAsync(
        file, "teams", [.. Enumerable.Range(1, Tenants).Select(tenant => Guid(tenant, 0))], PeoplePerLoop, 1, (tenant, number) => Guid(tenant + 1, number + 1));

    private static string Guid(int tenant, int number) => $"00000000-0000-4000-8000-{tenant:000000}{number:000000}";

    /// <param name="file">The store's.</param>
    /// <param name="platform">Its name.</param>
    /// <param name="teams">The platform's ids of the workspaces.</param>
    /// <param name="peopleEach">How many a workspace has.</param>
    /// <param name="loopsEach">How many a workspace has.</param>
    /// <param name="personId">The platform's id of a person, by the numbers of workspace and person.</param>
    private static async Task WriteAsync(string file, string platform, IReadOnlyList<string> teams, int peopleEach, int loopsEach, Func<int, int, string> personId)
    {
        await using var services = new ServiceCollection().AddLogging().AddSqliteStore($"Data Source={file};Pooling=False").BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BotDb>();
        await db.Database.MigrateAsync();
        db.ChangeTracker.AutoDetectChangesEnabled = false;

        var now = TimeProvider.System.GetUtcNow();
        var review = WeeklySlot.In(now + UntilReview, Zone);
        var loops = new List<object>();
        foreach (var (tenant, team) in teams.Index())
        {
            var workspace = new Workspace { Id = Id.New<WorkspaceId>(TimeProvider.System), Platform = new PlatformName(platform), ExternalId = team, Name = "load", AddedAt = now };
            var people = Enumerable.Range(0, peopleEach).Select(i => new Person
            {
                Id = Id.New<PersonId>(TimeProvider.System), WorkspaceId = workspace.Id, ExternalId = personId(tenant, i), Name = $"Person {i}", TimeZone = Zone,
            }).ToList();
            db.Add(workspace);
            db.AddRange(people);
            await db.SaveChangesAsync();
            for (var i = 0; i < loopsEach; i++)
            {
                var members = Enumerable.Range(0, PeoplePerLoop).Select(p => people[(i * (peopleEach / loopsEach) + p) % peopleEach]).ToList();
                loops.Add(Loop(new Seeded(db, workspace, now, DateOnly.FromDateTime(review.DateTime), new WeeklySlot(review.DayOfWeek, TimeOnly.FromDateTime(review.DateTime), Zone)), tenant + i, members));
                await db.SaveChangesAsync();
                db.ChangeTracker.Clear();
            }
        }

        await File.WriteAllTextAsync(file + ".json", JsonSerializer.Serialize(new { team = teams[0], loops }));
    }

    private static object Loop(Seeded seeded, int number, List<Person> members)
    {
        var (db, workspace, now, today, slot) = seeded;
        var channel = new Channel { Id = Id.New<ChannelId>(TimeProvider.System), WorkspaceId = workspace.Id, ExternalId = $"C{number:0000}", Kind = ConversationKind.Channel, Name = $"pilot-{number}", MembersReadAt = now };
        var initiative = new Initiative
        {
            Id = Id.New<InitiativeId>(TimeProvider.System), WorkspaceId = workspace.Id, Name = $"Initiative {number:00}", OwnerId = members[0].Id, CreatedAt = now.AddDays(-7 * Weeks),
            Metric = new BehaviourMetric("Calls changed", "calls", 20, 60),
        };
        var loop = new Loop { Id = Id.New<LoopId>(TimeProvider.System), WorkspaceId = workspace.Id, InitiativeId = initiative.Id, ChannelId = channel.Id, StartedAt = initiative.CreatedAt, Slot = slot };
        db.AddRange(channel, initiative, loop);
        db.AddRange(members.Select(p => new ChannelMember { ChannelId = channel.Id, PersonId = p.Id }));
        db.AddRange(members.Select(p => new Participant { LoopId = loop.Id, PersonId = p.Id, Role = p == members[0] ? Role.Owner : Role.User, Since = initiative.CreatedAt }));
        for (var ago = Weeks; ago > 0; ago--)
        {
            var past = Week(db, loop, today.AddDays(-7 * ago), RoundState.Closed);
            db.AddRange(members.Select((p, i) => new Invitation { RoundId = past.Id, PersonId = p.Id, Role = i == 0 ? Role.Owner : Role.User, AnsweredAt = past.ReviewAt }));
            db.AddRange(members.Select((p, i) => new Answer
            {
                Id = Id.New<AnswerId>(TimeProvider.System), RoundId = past.Id, PersonId = p.Id, Rating = 1 + ((i + number + ago) % 5), Struggles = (Struggles)(1 << ((i + ago) % 8)),
                Comment = "It took two tries, then it was right.", StruggleText = "I cannot tell the customer why.", Drift = DriftSeen.No,
                MetricValue = i == 0 ? 30 + (number + ago) % 12 : null, At = past.ReviewAt, Counted = true,
            }));
        }

        var open = Week(db, loop, today, RoundState.Collecting);
        db.AddRange(members.Select((p, i) => new Invitation { RoundId = open.Id, PersonId = p.Id, Role = i == 0 ? Role.Owner : Role.User }));
        db.AddRange(new[] { Step.Remind, Step.Review, Step.Close }.Select(step => new RoundStep { RoundId = open.Id, Step = step, DueAt = open.ReviewAt }));
        db.AddRange(
            new ActionItem { Id = Id.New<ActionItemId>(TimeProvider.System), WorkspaceId = workspace.Id, LoopId = loop.Id, Text = "Ask the vendor for the reason codes", OwnerId = members[1].Id, DueOn = today.AddDays(-3), CreatedAt = now },
            new ActionItem { Id = Id.New<ActionItemId>(TimeProvider.System), WorkspaceId = workspace.Id, LoopId = loop.Id, Text = "Show it to the night shift", OwnerId = members[2].Id, DueOn = today.AddDays(9), CreatedAt = now },
            new Warning
            {
                Id = Id.New<WarningId>(TimeProvider.System), WorkspaceId = workspace.Id, InitiativeId = initiative.Id, LoopId = loop.Id, Rule = "behaviour-flat", Level = 2, Finding = "Nothing has changed for eight weeks.",
                Evidence = "[]", OpenedAt = now, ChangedAt = now,
            });
        return new { team = workspace.ExternalId, channel = channel.ExternalId, name = initiative.Name, round = open.Id.ToString(), people = members.ConvertAll(p => p.ExternalId) };
    }

    private static Round Week(BotDb db, Loop loop, DateOnly date, RoundState state)
    {
        var review = loop.Slot.StartOn(date);
        var isOver = state == RoundState.Closed;
        var round = new Round
        {
            Id = Id.New<RoundId>(TimeProvider.System), WorkspaceId = loop.WorkspaceId, LoopId = loop.Id, ReviewDate = date, State = state, Sealed = isOver,
            OpensAt = review.AddDays(-1), RemindsAt = review.AddHours(-3), ReviewAt = review, ClosesAt = review.AddMinutes(30),
            StartedAt = isOver ? review : null, ClosedAt = isOver ? review.AddMinutes(30) : null,
        };
        db.Rounds.Add(round);
        return round;
    }

    private sealed record Seeded(BotDb Db, Workspace Workspace, DateTimeOffset Now, DateOnly Today, WeeklySlot Slot);
}

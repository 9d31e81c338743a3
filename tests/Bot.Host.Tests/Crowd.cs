using Bot.Chat;
using Bot.CheckIns;
using Bot.Initiatives;
using Bot.Loops;
using Bot.Web.Playground;
using Bot.Web.Playground.Store;

namespace Bot.Host.Tests;

/// <summary>Many people in a few loops whose check-in is due the moment the host starts.</summary>
internal static class Crowd
{
    public const string Channel = "crowd";

    public static string Name(int number) => $"p{number:000}";

    public static async Task SeedAsync(StoreFile store, int people, int loops)
    {
        await store.MigrateAsync();
        var now = TimeProvider.System.GetUtcNow();
        await using (var playground = store.Playground())
        {
            playground.Channels.Add(new PlaygroundChannel { Id = Channel, Name = Channel, AddedAt = now });
            playground.People.AddRange(Enumerable.Range(0, people).Select(i => new PlaygroundPerson
            {
                Id = Name(i), Name = Name(i), TimeZone = "Europe/Berlin", IsAdmin = false, AddedAt = now.AddMilliseconds(i),
            }));
            await playground.SaveChangesAsync();
        }

        await using var db = store.Product();
        var workspace = new Workspace
        {
            Id = Id.New<WorkspaceId>(TimeProvider.System), Platform = PlaygroundPlatform.PlatformName, ExternalId = PlaygroundPlatform.Workspace.Id, AddedAt = now,
        };
        var channel = new Channel
        {
            Id = Id.New<ChannelId>(TimeProvider.System), WorkspaceId = workspace.Id, ExternalId = Channel, Kind = ConversationKind.Channel, Name = Channel, MembersReadAt = now,
        };
        db.Add(workspace);
        db.Add(channel);
        var everybody = Enumerable.Range(0, people).Select(i => new Person
        {
            Id = Id.New<PersonId>(TimeProvider.System), WorkspaceId = workspace.Id, ExternalId = Name(i), Name = Name(i), TimeZone = "Europe/Berlin",
        }).ToList();
        db.AddRange(everybody);
        db.AddRange(everybody.Select(p => new ChannelMember { ChannelId = channel.Id, PersonId = p.Id }));
        foreach (var (part, number) in everybody.Chunk(people / loops).Select((part, number) => (part, number)))
        {
            await LoopAsync(db, workspace, channel, $"Initiative {number}", part, now);
        }

        await db.SaveChangesAsync();
    }

    /// <summary>A loop whose review is in a day, so that its check-in has just become due.</summary>
    public static async Task<Loop> LoopAsync(Bot.Store.BotDb db, Workspace workspace, Channel channel, string name, IReadOnlyList<Person> people, DateTimeOffset now)
    {
        var initiative = new Initiative
        {
            Id = Id.New<InitiativeId>(TimeProvider.System), WorkspaceId = workspace.Id, Name = name, OwnerId = people[0].Id, CreatedAt = now,
        };
        var review = now.AddHours(24);
        var loop = new Loop
        {
            Id = Id.New<LoopId>(TimeProvider.System), WorkspaceId = workspace.Id, InitiativeId = initiative.Id, ChannelId = channel.Id, StartedAt = now,
            Slot = new WeeklySlot(review.DayOfWeek, new TimeOnly(review.Hour, review.Minute), "Etc/UTC", 30),
        };
        db.Add(initiative);
        db.Add(loop);
        db.AddRange(people.Select(p => new Participant { LoopId = loop.Id, PersonId = p.Id, Role = p == people[0] ? Role.Owner : Role.User, Since = now }));
        await new PlanRounds(db, TimeProvider.System).FirstAsync(loop, CancellationToken.None);
        return loop;
    }
}

using Bot.Chat;
using Bot.CheckIns;
using Bot.Delivery;
using Bot.Initiatives;
using Bot.Links;
using Bot.Loops;
using Bot.Slack;
using Bot.Slack.Api;
using Bot.Slack.Install;
using Bot.Store;
using Bot.Web.Links;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Benchmarks.Load;

/// <summary>Workspaces with the app installed, loops with their people, and a first round each, whose opening is held back until <see cref="OpenAsync"/>.</summary>
internal sealed class LoadSeed(LoadPlan plan, StoreAddress store, SlackOptions slack, TimeProvider clock)
{
    public const string Zone = "Europe/Berlin";
    private static readonly TimeSpan UntilReview = TimeSpan.FromHours(20);
    private readonly List<Round> _rounds = [];

    /// <summary>Who is to be asked, by the platform's id of them.</summary>
    public Dictionary<string, Asked> People { get; } = [];

    public async Task WriteAsync()
    {
        var teams = Enumerable.Range(0, plan.Workspaces).Select(number => $"T{number:00000}").ToList();
        await InstallAsync(teams);
        await using var db = Open();
        var rows = new Rows([], [], [], [], [], [], [], []);
        foreach (var team in teams)
        {
            Fill(rows, team);
        }

        await BulkRows.WriteAsync(db, rows.Workspaces);
        await BulkRows.WriteAsync(db, rows.People);
        await BulkRows.WriteAsync(db, rows.Channels);
        await BulkRows.WriteAsync(db, rows.Members);
        await BulkRows.WriteAsync(db, rows.Initiatives);
        await BulkRows.WriteAsync(db, rows.Loops);
        await BulkRows.WriteAsync(db, rows.Participants);
        await BulkRows.WriteAsync(db, rows.Steps);
        await BulkRows.WriteAsync(db, _rounds);
        await db.Database.ExecuteSqlAsync($"ANALYZE");
    }

    /// <summary>All rounds are due to open now.</summary>
    public async Task<DateTimeOffset> OpenAsync()
    {
        await using var db = Open();
        var now = clock.GetUtcNow();
        await BulkRows.WriteAsync(db, _rounds.Select(round => new RoundStep { RoundId = round.Id, Step = Step.Open, DueAt = now }));
        return now;
    }

    public BotDb Open()
    {
        var options = new DbContextOptionsBuilder<BotDb>();
        options.UseStore(store);
        return new BotDb(options.Options);
    }

    /// <summary>Through the product, so that the tokens are sealed as its own.</summary>
    private async Task InstallAsync(List<string> teams)
    {
        await using var product = new ServiceCollection().AddLogging().AddSingleton(clock).AddSingleton<IAlarm, SilentAlarm>()
            .AddStore(store).AddBot().AddLinks(slack.PublicUrl).AddSlack(slack, store).BuildServiceProvider();
        var installations = product.GetRequiredService<Installations>();
        foreach (var team in teams)
        {
            await installations.KeepAsync(team, new SlackToken("xoxb-" + team), "UBOT", "ALOAD", "UROOT", Scope.Joined, CancellationToken.None);
        }
    }

    private void Fill(Rows rows, string team)
    {
        var now = clock.GetUtcNow();
        var review = WeeklySlot.In(now + UntilReview, Zone);
        var slot = new WeeklySlot(review.DayOfWeek, TimeOnly.FromDateTime(review.DateTime), Zone);
        var date = DateOnly.FromDateTime(review.DateTime);
        var workspace = new Workspace { Id = Id.New<WorkspaceId>(clock), Platform = SlackPlatform.PlatformName, ExternalId = team, Name = team, AddedAt = now };
        rows.Workspaces.Add(workspace);
        for (var number = 0; number < plan.LoopsEach; number++)
        {
            var people = Enumerable.Range(0, plan.PeoplePerLoop).Select(i => new Person
            {
                Id = Id.New<PersonId>(clock), WorkspaceId = workspace.Id, ExternalId = $"U{team[1..]}{number:000}{i:00}", Name = $"Person {team[1..]}{number:000}{i:00}", TimeZone = Zone,
            }).ToList();
            var channel = new Channel { Id = Id.New<ChannelId>(clock), WorkspaceId = workspace.Id, ExternalId = $"C{team[1..]}{number:000}", Kind = ConversationKind.Channel, Name = $"pilot-{number}", MembersReadAt = now };
            var initiative = new Initiative { Id = Id.New<InitiativeId>(clock), WorkspaceId = workspace.Id, Name = $"Initiative {number:000}", OwnerId = people[0].Id, CreatedAt = now };
            var loop = new Loop { Id = Id.New<LoopId>(clock), WorkspaceId = workspace.Id, InitiativeId = initiative.Id, ChannelId = channel.Id, StartedAt = now, Slot = slot };
            var starts = slot.StartOn(date);
            var round = new Round
            {
                Id = Id.New<RoundId>(clock), WorkspaceId = workspace.Id, LoopId = loop.Id, ReviewDate = date, OpensAt = now, RemindsAt = starts.AddHours(-3), ReviewAt = starts, ClosesAt = starts.AddMinutes(30),
            };
            rows.People.AddRange(people);
            rows.Channels.Add(channel);
            rows.Members.AddRange(people.Select(p => new ChannelMember { ChannelId = channel.Id, PersonId = p.Id }));
            rows.Initiatives.Add(initiative);
            rows.Loops.Add(loop);
            rows.Participants.AddRange(people.Select(p => new Participant { LoopId = loop.Id, PersonId = p.Id, Role = p == people[0] ? Role.Owner : Role.User, Since = now }));
            rows.Steps.AddRange(new[] { (Step.Remind, round.RemindsAt), (Step.Review, round.ReviewAt), (Step.Close, round.ClosesAt) }
                .Select(step => new RoundStep { RoundId = round.Id, Step = step.Item1, DueAt = step.Item2 }));
            _rounds.Add(round);
            people.ForEach(person => People[person.ExternalId] = new Asked(team, person.ExternalId, round.Id.ToString()));
        }
    }

    private sealed record Rows(
        List<Workspace> Workspaces, List<Person> People, List<Channel> Channels, List<ChannelMember> Members, List<Initiative> Initiatives, List<Loop> Loops, List<Participant> Participants, List<RoundStep> Steps);
}

/// <summary>Somebody who is asked, and what became of their answers.</summary>
internal sealed record Asked(string Team, string User, string Round)
{
    public bool IsAnswering { get; set; }

    /// <summary>The newest answer that the host said it took, by its number; 0 for none.</summary>
    public long Taken { get; set; }

    /// <summary>Answers of whose end nothing is known: they may be in the store, or not.</summary>
    public List<long> Unknown { get; } = [];
}

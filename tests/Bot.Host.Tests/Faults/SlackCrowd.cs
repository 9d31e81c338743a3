using System.Net;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Delivery;
using Bot.Slack;
using Bot.Slack.Install;
using Bot.Store;
using FakeSlack;
using FakeSlack.OAuth;
using Microsoft.EntityFrameworkCore;
using Channel = FakeSlack.World.Channel;
using SlackWorkspace = FakeSlack.World.Workspace;

namespace Bot.Host.Tests.Faults;

/// <summary>Many people of a Slack workspace, or two, in a few loops, and a store that outlives the hosts that are started on it. The first check-in of each loop is due at once.</summary>
internal sealed class SlackCrowd : IAsyncDisposable
{
    /// <summary>For everything that needs a host to be noticed dead, a retry or two, and a busy machine.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly StoreAddress _store;
    private readonly List<Channel> _channels = [];

    private SlackCrowd(StoreAddress store, SlackServer slack)
    {
        (_store, Slack) = (store, slack);
        slack.App.Scopes = [.. Scope.All.Select(scope => scope.Name)];
        Settings = new()
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["Store__Provider"] = store.Database == Database.Postgres ? "postgres" : "sqlite",
            ["Store__ConnectionString"] = store.ConnectionString,
            ["Slack__ApiUrl"] = slack.ApiUrl.AbsoluteUri,
            ["Slack__SigningSecret"] = slack.App.SigningSecret,
        };
    }

    public SlackServer Slack { get; }

    /// <summary>The same for each host.</summary>
    public Dictionary<string, string> Settings { get; }

    /// <param name="person">Counted in their workspace.</param>
    /// <param name="workspace">Counted from 0.</param>
    public static string IdOf(int person, int workspace = 0) => $"U{workspace}{person:0000}";

    /// <param name="store">With nothing in it, not even tables.</param>
    /// <param name="people">Divided among the loops in their order.</param>
    /// <param name="loops">Each with a channel of its own.</param>
    public static async Task<SlackCrowd> StartAsync(StoreAddress store, int people, int loops)
    {
        var slack = await SlackServer.StartAsync();
        var crowd = new SlackCrowd(store, slack);
        crowd.Settings["Slack__BotToken"] = slack.Install(by: IdOf(0)).Token;
        await using var db = crowd.Open();
        await db.Database.MigrateStoreAsync(CancellationToken.None);
        await crowd.SeedAsync(db, slack.Workspace, 0, people, loops);
        await crowd.InviteAsync(0);
        return crowd;
    }

    /// <summary>Two workspaces of so many people and loops each; nothing is due for an hour, and <see cref="InstallAsync"/> brings the app.</summary>
    public static async Task<SlackCrowd> StartTwoAsync(StoreAddress store, int people, int loops)
    {
        var slack = await SlackServer.StartAsync();
        slack.App.RedirectUrls.Add(new Uri("http://localhost:5080/slack/oauth"));
        var crowd = new SlackCrowd(store, slack);
        (crowd.Settings["Slack__ClientId"], crowd.Settings["Slack__ClientSecret"]) = (slack.App.ClientId, slack.App.ClientSecret);
        await using (var db = crowd.Open())
        {
            await db.Database.MigrateStoreAsync(CancellationToken.None);
            await crowd.SeedAsync(db, slack.Workspace, 0, people, loops);
            await crowd.SeedAsync(db, slack.AddWorkspace("T000000002", "others"), 1, people, loops);
        }

        await crowd.PassAsync(round => round.OpensAt, still: TimeSpan.FromHours(1));
        return crowd;
    }

    /// <summary>An admin of each workspace in front of a browser, and the app into each channel.</summary>
    public async Task InstallAsync(HostProcess host)
    {
        foreach (var (number, workspace) in new[] { Slack.Workspace, _channels[^1].Workspace }.Index())
        {
            Slack.Consent = new Consent(IdOf(0, number), workspace);
            using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() });
            using var begun = await browser.PostAsync(new Uri(host.Address, "/slack/install"), null);
            using var agreed = await browser.GetAsync(begun.Headers.Location);
            using var back = await browser.GetAsync(new Uri(host.Address, agreed.Headers.Location!.PathAndQuery));
            Assert.Contains("Afterpilot is installed", await back.Content.ReadAsStringAsync());
            await InviteAsync(number);
        }
    }

    /// <summary>A host that is ready.</summary>
    public async Task<HostProcess> HostAsync(Dictionary<string, string>? more = null)
    {
        var host = await HostProcess.StartAsync(null, new(Settings.Concat(more ?? [])));
        using var http = new HttpClient { BaseAddress = host.Address };
        await Eventually.HoldsAsync("the host is ready", async () => (await http.GetAsync("/health/ready")).IsSuccessStatusCode, Patience);
        Slack.App.PointToPathsOf(host.Address);
        return host;
    }

    public BotDb Open()
    {
        var options = new DbContextOptionsBuilder<BotDb>();
        options.UseStore(_store);
        return new BotDb(options.Options);
    }

    public async Task<T> AskAsync<T>(Func<BotDb, Task<T>> ask)
    {
        await using var db = Open();
        return await ask(db);
    }

    /// <summary>The open week of every loop comes nearer until this time of it is now: hosts have no clock that could be moved.</summary>
    /// <param name="until">One of its times.</param>
    /// <param name="still">How much is left until then.</param>
    public async Task PassAsync(Func<Round, DateTimeOffset> until, TimeSpan still = default)
    {
        await using var db = Open();
        var rounds = await db.Rounds.Where(r => r.State != RoundState.Closed && r.State != RoundState.Skipped).ToListAsync();
        var ids = rounds.ConvertAll(r => r.Id);
        var passed = rounds.Min(until) - TimeProvider.System.GetUtcNow() - still;
        foreach (var round in rounds)
        {
            (round.OpensAt, round.RemindsAt, round.ReviewAt, round.ClosesAt) = (round.OpensAt - passed, round.RemindsAt - passed, round.ReviewAt - passed, round.ClosesAt - passed);
        }

        await db.RoundSteps.Where(s => ids.Contains(s.RoundId)).ForEachAsync(step => step.DueAt -= passed);
        await db.SaveChangesAsync();
    }

    /// <summary>Until nothing is due and nothing waits.</summary>
    public Task SettledAsync(string what, TimeSpan? within = null) => Eventually.HoldsAsync(what, IsSettledAsync, within ?? Patience);

    public async Task<bool> IsSettledAsync()
    {
        await using var db = Open();
        var now = TimeProvider.System.GetUtcNow();
        return !await db.RoundSteps.AnyAsync(s => s.State == StepState.Due && s.DueAt <= now) && !await db.Outbox.AnyAsync(o => o.State == OutboxState.Waiting);
    }

    public async ValueTask DisposeAsync() => await Slack.DisposeAsync();

    private async Task InviteAsync(int workspace)
    {
        foreach (var channel in _channels.Where(channel => channel.Id[1] == IdOf(0, workspace)[1]))
        {
            await Slack.InviteAppAsync(channel, IdOf(0, workspace));
        }
    }

    private async Task SeedAsync(BotDb db, SlackWorkspace place, int number, int people, int loops)
    {
        var now = TimeProvider.System.GetUtcNow();
        var workspace = new Workspace { Id = Id.New<WorkspaceId>(TimeProvider.System), Platform = SlackPlatform.PlatformName, ExternalId = place.Id, AddedAt = now };
        db.Add(workspace);
        var everybody = Enumerable.Range(0, people).Select(person => new Person
        {
            Id = Id.New<PersonId>(TimeProvider.System), WorkspaceId = workspace.Id, ExternalId = IdOf(person, number), Name = $"person {person}", TimeZone = "Europe/Berlin",
        }).ToList();
        everybody.ForEach(person => place.AddMember(person.ExternalId, person.Name!, isAdmin: person == everybody[0]));
        db.AddRange(everybody);
        foreach (var (part, loop) in everybody.Chunk(people / loops).Select((part, loop) => (part, loop)))
        {
            var there = place.AddChannel($"C{number}{loop:0000}", $"channel-{loop}", part.Select(person => person.ExternalId));
            _channels.Add(there);
            var channel = new Bot.Chat.Channel
            {
                Id = Id.New<ChannelId>(TimeProvider.System), WorkspaceId = workspace.Id, ExternalId = there.Id, Kind = ConversationKind.Channel, Name = there.Name, MembersReadAt = now,
            };
            db.Add(channel);
            db.AddRange(part.Select(person => new ChannelMember { ChannelId = channel.Id, PersonId = person.Id }));
            await Crowd.LoopAsync(db, workspace, channel, $"Initiative {loop}", part, now);
        }

        await db.SaveChangesAsync();
    }
}

using Bot.CheckIns;
using Bot.Delivery;
using Bot.Slack.Install;
using Bot.Store;
using FakeSlack;
using FakeSlack.People;
using FakeTeams;
using FakeTeams.Issuer;
using FakeTeams.Talk;
using Microsoft.EntityFrameworkCore;
using SlackChannel = FakeSlack.World.Channel;

namespace Bot.Host.Tests.Ties;

/// <summary>
/// A strict Slack and a strict Teams, and one real host on both. In Slack's #churn are Dana (who administers), Lee and Priya; in Teams' channel Tara (who
/// administers), Uma, Vic, and Lee again, with the same address in other letters.
/// </summary>
internal sealed class TwoPlatforms : IAsyncDisposable
{
    public const string Churn = "Churn predictor";
    public const string Place = "#churn";
    private readonly StoreFile _store = new();
    private readonly HttpClient _bot = new();
    private readonly MovedClock _clock = new();

    private TwoPlatforms()
    {
    }

    public SlackServer Slack { get; private set; } = null!;

    public TeamsCloud Teams { get; private set; } = null!;

    public HostProcess Host { get; private set; } = null!;

    public SlackChannel SlackChannel { get; private set; } = null!;

    public TeamsConversation TeamsChannel { get; private set; } = null!;

    /// <summary>Everybody's address in both ends so.</summary>
    public const string Domain = "acme.example";

    public DateTimeOffset Now => _clock.GetUtcNow();

    public static async Task<TwoPlatforms> StartAsync()
    {
        var both = new TwoPlatforms();
        await both.StartSlackAsync();
        await both.StartTeamsAsync();
        var (slack, teams, trusted) = (both.Slack, both.Teams, both._store.Path + ".pem");
        await File.WriteAllTextAsync(trusted, teams.CertificatePem);
        both.Host = await HostProcess.StartReadyAsync(both._store.Path, new()
        {
            ["Slack__ApiUrl"] = slack.ApiUrl.AbsoluteUri,
            ["Slack__BotToken"] = slack.Install(by: "U0DANA").Token,
            ["Slack__SigningSecret"] = slack.App.SigningSecret,
            ["Teams__AppId"] = teams.App.AppId,
            ["Teams__TenantId"] = teams.App.TenantId,
            ["Teams__ClientSecret"] = teams.App.Secret,
            ["Teams__Admins"] = both.Colleague("Tara").AadObjectId,
            ["Teams__LoginUrl"] = teams.LoginAddress.AbsoluteUri,
            ["Teams__OpenIdMetadataUrl"] = new Uri(teams.Address, ConnectorIssuer.MetadataPath).AbsoluteUri,
            ["Teams__AllowedServiceHosts"] = "127.0.0.1",
            ["SSL_CERT_FILE"] = trusted,
            ["Logging__LogLevel__Default"] = "Debug",
        });
        slack.App.PointToPathsOf(both.Host.Address);
        both._bot.BaseAddress = both.Host.Address;
        return both;
    }

    public Person InSlack(string name) => Slack.As("U0" + name.ToUpperInvariant());

    public TeamsClient InTeams(string name) => new(Teams, Colleague(name), _bot, _clock);

    public TeamsUser Colleague(string name) => TeamsChannel.Members.Single(member => member.Name.StartsWith(name, StringComparison.Ordinal));

    public Task<T> AskAsync<T>(Func<BotDb, Task<T>> ask) => _store.AskAsync(ask);

    /// <summary>The rounds of one week, in the order in which the loops were started: Slack's, Teams'.</summary>
    /// <param name="week">0 is the first.</param>
    public Task<List<Round>> RoundsAsync(int week) => AskAsync(async db =>
    {
        var rounds = (await db.Rounds.AsNoTracking().ToListAsync()).GroupBy(r => r.LoopId).OrderBy(l => l.Key.Value);
        return rounds.Select(loop => loop.OrderBy(r => r.ReviewDate).ElementAt(week)).ToList();
    });

    /// <summary>The names of those who are asked in a round.</summary>
    public Task<List<string>> AskedAsync(RoundId round) => AskAsync(db => db.Invitations.Where(i => i.RoundId == round)
        .Join(db.People, i => i.PersonId, p => p.Id, (_, person) => person.Name).OrderBy(name => name).ToListAsync());

    /// <summary>Time passes on all sides, and what is due on the way is done. What was said before arrives before.</summary>
    public async Task MoveToAsync(DateTimeOffset instant)
    {
        var now = Now;
        await Eventually.HoldsAsync("all that was said is delivered", async () => !await AskAsync(db => db.Outbox.AnyAsync(o => o.State == OutboxState.Waiting && o.NotBefore <= now)));
        _clock.MoveTo(instant.AddSeconds(1));
        using var clockwork = new Visitor(Host.Address, "dana");
        using var moved = await clockwork.PostAsync("/clock", clockwork.Direct, ("to", instant.ToUnixTimeMilliseconds().ToString()));
        Assert.True(Visitor.IsTaken(moved));
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        _bot.Dispose();
        await Slack.DisposeAsync();
        await Teams.DisposeAsync();
        _store.Dispose();
    }

    private async Task StartSlackAsync()
    {
        Slack = await SlackServer.StartAsync(_clock);
        Slack.App.Scopes = [.. Scope.All.Select(scope => scope.Name)];
        foreach (var name in new[] { "dana", "lee", "priya" })
        {
            Slack.Workspace.AddMember("U0" + name.ToUpperInvariant(), name, isAdmin: name == "dana").Email = $"{name}@{Domain}";
        }

        SlackChannel = Slack.Workspace.AddChannel("C0CHURN", Place[1..], ["U0DANA", "U0LEE", "U0PRIYA"]);
    }

    private async Task StartTeamsAsync()
    {
        Teams = await TeamsCloud.StartAsync(TeamsApp.Example, _clock);
        Teams.ServiceUrl = $"{Teams.Address}emea/{Teams.App.TenantId}/";
        var (tara, uma, vic) = (Teams.Tenant.AddUser("Tara Lind"), Teams.Tenant.AddUser("Uma Rao"), Teams.Tenant.AddUser("Vic Moss"));
        var lee = Teams.Tenant.AddUser("Lee Okafor", email: $"LEE@{Domain.ToUpperInvariant()}");
        Teams.Tenant.AddChannel("Sales", "General", [tara, uma, vic, lee]).HasBot = true;
        TeamsChannel = Teams.Tenant.AddChannel("Sales", "Churn", [tara, uma, vic, lee]);
    }
}

using System.Net;
using Bot.CheckIns;
using Bot.Host.Tests.Guard;
using Bot.Slack.Install;
using FakeSlack;
using FakeSlack.OAuth;
using FakeSlack.People;
using FakeSlack.World;
using Microsoft.EntityFrameworkCore;
using SlackChannel = FakeSlack.World.Channel;

namespace Bot.Host.Tests.Slack;

/// <summary>Three people and a channel in a strict Slack, and the real host beside it, installed by a browser.</summary>
internal sealed class SlackTeam : IAsyncDisposable
{
    public const string Place = "#churn";
    private readonly MovedClock _clock;
    private readonly StoreFile _store;

    private SlackTeam(MovedClock clock, StoreFile store, SlackServer slack, HostProcess host, SlackChannel channel)
    {
        (_clock, _store, Slack, Host, Channel) = (clock, store, slack, host, channel);
        (Dana, Lee, Priya) = (slack.As("U0DANA"), slack.As("U0LEE"), slack.As("U0PRIYA"));
    }

    public SlackServer Slack { get; }

    public HostProcess Host { get; }

    public SlackChannel Channel { get; }

    /// <summary>Administers the workspace, installs the app, owns the initiative.</summary>
    public Person Dana { get; }

    public Person Lee { get; }

    /// <summary>In New York.</summary>
    public Person Priya { get; }

    public DateTimeOffset Now => _clock.GetUtcNow();

    /// <param name="more">Settings of the host.</param>
    public static async Task<SlackTeam> StartAsync(bool overSockets, Dictionary<string, string>? more = null)
    {
        var (clock, store) = (new MovedClock(), new StoreFile());
        var slack = await SlackServer.StartAsync(clock);
        slack.Workspace.AddMember("U0DANA", "dana", isAdmin: true);
        slack.Workspace.AddMember("U0LEE", "lee");
        slack.Workspace.AddMember("U0PRIYA", "priya", "America/New_York");
        var channel = slack.Workspace.AddChannel("C0CHURN", Place[1..], ["U0DANA", "U0LEE", "U0PRIYA"]);
        slack.App.Scopes = [.. Scope.All.Select(scope => scope.Name)];
        slack.App.RedirectUrls.Add(new Uri("http://localhost:5080/slack/oauth"));
        slack.App.IsSocketMode = overSockets;
        var host = await HostProcess.StartReadyAsync(store.Path, new((more ?? []).Concat(Talkative.Settings))
        {
            ["Slack__ApiUrl"] = slack.ApiUrl.AbsoluteUri,
            ["Slack__ClientId"] = slack.App.ClientId,
            ["Slack__ClientSecret"] = slack.App.ClientSecret,
            [overSockets ? "Slack__AppToken" : "Slack__SigningSecret"] = overSockets ? slack.App.AppToken : slack.App.SigningSecret,
        });
        slack.App.PointToPathsOf(host.Address);
        if (overSockets)
        {
            await slack.UntilAsync("a socket", () => slack.OpenSockets == 1);
        }

        return new SlackTeam(clock, store, slack, host, channel);
    }

    /// <summary>Dana's browser, from the install page by Slack's consent page back to us; returns what it shows in the end.</summary>
    public async Task<string> InstallAsync()
    {
        Slack.Consent = new Consent(Dana.Id, Slack.Workspace);
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() });
        using var begun = await browser.PostAsync(new Uri(Host.Address, "/slack/install"), null);
        using var agreed = await browser.GetAsync(begun.Headers.Location);
        // Slack sends it to the public address; the host of this test listens on a port of its own.
        using var back = await browser.GetAsync(new Uri(Host.Address, agreed.Headers.Location!.PathAndQuery));
        return await back.Content.ReadAsStringAsync();
    }

    public Installation Installed => Slack.InstalledIn(Channel);

    /// <summary>The round of this week.</summary>
    public Task<Round> RoundAsync() => AskAsync(db => db.Rounds.AsNoTracking().OrderBy(r => r.ReviewDate).FirstAsync());

    public Task<T> AskAsync<T>(Func<Bot.Store.BotDb, Task<T>> ask) => _store.AskAsync(ask);

    /// <summary>Fails where the host wrote down one of these, or anything that is text in its store.</summary>
    public Task SaidNothingOfAsync(params IEnumerable<string> secrets) => Host.Output.SaysNothingOfAsync(_store.Product, secrets);

    public async Task<string> StoredTokenAsync()
    {
        await using var db = _store.Product();
        return await db.Database.SqlQuery<string>($"SELECT \"Token\" AS \"Value\" FROM \"Slack_Installations\"").SingleAsync();
    }

    /// <summary>Time passes on both sides, and what is due on the way is done.</summary>
    public async Task MoveToAsync(DateTimeOffset instant)
    {
        _clock.MoveTo(instant.AddSeconds(1));
        using var clockwork = new Visitor(Host.Address, "dana");
        using var moved = await clockwork.PostAsync("/clock", clockwork.Direct, ("to", instant.ToUnixTimeMilliseconds().ToString()));
        Assert.True(Visitor.IsTaken(moved));
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Slack.DisposeAsync();
        _store.Dispose();
    }
}

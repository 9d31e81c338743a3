using System.Net;
using FakeSlack;
using FakeSlack.OAuth;
using FakeSlack.People;
using FakeSlack.World;

namespace Bot.Slack.Tests.Bolt;

// Slack's own framework installs itself by the fake's consent page, and then finds the installation by what the fake delivers:
// in a workspace; in an organisation, by payloads that name no team; refused at the consent page
public sealed class BoltInstallTests
{
    [NodeFact]
    public async Task A_workspace_installs_the_app_and_is_answered_by_its_token()
    {
        await using var slack = await StartAsync();
        await using var app = await BoltApp.StartAsync(slack, null);
        slack.Consent = new Consent("U1", slack.Workspace);

        var status = await InstallAsync(slack);
        var ada = slack.As("U1");
        await ada.ShortcutAsync("answer_checkin");
        var posted = await ada.SeesAsync(Person.App, "By the token");
        await ada.TypeAsync(Person.App, "/pilot status");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(2, ada.Messages(Person.App).Count);
        Assert.Equal(slack.InstalledIn(posted.Channel).BotId, posted.BotId);
        Assert.Empty(slack.Complaints);
        Assert.Empty(app.Errors);
    }

    [NodeFact]
    public async Task An_organisation_installs_the_app_and_its_token_is_found_without_a_team()
    {
        await using var slack = await StartAsync();
        var organisation = new Enterprise("E000000001", "acme");
        var granted = slack.AddWorkspace("T000000002", "granted", organisation);
        granted.AddMember("W1", "eve");
        await using var app = await BoltApp.StartAsync(slack, null);
        slack.Consent = new Consent("W1", granted, organisation);

        var status = await InstallAsync(slack);
        slack.Grant(Assert.Single(slack.Installations), granted);
        var eve = slack.As("W1", granted);
        await eve.ShortcutAsync("answer_checkin");
        await eve.SeesAsync(Person.App, "By the token");
        var told = await app.SaysAsync("shortcut");
        granted.AddChannel("C1", "pilots", ["W1", slack.Installations[0].BotUserId]);
        await eve.SayAsync("#pilots", "@afterpilot hello");
        await eve.SeesAsync("#pilots", "You said");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((true, organisation.Id), ((bool)told["shortcut"]!, (string?)told["enterprise"]));
        Assert.Empty(slack.Complaints);
        Assert.Empty(app.Errors);
    }

    [NodeFact]
    public async Task A_refusal_installs_nothing()
    {
        await using var slack = await StartAsync();
        await using var app = await BoltApp.StartAsync(slack, null);
        slack.Consent = new Consent("U1", slack.Workspace) { IsGiven = false };

        var status = await InstallAsync(slack);

        Assert.Equal(HttpStatusCode.InternalServerError, status);
        Assert.Empty(slack.Installations);
    }

    private static async Task<SlackServer> StartAsync()
    {
        var slack = await SlackServer.StartAsync(new StoppedClock(TimeProvider.System.GetUtcNow()));
        slack.AcknowledgedWithin = TimeSpan.FromSeconds(30);
        slack.App.Scopes = ["commands", "chat:write"];
        slack.Workspace.AddMember("U1", "ada");
        return slack;
    }

    /// <summary>As a browser: to the app, to Slack's consent page and back, with the app's cookie.</summary>
    private static async Task<HttpStatusCode> InstallAsync(SlackServer slack)
    {
        slack.App.RedirectUrls.Add(new Uri(slack.App.EventsUrl!, "/slack/oauth_redirect"));
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        using var begun = await http.GetAsync(new Uri(slack.App.EventsUrl!, "/slack/install"));
        using var consented = await http.GetAsync(begun.Headers.Location);
        using var back = new HttpRequestMessage(HttpMethod.Get, consented.Headers.Location);
        back.Headers.Add("Cookie", begun.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        using var finished = await http.SendAsync(back);
        return finished.StatusCode;
    }
}

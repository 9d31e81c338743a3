using System.Net;
using System.Text.RegularExpressions;
using Bot.Chat;
using Bot.Slack.Install;
using Bot.Slack.Install.Store;
using FakeSlack.OAuth;
using FakeSlack.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Slack.Tests.Install;

// Installing with a browser: what the page says; the state, good for ten minutes, once and in its own browser; a refusal, a wrong secret; a welcome to
// whoever installed; org-wide; anew; uninstalled in either order, and late news of an earlier uninstalling; tokens sealed; too often from one place.
public sealed class InstallTests : IAsyncLifetime
{
    private static readonly WorkspaceRef Pilots = new(SlackPlatform.PlatformName, "T000000001");
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(100);
    private Adapter _adapter = null!;

    public async Task InitializeAsync()
    {
        _adapter = await Adapter.StartAsync(options => options with { ClientId = "111111111111.222222222222", ClientSecret = "fake-client-secret", PublicUrl = new Uri("http://localhost:5080") });
        _adapter.Slack.App.RedirectUrls.Add(new Uri("http://localhost:5080/slack/oauth"));
        _adapter.Slack.Consent = new Consent("U00000ANA", _adapter.Slack.Workspace);
    }

    public async Task DisposeAsync() => await _adapter.DisposeAsync();

    [Fact]
    public async Task The_page_says_what_each_scope_is_for_and_runs_no_script()
    {
        using var page = await _adapter.Http.GetAsync("/slack/install");
        var text = await page.Content.ReadAsStringAsync();

        Assert.All(Scope.All, scope => Assert.Contains(WebUtility.HtmlEncode(scope.What), text));
        Assert.StartsWith("default-src 'none'", page.Headers.GetValues("Content-Security-Policy").Single());
        Assert.DoesNotContain("<script", text);
    }

    [Fact]
    public async Task An_installation_keeps_a_sealed_token_and_its_installer_is_welcomed()
    {
        var page = await new Browser(_adapter).InstallAsync();

        Assert.Contains("Afterpilot is installed", page);
        var added = _adapter.Product.Single<BotAdded>();
        Assert.Equal("U00000ANA", added.By!.Id);
        Assert.Null(added.In);
        Assert.IsType<PostOutcome.Posted>(await SayAsync());
        await using var db = await _adapter.Get<IDbContextFactory<SlackDb>>().CreateDbContextAsync();
        var row = await db.Installations.SingleAsync();
        Assert.DoesNotContain("xoxb", row.Token);
        Assert.NotEqual("", row.Token);
    }

    [Fact]
    public async Task Whoever_installs_it_may_leave_the_addresses_out_and_it_works_without()
    {
        _adapter.Slack.Consent = _adapter.Slack.Consent! with { LeavesOut = [Scope.Email] };
        _adapter.Slack.Workspace.Members.Single(member => member.Id == "U00000ANA").Email = "ana@acme.example";

        var page = await new Browser(_adapter).InstallAsync();

        Assert.Contains("Afterpilot is installed", page);
        await using var db = await _adapter.Get<IDbContextFactory<SlackDb>>().CreateDbContextAsync();
        Assert.Equal(Scope.All.Where(scope => !scope.IsOptional).Select(scope => scope.Name).Order(), (await db.Installations.SingleAsync()).Scopes.Split(',').Order());
        var ana = await _adapter.Get<SlackPlatform>().PersonAsync(Pilots, "U00000ANA", CancellationToken.None);
        Assert.Equal(("ana", null), (ana!.Name, ana.Email));
    }

    [Fact]
    public async Task A_state_works_once_in_its_own_browser_and_for_ten_minutes()
    {
        var browser = new Browser(_adapter);
        var back = await browser.ConsentAsync();
        var stranger = await new Browser(_adapter).OpenAsync(back);
        var forged = await browser.OpenAsync(Regex.Replace(back, "state=[^&]+", "state=forged", RegexOptions.None, TimeSpan.FromSeconds(1)));
        var missing = await browser.OpenAsync(Regex.Replace(back, "&?state=[^&]+", "", RegexOptions.None, TimeSpan.FromSeconds(1)));
        var own = await new Browser(_adapter).InstallAsync();
        var late = new Browser(_adapter);
        var lateBack = await late.ConsentAsync();
        _adapter.Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.All([stranger, forged, missing, await late.OpenAsync(lateBack)], page => Assert.Contains("Please begin here", page));
        Assert.Contains("is installed", own);
    }

    [Fact]
    public async Task The_way_back_gone_twice_installs_once()
    {
        var browser = new Browser(_adapter);
        var back = await browser.ConsentAsync();

        await browser.OpenAsync(back);
        var again = await browser.OpenAsync(back);

        Assert.Contains("Please begin here", again);
        Assert.Single(_adapter.Slack.Calls, call => call.Method == "oauth.v2.access");
    }

    [Fact]
    public async Task A_no_and_a_wrong_secret_install_nothing_and_say_what_to_do()
    {
        _adapter.Slack.Consent = _adapter.Slack.Consent! with { IsGiven = false };
        var no = await new Browser(_adapter).InstallAsync();
        _adapter.Slack.Consent = _adapter.Slack.Consent with { IsGiven = true };
        _adapter.Slack.App.ClientSecret = "changed";
        var wrong = await new Browser(_adapter).InstallAsync();

        Assert.Contains("Slack was told no", no);
        Assert.Contains("Slack__ClientSecret", wrong);
        Assert.Empty(_adapter.Product.Heard);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Uninstalled_its_token_is_deleted_in_either_order_of_the_news_and_the_product_is_told_once(bool tokensFirst)
    {
        await new Browser(_adapter).InstallAsync();

        await _adapter.Slack.UninstallAsync(Installed(), tokensFirst);

        Assert.All(_adapter.Slack.Deliveries, delivery => Assert.True(delivery.IsAcknowledged));
        Assert.Single(_adapter.Product.Heard.OfType<BotRemoved>().Select(removed => removed.Delivery).Distinct());
        Assert.IsType<PostOutcome.Later>(await SayAsync());
        await using var db = await _adapter.Get<IDbContextFactory<SlackDb>>().CreateDbContextAsync();
        Assert.Equal("", (await db.Installations.SingleAsync()).Token);
    }

    [Fact]
    public async Task Installed_anew_it_speaks_again_and_late_news_of_the_uninstalling_does_not_end_it()
    {
        await new Browser(_adapter).InstallAsync();
        await _adapter.Slack.UninstallAsync(Installed());
        var news = _adapter.Slack.Deliveries[^1];
        _adapter.Clock.Advance(TimeSpan.FromMinutes(1));
        await new Browser(_adapter).InstallAsync();
        var removed = _adapter.Product.Heard.OfType<BotRemoved>().Count();

        var late = news.Payload.DeepClone().AsObject();
        late["event_id"] = "EvLATE";
        using var answer = await _adapter.PostAsync(late.ToJsonString());

        Assert.True(answer.IsSuccessStatusCode);
        Assert.IsType<PostOutcome.Posted>(await SayAsync());
        Assert.Equal(removed, _adapter.Product.Heard.OfType<BotRemoved>().Count());
    }

    [Fact]
    public async Task A_token_refused_after_it_was_replaced_does_not_end_the_one_that_replaced_it()
    {
        await new Browser(_adapter).InstallAsync();
        var installations = _adapter.Get<Installations>();
        var old = (await installations.OfTeamAsync("T000000001", CancellationToken.None))!;
        _adapter.Slack.Revoke(Installed());
        _adapter.Clock.Advance(TimeSpan.FromMinutes(1));
        await new Browser(_adapter).InstallAsync();

        await installations.StopAsync("T000000001", old.At, "token_revoked", CancellationToken.None);

        Assert.IsType<PostOutcome.Posted>(await SayAsync());
    }

    [Fact]
    public async Task One_org_wide_token_speaks_in_every_workspace_that_gets_it_and_in_no_other()
    {
        var acme = new Enterprise("E0000ACME", "Acme");
        var (north, south) = (_adapter.Slack.AddWorkspace("T0000NORTH", "north", acme), _adapter.Slack.AddWorkspace("T0000SOUTH", "south", acme));
        north.AddMember("W00000NIA", "nia");
        north.AddChannel("C000NORTH", "north", ["W00000NIA"]);
        _adapter.Slack.Consent = new Consent("W00000NIA", north, acme);
        var page = await new Browser(_adapter).InstallAsync();
        var installed = Installed();
        _adapter.Slack.Grant(installed, north);

        await _adapter.Slack.As("W00000NIA", north).TypeAsync("#north", "/pilot status");

        Assert.Contains("https://app.slack.com/manage/E0000ACME/", page);
        Assert.Equal("T0000NORTH", _adapter.Product.Single<CommandTyped>().Workspace.Id);
        Assert.IsType<PostOutcome.Posted>(await SayAsync("T0000NORTH", "W00000NIA"));
        Assert.Equal("the app is not installed", Assert.IsType<PostOutcome.Later>(await SayAsync("T0000SOUTH", "W00000NIA")).Why);
        Assert.Equal("the app is not installed", Assert.IsType<PostOutcome.Later>(await SayAsync()).Why);
        Assert.NotNull(south);
    }

    [Fact]
    public async Task An_organisation_lets_the_app_into_workspaces_and_takes_it_out_of_one()
    {
        var acme = new Enterprise("E0000ACME", "Acme");
        _adapter.Slack.Consent = new Consent("W00000NIA", _adapter.Slack.AddWorkspace("T0000NORTH", "north", acme), acme);
        await new Browser(_adapter).InstallAsync();

        await AccessAsync("Ev1", "team_access_granted", "E0000ACME", "T0000NORTH", "T0000SOUTH");
        await AccessAsync("Ev2", "team_access_granted", "E0FOREIGN", "T000000009");
        await AccessAsync("Ev3", "team_access_revoked", "E0000ACME", "T0000SOUTH");

        Assert.Equal(["T0000NORTH", "T0000SOUTH"], _adapter.Product.Heard.OfType<BotAdded>().Select(added => added.Workspace.Id));
        Assert.All(_adapter.Product.Heard.OfType<BotAdded>(), added => Assert.Equal("W00000NIA", added.By!.Id));
        Assert.Equal("T0000SOUTH", _adapter.Product.Heard.OfType<BotRemoved>().Single().Workspace.Id);
        var installations = _adapter.Get<Installations>();
        Assert.NotNull(await installations.OfTeamAsync("T0000NORTH", CancellationToken.None));
        Assert.Null(await installations.OfTeamAsync("T0000SOUTH", CancellationToken.None));
        Assert.Null(await installations.OfTeamAsync("T000000009", CancellationToken.None));
    }

    [Fact]
    public async Task A_command_of_a_workspace_without_an_installation_is_acknowledged_and_goes_nowhere()
    {
        using var answer = await _adapter.PostAsync("team_id=T9&user_id=U9&channel_id=C9&command=%2Fpilot&text=new&trigger_id=9.9.9&enterprise_id=E9&is_enterprise_install=true", "/slack/commands", "application/x-www-form-urlencoded");

        Assert.True(answer.IsSuccessStatusCode);
        Assert.Empty(_adapter.Product.Heard);
    }

    [Fact]
    public async Task Whoever_installed_is_told_once_a_day_that_the_bot_is_missing_in_a_channel()
    {
        await new Browser(_adapter).InstallAsync();
        var ana = _adapter.Slack.As("U00000ANA");

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("not_in_channel", Assert.IsType<PostOutcome.Later>(await SayAsync("T000000001", null)).Why);
        }

        Assert.Single(ana.Messages(FakeSlack.People.Person.App));
        _adapter.Clock.Advance(TimeSpan.FromDays(1));
        await SayAsync("T000000001", null);
        Assert.Equal(2, ana.Messages(FakeSlack.People.Person.App).Count);
    }

    [Fact]
    public async Task Too_often_from_one_place_is_refused_with_a_page_and_leaves_nothing()
    {
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i <= InstallLimits.PerMinute; i++)
        {
            using var answer = await _adapter.Http.PostAsync("/slack/install", null);
            statuses.Add(answer.StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
        Assert.All(statuses[..^1], status => Assert.Equal(HttpStatusCode.Redirect, status));
        await using var db = await _adapter.Get<IDbContextFactory<SlackDb>>().CreateDbContextAsync();
        Assert.Equal(InstallLimits.PerMinute, await db.Begun.CountAsync());
    }

    private FakeSlack.World.Installation Installed() => _adapter.Slack.Installations[^1];

    private async Task AccessAsync(string id, string type, string organisation, params string[] teams)
    {
        using var answer = await _adapter.PostAsync($$"""
            {"type":"event_callback","team_id":null,"enterprise_id":"{{organisation}}","event_id":"{{id}}","event":{"type":"{{type}}","team_ids":["{{string.Join("\",\"", teams)}}"]} }
            """);
        Assert.True(answer.IsSuccessStatusCode);
    }

    private async Task<PostOutcome> SayAsync(string team = "T000000001", string? person = "U00000ANA")
    {
        _adapter.Clock.Advance(TimeSpan.FromSeconds(1));
        Destination to = person is null ? new Destination.ToConversation(new Conversation("C0000TEAM", ConversationKind.Channel), null) : new Destination.ToPerson(person);
        var saying = _adapter.Get<SlackPlatform>().PostAsync(Pilots with { Id = team }, to, Replies.Card("One"), "key", CancellationToken.None);
        while (!saying.IsCompleted)
        {
            // What is told to the installer waits for its turn behind the post.
            await Task.WhenAny(saying, _adapter.Clock.UntilAsync(() => saying.IsCompleted || _adapter.Clock.TimersWithin(Turn) > 0));
            _adapter.Clock.Advance(saying.IsCompleted ? TimeSpan.Zero : Turn);
        }

        return await saying;
    }
}

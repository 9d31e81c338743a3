using Bot.Checkups;
using Bot.Slack.Install;
using Bot.Slack.Install.Store;
using Bot.Slack.Tests.Install;
using FakeSlack.OAuth;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Bot.Slack.Tests.Checkups;

// What doctor finds in Slack: all well, and each thing that can be wrong, said with what to mend and without a secret.
public sealed class CheckSlackTests
{
    [Fact]
    public async Task All_is_well_with_a_good_token_all_scopes_and_the_right_time()
    {
        await using var adapter = await StartAsync();

        var findings = await LookAsync(adapter);

        Assert.All(findings, finding => Assert.Equal(Verdict.Ok, finding.Verdict));
        Assert.Contains(findings, finding => finding.Words.Contains("speaks as afterpilot in"));
        Assert.Contains(findings, finding => finding.Words.Contains("grants all 7 scopes"));
        Assert.Contains(findings, finding => finding.About == "clock");
        Assert.Equal(["auth.test", "auth.test"], adapter.Slack.Calls.Select(call => call.Method));
    }

    [Fact]
    public async Task A_scope_that_was_not_granted_is_named()
    {
        await using var adapter = await StartAsync();
        var installed = adapter.Slack.Installations[0];
        installed.Scopes.Remove("users:read");
        installed.Scopes.Remove("groups:read");

        Assert.Contains("lacks scopes: users:read, groups:read", await FailureAsync(adapter));
    }

    [Theory]
    [InlineData("token_revoked")]
    [InlineData("account_inactive")]
    public async Task A_token_that_is_no_longer_taken_is_said_by_Slacks_name_for_it(string error)
    {
        await using var adapter = await StartAsync();
        adapter.Slack.Revoke(adapter.Slack.Installations[0], error);

        var failure = await FailureAsync(adapter);

        Assert.Contains($"({error})", failure);
        Assert.Contains("Slack__BotToken", failure);
    }

    [Fact]
    public async Task Slack_out_of_reach_is_said_and_nothing_else_is_asked()
    {
        await using var adapter = await StartAsync(options => options with { BotToken = "xoxb-1", ApiUrl = new Uri("http://127.0.0.1:9/api/") });

        Assert.Contains("out of reach: ConnectionError", await FailureAsync(adapter));
    }

    [Theory]
    [InlineData(120)]
    [InlineData(-120)]
    public async Task A_clock_two_minutes_off_is_a_fault(int seconds)
    {
        await using var adapter = await StartAsync(offBy: TimeSpan.FromSeconds(seconds));

        Assert.Contains(seconds > 0 ? "ahead" : "behind", await FailureAsync(adapter));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task Socket_Mode_is_asked_for_a_connection_that_is_not_opened(bool isOn, bool isWell)
    {
        await using var slack = await FakeSlack.SlackServer.StartAsync(Clock(default));
        slack.App.IsSocketMode = isOn;
        await using var adapter = await Adapter.StartAsync(
            options => options with { SigningSecret = null, BotToken = slack.Install().Token, AppToken = slack.App.AppToken }, slack, Clock(default));
        if (isOn)
        {
            await slack.UntilAsync("a socket", () => slack.OpenSockets == 1);
        }

        var said = (await LookAsync(adapter))[^1];

        Assert.Equal(isWell ? Verdict.Ok : Verdict.Fail, said.Verdict);
        Assert.Contains("Socket Mode", said.Words);
        Assert.Equal(isOn ? 1 : 0, slack.OpenSockets);
    }

    [Fact]
    public async Task Many_workspaces_are_asked_each_and_a_token_sealed_with_another_key_ring_is_named()
    {
        await using var adapter = await StartAsync(Many);
        Assert.Contains("installed nowhere", Assert.Single(await LookAsync(adapter), finding => finding.Verdict == Verdict.Warn).Words);

        adapter.Slack.App.RedirectUrls.Add(new Uri("http://localhost:5080/slack/oauth"));
        adapter.Slack.Consent = new Consent("U00000ANA", adapter.Slack.Workspace);
        await new Browser(adapter).InstallAsync();
        Assert.All(await LookAsync(adapter), finding => Assert.Equal(Verdict.Ok, finding.Verdict));

        await using var db = await adapter.Get<IDbContextFactory<SlackDb>>().CreateDbContextAsync();
        var elsewhere = new EphemeralDataProtectionProvider().CreateProtector(Installations.Sealed).Protect("xoxb-1");
        await db.Installations.ExecuteUpdateAsync(set => set.SetProperty(i => i.Token, elsewhere));
        Assert.Contains("cannot be opened", await FailureAsync(adapter));
    }

    private static SlackOptions Many(SlackOptions options) =>
        options with { ClientId = "111111111111.222222222222", ClientSecret = "fake-client-secret", PublicUrl = new Uri("http://localhost:5080") };

    private static Task<Adapter> StartAsync(Func<SlackOptions, SlackOptions>? set = null, TimeSpan offBy = default) => Adapter.StartAsync(set, clock: Clock(offBy));

    /// <summary>The fake's Date header is this machine's.</summary>
    private static ManualClock Clock(TimeSpan offBy) => new(TimeProvider.System.GetUtcNow() + offBy);

    private static async Task<string> FailureAsync(Adapter adapter) => Assert.Single(await LookAsync(adapter), finding => finding.Verdict == Verdict.Fail).Words;

    private static async Task<List<Finding>> LookAsync(Adapter adapter)
    {
        var findings = await adapter.Get<ICheckup>().LookAsync(CancellationToken.None).ToListAsync();
        Assert.All(findings, finding => Assert.DoesNotMatch("xox|xapp|secret", finding.Words));
        return findings;
    }
}

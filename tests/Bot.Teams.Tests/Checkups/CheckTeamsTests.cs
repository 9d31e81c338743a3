using Bot.Checkups;
using Bot.Store;
using Bot.Teams.Connector;
using Bot.Teams.Inbound;
using Bot.Teams.Tests.Connector;
using FakeTeams;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Teams.Tests.Checkups;

// What doctor finds in Teams: keys and token, the clock, and what the login's numbers mean.
public sealed class CheckTeamsTests
{
    [Fact]
    public async Task All_is_well_with_keys_a_token_and_the_right_time()
    {
        var findings = await LookAsync();

        Assert.All(findings, finding => Assert.Equal(Verdict.Ok, finding.Verdict));
        Assert.Equal(["Teams", "clock", "Teams"], findings.Select(finding => finding.About));
    }

    [Fact]
    public async Task A_wrong_secret_is_said_by_its_number_and_what_to_mend()
    {
        var failure = Failure(await LookAsync(options => options with { ClientSecret = "not the secret" }));

        Assert.Contains("AADSTS7000215", failure);
        Assert.Contains("not to its Secret ID", failure);
        Assert.DoesNotContain("not the secret", failure);
    }

    [Fact]
    public async Task A_tenant_that_is_not_there_is_said() =>
        Assert.Contains("check Teams__TenantId", Failure(await LookAsync(options => options with { TenantId = "99999999-9999-9999-9999-999999999999" })));

    [Fact]
    public async Task An_app_that_is_not_registered_is_said() =>
        Assert.Contains("AADSTS700016", Failure(await LookAsync(options => options with { AppId = "99999999-9999-9999-9999-999999999999" })));

    [Fact]
    public async Task A_login_out_of_reach_is_said() =>
        Assert.Contains("login.nowhere.example is out of reach: NameResolutionError", Failure(await LookAsync(options => options with { LoginUrl = new Uri("https://login.nowhere.example/") })));

    [Fact]
    public async Task Metadata_out_of_reach_is_said() =>
        Assert.Contains("keys.nowhere.example is out of reach", Failure(await LookAsync(options => options with { OpenIdMetadataUrl = new Uri("https://keys.nowhere.example/metadata") })));

    [Fact]
    public async Task Metadata_without_keys_is_said() =>
        Assert.Contains("gives no signing keys", Failure(await LookAsync(options => options with { OpenIdMetadataUrl = new Uri("https://login.botframework.com/v1/.well-known/keys") })));

    [Fact]
    public async Task A_clock_two_minutes_ahead_is_a_fault() => Assert.Contains("ahead", Failure(await LookAsync(offBy: TimeSpan.FromMinutes(2))));

    private static string Failure(List<Finding> findings) => Assert.Single(findings, finding => finding.Verdict == Verdict.Fail).Words;

    private static async Task<List<Finding>> LookAsync(Func<TeamsOptions, TeamsOptions>? change = null, TimeSpan offBy = default)
    {
        // The fake's Date header is this machine's.
        var clock = new OffClock(offBy);
        await using var cloud = await TeamsCloud.StartAsync(TeamsApp.Example, clock);
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(clock)
            .AddTeams(change?.Invoke(BotInTeams.Options) ?? BotInTeams.Options, new StoreAddress(Database.Sqlite, "Data Source=never-opened.db"));
        foreach (var client in new[] { ConnectorToken.Client, SigningKeys.Client })
        {
            services.AddHttpClient(client).ConfigurePrimaryHttpMessageHandler(cloud.Internet);
        }

        await using var provider = services.BuildServiceProvider();
        return await provider.GetRequiredService<ICheckup>().LookAsync(CancellationToken.None).ToListAsync();
    }

    private sealed class OffClock(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}

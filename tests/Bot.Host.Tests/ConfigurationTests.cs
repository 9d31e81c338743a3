using Bot.Host.Configuration;
using Bot.Retention;
using Bot.Store;
using Bot.Teams;
using Microsoft.Extensions.Configuration;

namespace Bot.Host.Tests;

// A wrong configuration does not start, and the message says what to set: halves, misspelt keys, what this build cannot do, nothing to run.
public sealed class ConfigurationTests
{
    private const string TeamsApp = "Teams:AppId=11111111-1111-1111-1111-111111111111";
    private const string TeamsTenant = "Teams:TenantId=22222222-2222-2222-2222-222222222222";

    [Fact]
    public void Nothing_set_in_development_is_the_playground_on_a_local_file()
    {
        var settings = HostSettings.Read(Of(), isDevelopment: true);

        Assert.True(settings.Playground);
        Assert.Equal(new StoreAddress(Database.Sqlite, "Data Source=afterpilot.db"), settings.Store);
        Assert.Equal(new Uri("http://localhost:5080"), settings.PublicUrl);
    }

    [Fact]
    public void What_people_wrote_and_what_removed_workspaces_leave_is_kept_as_set()
    {
        Assert.Equal(new KeptFor(12, 30), HostSettings.Read(Of(), isDevelopment: true).Kept);
        Assert.Equal(new KeptFor(6, 7), HostSettings.Read(Of("Retention:AnswerTextMonths=6", "Retention:RemovedWorkspaceDays=7"), isDevelopment: true).Kept);
    }

    [Fact]
    public void Outside_development_the_playground_runs_when_switched_on_by_name() =>
        Assert.True(HostSettings.Read(Of("Playground:Enabled=true"), isDevelopment: false).Playground);

    [Theory]
    [InlineData("Slack__ClientSecret", "Slack:ClientId=1", "Slack:SigningSecret=s")]
    [InlineData("Slack__ClientId", "Slack:ClientSecret=1", "Slack:SigningSecret=s", "Slack:BotToken=b")]
    [InlineData("Slack__SigningSecret", "Slack:BotToken=b")]
    [InlineData("Slack__BotToken", "Slack:SigningSecret=s")]
    [InlineData("Slack__BotToken", "Slack:AppToken=a")]
    [InlineData("Slack__SigningSecret", "Slack:BotToken=xoxb-1", "Slack:SigningSecret= ")]
    [InlineData("Slack__BotToken is not", "Slack:SigningSecret=s", "Slack:BotToken=xoxp-1")]
    [InlineData("Slack__AppToken is not", "Slack:BotToken=xoxb-1", "Slack:AppToken=xoxb-1")]
    [InlineData("Slack__BotToken and Slack__ClientId", "Slack:SigningSecret=s", "Slack:BotToken=xoxb-1", "Slack:ClientId=1", "Slack:ClientSecret=2")]
    [InlineData("Slack__ApiUrl", "Slack:SigningSecret=s", "Slack:BotToken=xoxb-1", "Slack:ApiUrl=http://slack.example.org/api/")]
    [InlineData("Slack__ApiUrl", "Slack:SigningSecret=s", "Slack:BotToken=xoxb-1", "Slack:ApiUrl=slack")]
    [InlineData("Slack__Charts", "Slack:SigningSecret=s", "Slack:BotToken=xoxb-1", "Slack:Charts=some")]
    [InlineData("Slack__Connections", "Slack:AppToken=xapp-1", "Slack:BotToken=xoxb-1", "Slack:Connections=11")]
    [InlineData("Slack__Connections", "Slack:AppToken=xapp-1", "Slack:BotToken=xoxb-1", "Slack:Connections=0")]
    [InlineData("Slack is set without a way to speak", "Slack:SigningSecret=s", "Slack:Charts=true")]
    [InlineData("PublicUrl is not an https address", "Slack:SigningSecret=s", "Slack:ClientId=1", "Slack:ClientSecret=2", "PublicUrl=http://pilot.example.org")]
    [InlineData("Teams__AppId", TeamsTenant, "Teams:ClientSecret=s")]
    [InlineData("Teams__AppId", "Teams:AppId=a", TeamsTenant, "Teams:ClientSecret=s")]
    [InlineData("Teams__TenantId", TeamsApp, "Teams:ClientSecret=s")]
    [InlineData("Teams__TenantId", TeamsApp, "Teams:TenantId=contoso.example", "Teams:ClientSecret=s")]
    [InlineData("Teams__ClientSecret", TeamsApp, TeamsTenant)]
    [InlineData("Teams__ClientSecret", TeamsApp, TeamsTenant, "Teams:ClientSecret=s", "Teams:ManagedIdentityClientId=m")]
    [InlineData("Teams__CertificatePath", TeamsApp, TeamsTenant, "Teams:CertificatePassword=p", "Teams:ClientSecret=s")]
    [InlineData("Teams__CertificatePath", TeamsApp, TeamsTenant, "Teams:CertificatePath=/no/such/file.pfx")]
    [InlineData("Teams__AllowedTenants", TeamsApp, TeamsTenant, "Teams:ClientSecret=s", "Teams:AllowedTenants=*")]
    [InlineData("Teams__AllowedTenants", TeamsApp, TeamsTenant, "Teams:ClientSecret=s", "Teams:AllowedTenants=,")]
    [InlineData("Teams__OpenIdMetadataUrl", TeamsApp, TeamsTenant, "Teams:ClientSecret=s", "Teams:OpenIdMetadataUrl=http://login.example.org/keys")]
    [InlineData("Teams__LoginUrl", TeamsApp, TeamsTenant, "Teams:ClientSecret=s", "Teams:LoginUrl=login.example.org")]
    [InlineData("Teams__AllowedServiceHosts", TeamsApp, TeamsTenant, "Teams:ClientSecret=s", "Teams:AllowedServiceHosts=*")]
    [InlineData("Teams__AllowedServiceHosts", TeamsApp, TeamsTenant, "Teams:ClientSecret=s", "Teams:AllowedServiceHosts=*.com")]
    [InlineData("Teams__AllowedServiceHosts", TeamsApp, TeamsTenant, "Teams:ClientSecret=s", "Teams:AllowedServiceHosts=https://smba.trafficmanager.net")]
    [InlineData("Teams__TargetedMessages", TeamsApp, TeamsTenant, "Teams:ClientSecret=s", "Teams:TargetedMessages=yes")]
    [InlineData("Teams__AllowUnauthenticatedOnLoopback", TeamsApp, TeamsTenant, "Teams:ClientSecret=s", "Teams:AllowUnauthenticatedOnLoopback=true", "urls=http://0.0.0.0:5080")]
    [InlineData("Teams__AllowUnauthenticatedOnLoopback", TeamsApp, TeamsTenant, "Teams:ClientSecret=s", "Teams:AllowUnauthenticatedOnLoopback=true", "http_ports=5080")]
    [InlineData("Teams__TenantID2", "Teams:TenantID2=t")]
    [InlineData("Slack__SigningSecrets", "Slack:SigningSecrets=s")]
    [InlineData("Store__Path", "Store:Path=/var/lib")]
    [InlineData("Playground__Enable", "Playground:Enable=true")]
    [InlineData("Playground__Enabled", "Playground:Enabled=yes")]
    [InlineData("Store__ConnectionString", "Store:Provider=postgres")]
    [InlineData("Store__ConnectionString", "Store:Provider=postgres", "Store:ConnectionString=Data Source=afterpilot.db")]
    [InlineData("Store__ConnectionString", "Store:Provider=postgres", "Store:ConnectionString=Host=db.example.org")]
    [InlineData("Store__ConnectionString", "Store:Provider=postgres", "Store:ConnectionString=Database=afterpilot")]
    [InlineData("Playground__Enabled", "Store:Provider=postgres", "Store:ConnectionString=Host=h;Database=d", "Playground:Enabled=true")]
    [InlineData("Nothing to run", "Store:Provider=postgres", "Store:ConnectionString=Host=h;Database=d")]
    [InlineData("Store__Provider=oracle", "Store:Provider=oracle")]
    [InlineData("Store__ConnectionString", "Store:ConnectionString=Data Source=:memory:")]
    [InlineData("Store__ConnectionString", "Store:ConnectionString=Data Source=x;Mode=Memory")]
    [InlineData("Store__ConnectionString", "Store:ConnectionString=")]
    [InlineData("Store__ConnectionString", "Store:ConnectionString=Server=localhost;Database=x")]
    [InlineData("PublicUrl", "PublicUrl=pilot.example.org")]
    [InlineData("PublicUrl", "PublicUrl=ftp://pilot.example.org")]
    [InlineData("Evidence__PostsPerMinute", "Evidence:PostsPerMinute=0")]
    [InlineData("Evidence__PostsPerMinute", "Evidence:PostsPerMinute=many")]
    [InlineData("Retention__AnswerTextMonths", "Retention:AnswerTextMonths=0")]
    [InlineData("Retention__AnswerTextMonths", "Retention:AnswerTextMonths=P12M")]
    [InlineData("Retention__RemovedWorkspaceDays", "Retention:RemovedWorkspaceDays=366")]
    [InlineData("Retention__Texts is not a setting", "Retention:Texts=12")]
    [InlineData("Otlp__Endpoint", "Otlp:Endpoint=collector:4318")]
    [InlineData("Otlp__Endpoint", "Otlp:Endpoint=ftp://collector.example.org")]
    [InlineData("Otlp__Endpoint", "Otlp:Endpoint=https://key@collector.example.org")]
    [InlineData("Otlp__Endpoints", "Otlp:Endpoints=http://localhost:4318")]
    [InlineData("Proxy__Trusted names proxy.example.org", "Proxy:Trusted=10.0.0.1,proxy.example.org")]
    [InlineData("Proxy__Trusted=0.0.0.0/0", "Proxy:Trusted=0.0.0.0/0")]
    [InlineData("Proxy__Trusted=::/0", "Proxy:Trusted=::/0")]
    [InlineData("Proxy__Trust is not", "Proxy:Trust=10.0.0.1")]
    [InlineData("Teams__AllowUnauthenticatedOnLoopback", TeamsApp, TeamsTenant, "Teams:ClientSecret=s", "Teams:AllowUnauthenticatedOnLoopback=true", "Proxy:Trusted=127.0.0.1")]
    [InlineData("Evidence__PostPerMinute", "Evidence:PostPerMinute=60")]
    public void What_is_wrong_is_refused_and_the_key_is_named(string named, params string[] set)
    {
        var refused = Assert.Throws<RefusedConfigurationException>(() => HostSettings.Read(Of(set), isDevelopment: true));

        Assert.Contains(refused.Refusals, r => r.Contains(named));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Teams_alone_is_something_to_run(bool isDevelopment)
    {
        var settings = HostSettings.Read(Of(TeamsApp, TeamsTenant, "Teams:ClientSecret=s"), isDevelopment);

        Assert.Equal(["22222222-2222-2222-2222-222222222222"], settings.Teams!.AllowedTenants);
        Assert.Equal(TeamsOptions.RealServiceHosts, settings.Teams.AllowedServiceHosts);
        Assert.Equal(isDevelopment, settings.Playground);
    }

    [Fact]
    public void Activities_without_a_token_are_for_development()
    {
        string[] set = [TeamsApp, TeamsTenant, "Teams:ClientSecret=s", "Teams:AllowUnauthenticatedOnLoopback=true", "urls=http://localhost:5080;http://127.0.0.1:5081"];

        var refused = Assert.Throws<RefusedConfigurationException>(() => HostSettings.Read(Of(set), isDevelopment: false));

        Assert.Contains("Teams__AllowUnauthenticatedOnLoopback", Assert.Single(refused.Refusals));
        Assert.True(HostSettings.Read(Of(set), isDevelopment: true).Teams!.AllowUnauthenticatedOnLoopback);
    }

    [Fact]
    public void PostgreSQL_needs_no_more_than_its_name_and_address_and_runs_no_playground()
    {
        var settings = HostSettings.Read(
            Of("Store:Provider=postgres", "Store:ConnectionString=Host=db.example.org;Database=afterpilot;Password=p", "Slack:AppToken=xapp-1", "Slack:BotToken=xoxb-1"), isDevelopment: true);

        Assert.Equal(Database.Postgres, settings.Store.Database);
        Assert.StartsWith("Host=db.example.org;Database=afterpilot;Password=p", settings.Store.ConnectionString);
        Assert.False(settings.Playground);
    }

    [Fact]
    public void Proxies_are_trusted_by_address_and_network_and_nobody_is_unless_named()
    {
        var settings = HostSettings.Read(Of("Proxy:Trusted=10.1.2.3/8, 192.0.2.1,2001:db8::/32, ::1"), isDevelopment: true);

        Assert.Equal(["10.0.0.0/8", "192.0.2.1/32", "2001:db8::/32", "::1/128"], settings.TrustedProxies.Select(proxy => proxy.ToString()));
        Assert.Empty(HostSettings.Read(Of(), isDevelopment: true).TrustedProxies);
    }

    [Fact]
    public void A_command_needs_the_store_and_no_platform() =>
        Assert.False(HostSettings.Read(Of(), isDevelopment: false, isCommand: true).Playground);

    [Theory]
    [InlineData]
    [InlineData("Playground:Enabled=false")]
    public void Nothing_to_run_is_refused_with_the_switch_that_would_run_the_playground(params string[] set)
    {
        var refused = Assert.Throws<RefusedConfigurationException>(() => HostSettings.Read(Of(set), isDevelopment: false));

        Assert.Contains("Playground__Enabled=true", Assert.Single(refused.Refusals));
    }

    [Theory]
    [InlineData("Slack:SigningSecret=s", "Slack:BotToken=xoxb-1")]
    [InlineData("Slack:AppToken=xapp-1", "Slack:BotToken=xoxb-1", "Slack:Connections=10")]
    [InlineData("Slack:SigningSecret=s", "Slack:ClientId=1", "Slack:ClientSecret=2", "PublicUrl=https://pilot.example.org")]
    [InlineData("Slack:SigningSecret=s", "Slack:BotToken=xoxb-1", "Slack:ApiUrl=http://127.0.0.1:4003/api", "Slack:Charts=true")]
    public void A_whole_Slack_runs_in_production_without_the_playground(params string[] set)
    {
        var settings = HostSettings.Read(Of(set), isDevelopment: false);

        Assert.False(settings.Playground);
        Assert.EndsWith("/", settings.Slack!.ApiUrl.AbsoluteUri);
    }

    [Fact]
    public async Task A_whole_Slack_starts_in_production_and_its_addresses_refuse_what_is_not_signed()
    {
        using var store = new StoreFile();
        await using var host = await HostProcess.StartAsync(store.Path, new()
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production", ["Slack__SigningSecret"] = "s", ["Slack__BotToken"] = "xoxb-1", ["Slack__ApiUrl"] = "http://127.0.0.1:9/api/",
        });

        using var http = new HttpClient { BaseAddress = host.Address };
        using var unsigned = await http.PostAsync("/slack/events", new StringContent("{}"));
        using var playground = await http.GetAsync("/playground");

        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, unsigned.StatusCode);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, playground.StatusCode);
    }

    [Fact]
    public void Everything_wrong_is_said_at_once()
    {
        var refused = Assert.Throws<RefusedConfigurationException>(() => HostSettings.Read(Of("Teams:AppId=a", "PublicUrl=x", "Store:Provider=y"), isDevelopment: true));

        Assert.Contains(refused.Refusals, r => r.Contains("Teams__TenantId"));
        Assert.Contains(refused.Refusals, r => r.Contains("PublicUrl"));
        Assert.Contains(refused.Refusals, r => r.Contains("Store__Provider"));
    }

    [Fact]
    public void A_secret_is_never_part_of_the_message()
    {
        var refused = Assert.Throws<RefusedConfigurationException>(() => HostSettings.Read(Of("Slack:SigningSecret=top-secret", "Slack:ClientSecret=top-secret"), isDevelopment: true));

        Assert.DoesNotContain("top-secret", refused.Message);
    }

    [Fact]
    public async Task The_process_ends_with_the_exit_code_of_a_wrong_configuration_and_says_why()
    {
        using var store = new StoreFile();
        await using var host = HostProcess.Launch(store.Path, new() { ["Teams__AppId"] = "an-id" });

        Assert.Equal(78, await host.EndAsync());
        Assert.Contains("Teams__ClientSecret", host.Output);
        Assert.False(File.Exists(store.Path));
    }

    [Fact]
    public async Task A_server_that_does_not_answer_ends_the_process_with_the_exit_code_of_what_may_be_there_later()
    {
        await using var host = HostProcess.Launch(null, new()
        {
            ["Store__Provider"] = "postgres",
            ["Store__ConnectionString"] = "Host=127.0.0.1;Port=1;Database=afterpilot;Username=afterpilot;Password=top-secret",
            ["Slack__AppToken"] = "xapp-1",
            ["Slack__BotToken"] = "xoxb-1",
        });

        Assert.Equal(69, await host.EndAsync());
        Assert.Contains("Store__ConnectionString", host.Output);
        Assert.DoesNotContain("top-secret", host.Output);
    }

    [Fact]
    public async Task In_production_with_nothing_set_the_process_does_not_start()
    {
        using var store = new StoreFile();
        await using var host = HostProcess.Launch(store.Path, new() { ["ASPNETCORE_ENVIRONMENT"] = "Production" });

        Assert.Equal(78, await host.EndAsync());
        Assert.Contains("Playground__Enabled=true", host.Output);
    }

    private static IConfiguration Of(params string[] set) => new ConfigurationBuilder()
        .AddInMemoryCollection(set.Select(s => s.Split('=', 2)).Select(s => KeyValuePair.Create(s[0], (string?)s[1]))).Build();
}

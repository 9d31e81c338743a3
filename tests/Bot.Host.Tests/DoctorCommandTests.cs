using Bot.Checkups;
using Bot.Host.Doctor;
using Bot.Slack.Install;
using Bot.Tests;
using FakeSlack;

namespace Bot.Host.Tests;

// doctor from the command line: all well beside a host that runs, and each thing that is not, one line each, with what to mend and the exit code.
public sealed class DoctorCommandTests
{
    [Fact]
    public async Task Beside_a_host_that_runs_all_is_well_and_the_host_does_not_notice()
    {
        using var store = new StoreFile();
        await using var host = await HostProcess.StartReadyAsync(store.Path);

        var (code, output) = await RunAsync(store, new() { ["PublicUrl"] = host.Address.AbsoluteUri });

        Assert.True(code == 0, output);
        Assert.EndsWith("Nothing failed.", output);
        Assert.All(
            ["settings  can be read: the playground", "has the tables of this release", "synchronous FULL", "can be written", "no card is late", "there are no dead letters", "leads to a host that runs"],
            words => Assert.Contains(words, output));
        Assert.DoesNotContain("warn", output);
        using var http = new HttpClient { BaseAddress = host.Address };
        Assert.True((await http.GetAsync("/health/ready")).IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_made_by_nobody()
    {
        using var store = new StoreFile();

        var (code, output) = await RunAsync(store);

        Assert.Equal(0, code);
        Assert.Contains("warn  store     there is no", output);
        Assert.Contains("leads to no host from here", output);
        Assert.False(File.Exists(store.Path));
    }

    [Fact]
    public async Task Settings_that_are_refused_are_said_line_by_line()
    {
        using var store = new StoreFile();

        var (code, output) = await RunAsync(store, new() { ["Slack__BotToken"] = "xoxb-secret", ["Otlp__Endpoint"] = "collector" });

        Assert.Equal(1, code);
        Assert.Contains("FAIL  settings  Slack is set without Slack__SigningSecret", output);
        Assert.Contains("FAIL  settings  Otlp__Endpoint", output);
        Assert.DoesNotContain("xoxb-secret", output);
    }

    [Fact]
    public async Task A_store_that_cannot_be_written_fails()
    {
        using var store = new StoreFile();
        await store.MigrateAsync();

        var (code, output) = await HostProcess.RunAsync(null, new() { ["Store__ConnectionString"] = $"Data Source={store.Path};Mode=ReadOnly" }, DoctorCommand.Word);

        Assert.Equal(1, code);
        Assert.Contains("FAIL  store     cannot be written", output);
    }

    [Fact]
    public async Task Cards_that_stand_still_fail_and_dead_letters_are_counted()
    {
        using var store = new StoreFile();
        await store.MigrateAsync();
        await using (var db = store.Product())
        {
            db.AddRange(OldCards.Of(OldCards.Waiting("standing", minutes: 20), OldCards.Dead("dead", minutes: 60)));
            await db.SaveChangesAsync();
        }

        var (code, output) = await RunAsync(store);

        Assert.Equal(1, code);
        Assert.Contains("FAIL  delivery  The lanes of 1 workspace stand still", output);
        Assert.Contains("warn  delivery  1 dead letter, the oldest since", output);
    }

    [Fact]
    public async Task A_platform_that_does_not_take_the_token_fails_and_no_secret_is_printed()
    {
        using var store = new StoreFile();
        await using var slack = await SlackServer.StartAsync();
        var settings = new Dictionary<string, string>
        {
            ["Slack__ApiUrl"] = slack.ApiUrl.AbsoluteUri, ["Slack__SigningSecret"] = slack.App.SigningSecret, ["Slack__BotToken"] = slack.Install().Token, ["PublicUrl"] = "https://pilot.invalid",
        };
        var (well, good) = await RunAsync(store, settings);
        Assert.True(well == 0, good);
        Assert.Contains($"grants all {Scope.All.Count(scope => !scope.IsOptional)} scopes", good);
        Assert.DoesNotContain(settings["Slack__BotToken"], good);

        settings["Slack__BotToken"] = "xoxb-another";
        var (ill, bad) = await RunAsync(store, settings);

        Assert.Equal(1, ill);
        Assert.Contains("FAIL  Slack     Slack does not take the token (invalid_auth)", bad);
        Assert.DoesNotContain("xoxb-another", bad);
        Assert.DoesNotContain(slack.App.SigningSecret, bad);
    }

    [Fact]
    public async Task Options_are_not_taken()
    {
        var (code, output) = await HostProcess.RunAsync(null, null, DoctorCommand.Word, "--fix");

        Assert.Equal(2, code);
        Assert.Contains("takes no options", output);
    }

    [Theory]
    [InlineData(99, Verdict.Fail)]
    [InlineData(100, Verdict.Warn)]
    [InlineData(1023, Verdict.Warn)]
    [InlineData(1024, Verdict.Ok)]
    public void Little_room_on_the_disk_is_said_early(long megabytes, Verdict expected) => Assert.Equal(expected, CheckSqlite.OfSpace(megabytes * 1024 * 1024).Verdict);

    [PostgresFact]
    public async Task On_a_server_it_looks_at_version_tables_clock_and_the_hosts_that_share_it()
    {
        await using var store = await TestStore.EmptyOnServerAsync();
        await using var slack = await SlackServer.StartAsync();
        var settings = new Dictionary<string, string>
        {
            ["Store__Provider"] = "postgres", ["Store__ConnectionString"] = store.Address.ConnectionString, ["PublicUrl"] = "https://pilot.invalid",
            ["Slack__ApiUrl"] = slack.ApiUrl.AbsoluteUri, ["Slack__SigningSecret"] = slack.App.SigningSecret, ["Slack__BotToken"] = slack.Install().Token,
        };
        var (_, before) = await HostProcess.RunAsync(null, settings, DoctorCommand.Word);
        await using var host = await HostProcess.StartReadyAsync(null, settings);
        var (_, beside) = await HostProcess.RunAsync(null, settings, DoctorCommand.Word);

        Assert.All(["ok    store     PostgreSQL 1", "clock and that of the database are", "ok    store     can be written"], words => Assert.Contains(words, before));
        Assert.Contains("migrations: the host does them at its next start", before);
        Assert.Contains("has the tables of this release", beside);
        Assert.Contains("ok    hosts     1 share the alarm clock", beside);
        Assert.DoesNotContain("Password", beside);
    }

    [PostgresFact]
    public async Task A_database_whose_clock_is_two_minutes_off_fails()
    {
        await using var store = await TestStore.MigratedOnServerAsync();
        await using var db = store.Open();
        var clock = new MovedClock();
        clock.MoveTo(TimeProvider.System.GetUtcNow().AddMinutes(2));

        var findings = await new CheckPostgres(db, store.Address, clock).LookAsync(CancellationToken.None).ToListAsync();

        Assert.Contains("ahead", Assert.Single(findings, finding => finding is { About: "clock", Verdict: Verdict.Fail }).Words);
    }

    [PostgresFact]
    public async Task A_server_that_is_not_there_fails_and_the_rest_is_looked_at()
    {
        var (code, output) = await HostProcess.RunAsync(
            null, new() { ["Store__Provider"] = "postgres", ["Store__ConnectionString"] = "Host=127.0.0.1;Port=9;Database=x;Username=x;Password=hush", ["Slack__AppToken"] = "xapp-1", ["Slack__BotToken"] = "xoxb-1", ["Slack__ApiUrl"] = "http://127.0.0.1:9/" }, DoctorCommand.Word);

        Assert.Equal(1, code);
        Assert.Contains("FAIL  store     the store does not answer", output);
        Assert.Contains("FAIL  Slack     127.0.0.1 is out of reach", output);
        Assert.DoesNotContain("hush", output);
    }

    private static Task<(int Code, string Output)> RunAsync(StoreFile store, Dictionary<string, string>? settings = null) => HostProcess.RunAsync(store.Path, settings, DoctorCommand.Word);
}

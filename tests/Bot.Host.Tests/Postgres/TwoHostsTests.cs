using Bot.CheckIns;
using Bot.Delivery;
using Bot.Host.Tests.Slack;
using Bot.Slack.Install;
using Bot.Store;
using Bot.Tests;
using FakeSlack;
using FakeSlack.People;
using Microsoft.EntityFrameworkCore;

namespace Bot.Host.Tests.Postgres;

// Two hosts on one database: they start at once on an empty one, people reach either, each card goes out once, and when the one that is just sending is killed the other goes on.
public sealed class TwoHostsTests
{
    private const string Churn = "Churn predictor";
    private const string Place = "#churn";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly string[] Names = ["dana", "lee", "priya", "layla", "omar", "zoe", "ivan"];

    [PostgresFact]
    public async Task A_week_is_lived_once_though_two_hosts_run_it_and_one_is_killed_while_it_sends()
    {
        await using var store = await TestStore.EmptyOnServerAsync();
        await using var slack = await SlackServer.StartAsync();
        var settings = Settings(slack, store);
        var hosts = await Task.WhenAll(HostProcess.StartReadyAsync(null, settings), HostProcess.StartReadyAsync(null, settings));
        try
        {
            await StartedAsync(slack, store, hosts[0]);
            await PromptedAsync(slack, store);
            await AnsweredAsync(slack, hosts);
            var left = await KilledWhileRemindingAsync(slack, store, hosts);
            await RemindedAsync(slack, left);
            await ReviewedAsync(slack, store);
            await using var third = await HostProcess.StartReadyAsync(null, settings);
            Assert.True(await IsReadyAsync(left) && await IsReadyAsync(third));

            var posted = slack.Calls.Count(call => call.Method == "chat.postMessage" && call.Status == 200 && call.Error is null);
            Assert.Equal(await AskAsync(store, db => db.PostedCards.CountAsync()), posted);
        }
        finally
        {
            foreach (var host in hosts)
            {
                await host.DisposeAsync();
            }
        }
    }

    private static Dictionary<string, string> Settings(SlackServer slack, TestStore store)
    {
        foreach (var name in Names)
        {
            slack.Workspace.AddMember(IdOf(name), name, isAdmin: name == "dana");
        }

        slack.Workspace.AddChannel("C0CHURN", Place[1..], Names.Select(IdOf));
        slack.App.Scopes = [.. Scope.All.Select(scope => scope.Name)];
        return new()
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["Logging__LogLevel__Bot.Delivery"] = "Debug",
            ["Store__Provider"] = "postgres",
            ["Store__ConnectionString"] = store.Address.ConnectionString,
            ["Slack__ApiUrl"] = slack.ApiUrl.AbsoluteUri,
            ["Slack__BotToken"] = slack.Install(by: IdOf("dana")).Token,
            ["Slack__SigningSecret"] = slack.App.SigningSecret,
        };
    }

    private static async Task StartedAsync(SlackServer slack, TestStore store, HostProcess host)
    {
        slack.App.PointToPathsOf(host.Address);
        await slack.InviteAppAsync(slack.Workspace.FindChannel(Place)!, IdOf("dana"));
        await Eventually.HoldsAsync("the members of the channel were read", () => AskAsync(store, db => db.Channels.AnyAsync(c => c.MembersReadAt != null)), Patience);
        var dana = Person(slack, "dana");
        await dana.TypeAsync(Place, "/pilot loop");
        var form = await dana.WindowAsync();
        await form.FillAsync("name", Churn);
        await form.FillAsync("people", Names);
        await form.FillAsync("day", TimeProvider.System.GetUtcNow().AddDays(2).DayOfWeek.ToString());
        await form.FillAsync("time", "10:00");
        await form.FillAsync("zone", "Europe/Berlin");
        await WeekInSlackTests.SubmitAsync(form);
        await Eventually.HoldsAsync("the loop is there", () => AskAsync(store, db => db.Loops.AnyAsync()), Patience);
    }

    private static async Task PromptedAsync(SlackServer slack, TestStore store)
    {
        await PassAsync(store, round => round.OpensAt);

        await Eventually.HoldsAsync("everybody is asked", () => Names.All(name => Direct(slack, name, Churn) > 0), Patience);
        Assert.All(Names, name => Assert.Equal(1, Direct(slack, name, Churn)));
    }

    /// <summary>Three people, each by the other host than the one before.</summary>
    private static async Task AnsweredAsync(SlackServer slack, HostProcess[] hosts)
    {
        foreach (var (number, name) in Names.Take(3).Index())
        {
            var person = Person(slack, name);
            slack.App.PointToPathsOf(hosts[number % hosts.Length].Address);
            await person.PressAsync(await person.SeesAsync(FakeSlack.People.Person.App, Churn), "Answer");
            var form = await person.WindowAsync();
            slack.App.PointToPathsOf(hosts[(number + 1) % hosts.Length].Address);
            await form.FillAsync("rating", "4");
            await form.FillAsync("drift", "no");
            await WeekInSlackTests.SubmitAsync(form);
            await person.SeesAsync(FakeSlack.People.Person.App, "Saved");
        }
    }

    /// <returns>The host that is left.</returns>
    private static async Task<HostProcess> KilledWhileRemindingAsync(SlackServer slack, TestStore store, HostProcess[] hosts)
    {
        slack.Limits.Close("chat.postMessage", TimeSpan.FromSeconds(40));
        await PassAsync(store, round => round.RemindsAt);
        await Eventually.HoldsAsync(
            "Slack asked to wait with the reminders", () => AskAsync(store, db => db.Outbox.AnyAsync(o => o.State == OutboxState.Waiting && o.Attempts > 0)), Patience);
        var sending = hosts.MaxBy(host => host.Output.Split("ended Later").Length)!;

        await sending.KillAsync();

        var left = hosts.Single(host => host != sending);
        slack.App.PointToPathsOf(left.Address);
        return left;
    }

    private static async Task RemindedAsync(SlackServer slack, HostProcess left)
    {
        await Eventually.HoldsAsync(
            "the silent are reminded by the host that is left", () => Names.Skip(3).All(name => Direct(slack, name, "Not answered yet") > 0), Patience);
        Assert.Equal([0, 0, 0, 1, 1, 1, 1], Names.Select(name => Direct(slack, name, "Not answered yet")));
        Assert.False(left.HasEnded);
    }

    private static async Task ReviewedAsync(SlackServer slack, TestStore store)
    {
        await PassAsync(store, round => round.ReviewAt);
        await Eventually.HoldsAsync("the review is there", () => InChannel(slack, $"Review: {Churn}") > 0, Patience);
        await PassAsync(store, round => round.ClosesAt);
        await Eventually.HoldsAsync("the round is closed", () => AskAsync(store, db => db.Rounds.AnyAsync(r => r.State == RoundState.Closed)), Patience);
        await Eventually.HoldsAsync("nothing waits", () => AskAsync(store, async db => !await db.Outbox.AnyAsync(o => o.State == OutboxState.Waiting)), Patience);
    }

    /// <summary>The week comes nearer until this time of its round is now: the hosts have no clock that could be moved.</summary>
    private static async Task PassAsync(TestStore store, Func<Round, DateTimeOffset> until)
    {
        await using var db = store.Open();
        var round = await db.Rounds.AsNoTracking().OrderBy(r => r.ReviewDate).FirstAsync();
        var passed = until(round) - TimeProvider.System.GetUtcNow();
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE "Rounds" SET "OpensAt" = "OpensAt" - {passed}, "RemindsAt" = "RemindsAt" - {passed}, "ReviewAt" = "ReviewAt" - {passed}, "ClosesAt" = "ClosesAt" - {passed};
            UPDATE "RoundSteps" SET "DueAt" = "DueAt" - {passed}
            """);
    }

    private static async Task<bool> IsReadyAsync(HostProcess host)
    {
        using var http = new HttpClient { BaseAddress = host.Address };
        return (await http.GetAsync("/health/ready")).IsSuccessStatusCode;
    }

    private static async Task<T> AskAsync<T>(TestStore store, Func<BotDb, Task<T>> ask)
    {
        await using var db = store.Open();
        return await ask(db);
    }

    private static string IdOf(string name) => "U0" + name.ToUpperInvariant();

    private static Person Person(SlackServer slack, string name) => slack.As(IdOf(name));

    private static int Direct(SlackServer slack, string name, string words) =>
        Person(slack, name).Messages(FakeSlack.People.Person.App).Count(message => message.Words.Contains(words, StringComparison.Ordinal));

    private static int InChannel(SlackServer slack, string words) => Person(slack, "lee").Messages(Place).Count(message => message.Words.Contains(words, StringComparison.Ordinal));
}

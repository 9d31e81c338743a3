using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Bot.CheckIns;
using FakeSlack.Deliver;
using FakeSlack.People;
using Microsoft.EntityFrameworkCore;
using Xunit.Abstractions;

namespace Bot.Host.Tests.Faults;

// The database goes for a while and comes back, under two hosts that are just sending. AFTERPILOT_TEST_STORE_GONE says for how many seconds.
public sealed partial class StoreGoneTests(ITestOutputHelper say)
{
    private const int People = 12;
    private const int Loops = 2;
    private const int MostLines = 40;
    private static readonly TimeSpan OnItsWay = TimeSpan.FromSeconds(3);

    [PostgresServerFact]
    public async Task While_the_database_is_gone_nobody_is_told_what_is_not_so_and_afterwards_everything_is_done_once()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var crowd = await SlackCrowd.StartAsync(server.Address, People, Loops);
        await using var hosts = await SomeHosts.StartAsync(crowd, 2);
        var answers = new SlackAnswers(crowd);
        await crowd.SettledAsync("everybody is asked");
        await Eventually.HoldsAsync("somebody has answered", () => answers.TryAsync(0), SlackCrowd.Patience);
        await crowd.SettledAsync("the answer is shown");
        var form = await OpenedAsync(crowd.Slack.As(SlackCrowd.IdOf(1)));

        await RemindersOnTheirWayAsync(crowd);
        await server.CrashAsync();
        var since = Stopwatch.GetTimestamp();
        var lines = hosts.Alive.Select(LinesOf).ToList();

        await NobodyIsToldWhatIsNotSoAsync(crowd, form);
        await Eventually.HoldsAsync("both hosts say that they are not ready", async () => (await Task.WhenAll(hosts.Alive.Select(ReadyAsync))).All(ready => !ready), SlackCrowd.Patience);
        Assert.All(await Task.WhenAll(hosts.Alive.Select(host => StatusAsync(host, "/health/live"))), status => Assert.Equal(HttpStatusCode.OK, status));
        await Eventually.BecomesAsync(() => Task.FromResult(Stopwatch.GetElapsedTime(since) >= FaultSize.StoreGone), FaultSize.StoreGone + TimeSpan.FromSeconds(1));
        Assert.All(hosts.Alive, host => Assert.False(host.HasEnded, host.Output));
        var said = hosts.Alive.Select(LinesOf).Zip(lines, (now, before) => now - before).ToList();
        say.WriteLine($"Gone for {Stopwatch.GetElapsedTime(since).TotalSeconds:0} s; lines in the logs: {string.Join(" and ", said)}");
        hosts.Alive.Zip(lines).ToList().ForEach(each => say.WriteLine(string.Join('\n', KindsOf(each.First, each.Second))));

        await server.StartAgainAsync();
        var back = Stopwatch.GetTimestamp();
        await Eventually.HoldsAsync("both hosts are ready again", async () => (await Task.WhenAll(hosts.Alive.Select(ReadyAsync))).All(ready => ready), SlackCrowd.Patience);
        say.WriteLine($"Both ready {Stopwatch.GetElapsedTime(back).TotalSeconds:0.0} s after it was back");
        await Eventually.HoldsAsync("what was not acknowledged is taken when Slack tells it again", async () =>
            (await crowd.Slack.RetryDueAsync()).Any(again => again is { IsAcknowledged: true, Retry: > 0 }), SlackCrowd.Patience);
        await Eventually.HoldsAsync("the answer is taken when the button is pressed again", async () => !form.IsOpen || await form.SubmitAsync() is Submission.Closed, SlackCrowd.Patience);
        await DoneOnceAsync(crowd, answers, back);
        Assert.All(said, count => Assert.InRange(count, 0, MostLines * Math.Max(1, (int)FaultSize.StoreGone.TotalSeconds / 15)));

        await RestartedAsync(server, crowd);
        Assert.All(hosts.Alive, host => Assert.False(host.HasEnded, host.Output));
    }

    private static async Task<Window> OpenedAsync(Person person)
    {
        await person.PressAsync(await person.SeesAsync(Person.App, "check-in is open"), "Answer");
        var form = await person.WindowAsync();
        await form.FillAsync("rating", "4");
        await form.FillAsync("comment", "typed before it went");
        await form.FillAsync("drift", "no");
        return form;
    }

    /// <summary>Slack has some and has not answered yet; the reviews come due while the database is gone.</summary>
    private static async Task RemindersOnTheirWayAsync(SlackCrowd crowd)
    {
        var before = Said.AllOf(crowd.Slack).Count;
        crowd.Slack.AnswersAfter = OnItsWay;
        await crowd.PassAsync(round => round.RemindsAt);
        await Eventually.HoldsAsync("reminders are on their way", () => Said.AllOf(crowd.Slack).Count > before, SlackCrowd.Patience);
        await using var db = crowd.Open();
        var soon = TimeProvider.System.GetUtcNow() + (FaultSize.StoreGone / 2);
        await db.RoundSteps.Where(s => s.Step == Step.Review).ExecuteUpdateAsync(set => set.SetProperty(s => s.DueAt, soon));
    }

    private static async Task NobodyIsToldWhatIsNotSoAsync(SlackCrowd crowd, Window form)
    {
        crowd.Slack.AnswersAfter = TimeSpan.Zero;
        var person = crowd.Slack.As(SlackCrowd.IdOf(2));
        var asked = await person.TypeAsync("#channel-0", "/pilot actions");
        Assert.True(asked.IsAcknowledged, asked.Ack.ToString());
        Assert.Contains(new[] { "This takes longer than usual", "That did not work" }, words => asked.Answer!.ToJsonString().Contains(words));

        var sent = Assert.IsType<Submission.FieldErrors>(await form.SubmitAsync());
        Assert.Contains("Nothing", Assert.Single(sent.Errors).Value);
        Assert.Contains("typed before it went", form.Value("comment"));

        var told = await person.SayAsync(Person.App, "timezone");
        Assert.False(told!.IsAcknowledged);
        Assert.Equal(503, Assert.IsType<Ack.Answered>(told.Ack).Status);
    }

    private async Task DoneOnceAsync(SlackCrowd crowd, SlackAnswers answers, long back)
    {
        await crowd.SettledAsync("all that was due is done");
        say.WriteLine($"Everything done and said {Stopwatch.GetElapsedTime(back).TotalSeconds:0.0} s after it was back");
        Assert.Equal(Loops, await crowd.AskAsync(db => db.RoundSteps.CountAsync(s => s.Step == Step.Review && s.State == StepState.Done)));
        Assert.Equal(Loops, await crowd.AskAsync(db => db.PostedCards.CountAsync(p => p.Key.StartsWith("review:"))));
        Assert.Empty(await Said.TwiceAsync(crowd));
        Assert.Empty(await Said.NeverAsync(crowd));
        await answers.AreKeptAsync("");
        Assert.Equal("typed before it went", await crowd.AskAsync(db => db.Answers.Where(a => db.People.Any(p => p.Id == a.PersonId && p.ExternalId == SlackCrowd.IdOf(1))).Select(a => a.Comment).SingleAsync()));
    }

    /// <summary>Once more while the digests are on their way, by a server that is back in a second: the lane's lock went with its connection.</summary>
    private static async Task RestartedAsync(PostgresServer server, SlackCrowd crowd)
    {
        var before = Said.AllOf(crowd.Slack).Count;
        crowd.Slack.AnswersAfter = OnItsWay;
        await crowd.PassAsync(round => round.ClosesAt);
        await Eventually.HoldsAsync("digests are on their way", () => Said.AllOf(crowd.Slack).Count > before, SlackCrowd.Patience);

        await server.RestartAsync();
        crowd.Slack.AnswersAfter = TimeSpan.Zero;

        await crowd.SettledAsync("the digests are noted");
        Assert.Equal(Loops, await crowd.AskAsync(db => db.PostedCards.CountAsync(p => p.Key.StartsWith("digest:"))));
        Assert.Empty(await Said.TwiceAsync(crowd));
        Assert.Empty(await Said.NeverAsync(crowd));
    }

    private static int LinesOf(HostProcess host) => host.Output.Count(letter => letter == '\n');

    /// <summary>How often each kind of line was written since.</summary>
    private static IEnumerable<string> KindsOf(HostProcess host, int since) => host.Output.Split('\n').Skip(since)
        .Select(line => Kind().Match(line)).GroupBy(kind => kind.Groups["level"].Value + " " + kind.Groups["what"].Value).Select(kind => $"{kind.Count()} x {kind.Key}");

    private static async Task<bool> ReadyAsync(HostProcess host) => await StatusAsync(host, "/health/ready") == HttpStatusCode.OK;

    private static async Task<HttpStatusCode> StatusAsync(HostProcess host, string path)
    {
        using var http = new HttpClient { BaseAddress = host.Address };
        using var answer = await http.GetAsync(path);
        return answer.StatusCode;
    }

    [GeneratedRegex("\"LogLevel\":\"(?<level>[^\"]+)\",\"Category\":\"(?<what>[^\"]+\",\"Message\":\".{0,60})", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Kind();
}

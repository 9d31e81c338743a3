using System.Diagnostics;
using Bot.Tests;
using FakeSlack.Api;
using Xunit.Abstractions;

namespace Bot.Host.Tests.Faults;

// Slack answers 500, then nothing, then "too many calls" for one of two workspaces. AFTERPILOT_TEST_PLATFORM_AWAY says for how many seconds in all.
public sealed class PlatformAwayTests(ITestOutputHelper say)
{
    private const int People = 12;
    private const int Loops = 2;
    private static readonly TimeSpan AskedToWait = TimeSpan.FromSeconds(Math.Clamp(FaultSize.PlatformAway.TotalSeconds / 20, 5, 30));
    private static readonly TimeSpan DeliveredWithin = TimeSpan.FromSeconds(60);
    private volatile Trouble? _trouble;

    [Fact]
    public async Task While_the_platform_is_away_for_one_workspace_it_is_asked_seldom_the_other_is_served_and_afterwards_everything_comes_once_and_in_order()
    {
        await using var store = TestStore.EmptyFile();
        await using var crowd = await SlackCrowd.StartTwoAsync(store.Address, People, Loops);
        await using var host = await crowd.HostAsync();
        await crowd.InstallAsync(host);
        await crowd.SettledAsync("it is installed");
        crowd.Slack.Outage = (method, workspace) => workspace == crowd.Slack.Workspace.Id ? _trouble : null;
        _trouble = new Trouble.Status(500);
        var before = crowd.Slack.Calls.Count;
        await crowd.PassAsync(round => round.OpensAt);

        await Eventually.HoldsAsync("it is away", () => Refused(crowd, before).Count > 0);
        var away = Stopwatch.GetTimestamp();
        await ServedAsync(crowd, "check-in is open");
        await LastsAsync(FaultSize.PlatformAway / 3);
        await crowd.PassAsync(round => round.RemindsAt);
        await ServedAsync(crowd, "Not answered yet");
        await BecomesAsync(crowd, new Trouble.Silence());
        await BecomesAsync(crowd, new Trouble.TooMany(AskedToWait));
        var asked = Refused(crowd, before);
        say.WriteLine($"Away for {Stopwatch.GetElapsedTime(away).TotalSeconds:0} s with {2 * People} messages waiting: {asked.Count} calls");

        _trouble = null;
        var back = Stopwatch.GetTimestamp();
        await crowd.SettledAsync("everything is out");

        say.WriteLine($"Everything was out {Stopwatch.GetElapsedTime(back).TotalSeconds:0.0} s after it was back");
        Assert.InRange(Stopwatch.GetElapsedTime(back), TimeSpan.Zero, DeliveredWithin);
        Assert.InRange(asked.Count, 1, 20 + ((int)FaultSize.PlatformAway.TotalSeconds / 10));
        WaitedAsAsked(asked);
        Assert.Empty(await Said.NeverAsync(crowd));
        Assert.Empty(await Said.TwiceAsync(crowd));
        InOrder(crowd);
        Assert.False(host.HasEnded);
    }

    /// <summary>From the first call that meets it.</summary>
    private async Task BecomesAsync(SlackCrowd crowd, Trouble trouble)
    {
        var before = crowd.Slack.Calls.Count;
        _trouble = trouble;
        await Eventually.HoldsAsync($"{trouble} is met", () => Refused(crowd, before).Count > 0, SlackCrowd.Patience);
        await LastsAsync(FaultSize.PlatformAway / 3);
    }

    private static async Task LastsAsync(TimeSpan time)
    {
        var since = Stopwatch.GetTimestamp();
        await Eventually.BecomesAsync(() => Task.FromResult(Stopwatch.GetElapsedTime(since) >= time), time + TimeSpan.FromSeconds(1));
    }

    /// <summary>The other workspace has its messages though the first one waits.</summary>
    private async Task ServedAsync(SlackCrowd crowd, string words)
    {
        var since = Stopwatch.GetTimestamp();
        await Eventually.HoldsAsync($"the other workspace has \"{words}\"", () => Enumerable.Range(0, People).All(person => Direct(crowd, person, 1).Exists(said => said.Contains(words))), SlackCrowd.Patience);
        say.WriteLine($"The other workspace had all of \"{words}\" after {Stopwatch.GetElapsedTime(since).TotalSeconds:0} s");
        Assert.DoesNotContain(Direct(crowd, 0, 0), said => said.Contains(words));
    }

    private static List<Call> Refused(SlackCrowd crowd, int before) => [.. crowd.Slack.Calls.Skip(before).Where(call => call.Status != 200)];

    /// <summary>No call from when it was told to wait until then, but those that were on their way together.</summary>
    private static void WaitedAsAsked(List<Call> calls)
    {
        var waits = calls.Where(call => call.Status == 429).ToList();
        Assert.NotEmpty(waits);
        foreach (var wait in waits)
        {
            Assert.DoesNotContain(waits, call => call.At > wait.At.AddSeconds(1) && call.At < wait.At + AskedToWait - TimeSpan.FromMilliseconds(200));
        }
    }

    private static void InOrder(SlackCrowd crowd)
    {
        foreach (var person in Enumerable.Range(0, People))
        {
            var said = Direct(crowd, person, 0);
            Assert.True(said.FindIndex(words => words.Contains("check-in is open")) < said.FindIndex(words => words.Contains("Not answered yet")), string.Join('\n', said));
        }
    }

    private static List<string> Direct(SlackCrowd crowd, int person, int workspace)
    {
        var place = workspace == 0 ? crowd.Slack.Workspace : crowd.Slack.Installations[^1].Workspaces[0];
        return [.. crowd.Slack.As(SlackCrowd.IdOf(person, workspace), place).Messages(FakeSlack.People.Person.App).Select(message => message.Words)];
    }
}

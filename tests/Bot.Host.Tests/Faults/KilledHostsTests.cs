using System.Diagnostics;
using Bot.CheckIns;
using Bot.Tests;
using Microsoft.EntityFrameworkCore;
using Xunit.Abstractions;

namespace Bot.Host.Tests.Faults;

// SIGKILL of either of two hosts at random moments of opening, reminding, reviewing, closing and sending. One store lives through all of it, week after week.
// AFTERPILOT_TEST_KILLS says how many, AFTERPILOT_TEST_SEED repeats a run as far as time can be repeated.
public sealed class KilledHostsTests(ITestOutputHelper say)
{
    private const int People = 48;
    private const int Loops = 4;
    private const int AnswersPerKill = 3;

    /// <summary>How many conversations a lane serves at once: so many messages may have been taken by Slack and not be noted yet when a host dies.</summary>
    private const int OnTheirWay = 4;
    private static readonly TimeSpan NetworkTakes = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan NotedWithin = TimeSpan.FromSeconds(5);
    private static readonly Func<Round, DateTimeOffset>[] Steps = [round => round.OpensAt, round => round.RemindsAt, round => round.ReviewAt, round => round.ClosesAt];
    private readonly List<DateTimeOffset> _kills = [];

    [PostgresFact]
    public async Task Whichever_of_two_hosts_is_killed_whenever_no_step_is_lost_and_nothing_is_said_twice_but_what_was_on_its_way()
    {
        var seed = FaultSize.Seed;
        var random = new Random(seed);
        say.WriteLine($"Seed {seed}");
        await using var store = await TestStore.EmptyOnServerAsync();
        await using var crowd = await SlackCrowd.StartAsync(store.Address, People, Loops);
        crowd.Slack.AnswersAfter = NetworkTakes;
        await using var hosts = await SomeHosts.StartAsync(crowd, 2);
        var answers = new SlackAnswers(crowd);
        for (var kill = 0; kill < FaultSize.Kills; kill++)
        {
            var said = crowd.Slack.Calls.Count;
            await crowd.PassAsync(Steps[kill % Steps.Length]);
            var starting = hosts.ReplaceDeadAsync();
            var answering = AnswerAsync(answers, hosts, random.Next());
            await AMomentAsync(crowd, random, said);
            var victim = random.Next(2);
            await (hosts.Alive[victim].Address is null ? starting : Task.CompletedTask);
            await hosts.KillAsync(hosts.Alive[victim]);
            _kills.Add(TimeProvider.System.GetUtcNow());
            var since = Stopwatch.GetTimestamp();
            await starting;
            await answering;
            await crowd.SettledAsync($"everything is done after kill {kill + 1} (seed {seed})");
            say.WriteLine($"Kill {kill + 1}: {crowd.Slack.Calls.Count - said} calls, settled after {Stopwatch.GetElapsedTime(since).TotalSeconds:0.0} s, {answers.Confirmed} of {answers.Attempts} answers confirmed");
        }

        await StepsAreDoneAsync(crowd, seed);
        await answers.AreKeptAsync($"seed {seed}");
        Assert.True(answers.Confirmed >= FaultSize.Kills / 2, $"Only {answers.Confirmed} answers got through (seed {seed})");
        await SaidOnceAsync(crowd, seed);
        Assert.All(hosts.Alive, host => Assert.False(host.HasEnded));
    }

    /// <summary>A random number of messages after the step came due; or a random while after somebody began to decide, before or after it is saved.</summary>
    private static async Task AMomentAsync(SlackCrowd crowd, Random random, int said)
    {
        var (messages, deciding, late) = (random.Next(1, 30), random.Next(2) == 0, TimeSpan.FromMilliseconds(random.Next(250)));
        await Eventually.BecomesAsync(async () => deciding ? await IsDecidingAsync(crowd) : crowd.Slack.Calls.Count - said >= messages, within: TimeSpan.FromSeconds(20));
        var since = Stopwatch.GetTimestamp();
        await Eventually.BecomesAsync(() => Task.FromResult(!deciding || Stopwatch.GetElapsedTime(since) >= late), within: TimeSpan.FromSeconds(1));
    }

    /// <summary>The alarm clock's own table says that a host runs the job.</summary>
    private static async Task<bool> IsDecidingAsync(SlackCrowd crowd)
    {
        await using var db = crowd.Open();
        return await db.Database.SqlQuery<int>($"SELECT count(*)::int AS \"Value\" FROM qrtz_fired_triggers WHERE job_name = 'look-at-what-is-due'").SingleAsync() > 0;
    }

    /// <summary>One after the other, each by whichever host; the even ones, so that somebody is left to be reminded.</summary>
    private static async Task AnswerAsync(SlackAnswers answers, SomeHosts hosts, int seed)
    {
        var random = new Random(seed);
        for (var answer = 0; answer < AnswersPerKill; answer++)
        {
            hosts.PointToAny(random);
            await answers.TryAsync(random.Next(People / 2) * 2);
        }
    }

    private static async Task StepsAreDoneAsync(SlackCrowd crowd, int seed)
    {
        var now = TimeProvider.System.GetUtcNow();
        var lost = await crowd.AskAsync(db => (
            from step in db.RoundSteps
            where step.DueAt <= now && step.State != StepState.Done
            select step.Step + " " + step.State).ToListAsync());
        Assert.True(lost.Count == 0, $"Every step is done (seed {seed}): {string.Join(", ", lost)}");
        var rounds = await crowd.AskAsync(db => db.Rounds.CountAsync(r => r.State != RoundState.Planned));
        Assert.Equal(Loops * ((FaultSize.Kills + Steps.Length - 1) / Steps.Length), rounds);
        Assert.Equal(rounds / Loops * People, await crowd.AskAsync(db => db.Invitations.CountAsync()));
        Assert.Equal(rounds / Loops * People, await NotedAsync(crowd, "prompt:"));
        Assert.Equal(await crowd.AskAsync(db => db.Invitations.CountAsync(i => i.RemindedAt != null)), await NotedAsync(crowd, "remind:"));
        Assert.Equal(await crowd.AskAsync(db => db.Rounds.CountAsync(r => r.State == RoundState.InReview || r.State == RoundState.Closed)), await NotedAsync(crowd, "review:"));
        Assert.Equal(await crowd.AskAsync(db => db.Rounds.CountAsync(r => r.State == RoundState.Closed)), await NotedAsync(crowd, "digest:"));
    }

    private static Task<int> NotedAsync(SlackCrowd crowd, string keys) => crowd.AskAsync(db => db.PostedCards.CountAsync(p => p.Key.StartsWith(keys)));

    private async Task SaidOnceAsync(SlackCrowd crowd, int seed)
    {
        Assert.Empty(await Said.NeverAsync(crowd));
        var twice = await Said.TwiceAsync(crowd);
        foreach (var kill in _kills)
        {
            var then = twice.Where(said => said.At <= kill && kill - said.At < NotedWithin).ToList();
            say.WriteLine($"{then.Count} said again after the kill at {kill:HH:mm:ss.fff}");
            Assert.True(then.Count <= OnTheirWay, $"At most {OnTheirWay} were on their way at {kill:O}, and {then.Count} were said again (seed {seed})");
        }

        var otherwise = twice.Where(said => !_kills.Exists(kill => said.At <= kill && kill - said.At < NotedWithin)).Select(said => $"{said.At:O} {said.Words}").ToList();
        Assert.True(otherwise.Count == 0, $"Nothing is said twice but what was on its way when a host died (seed {seed}): {string.Join('\n', otherwise)}");
        say.WriteLine($"{Said.AllOf(crowd.Slack).Count} messages, {twice.Count} of them twice, {_kills.Count} kills");
    }
}

using System.Diagnostics;
using Bot.CheckIns;
using Bot.Tests;
using Microsoft.EntityFrameworkCore;
using Xunit.Abstractions;

namespace Bot.Host.Tests.Faults;

// A round of many people is cut off twice: while it is opened, and while a third of the people have their message. AFTERPILOT_TEST_PEOPLE says how many.
public sealed class BigRoundTests(ITestOutputHelper say)
{
    private const int OnTheirWay = 4;
    private const long MostMemory = 600;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3) + (FaultSize.People * TimeSpan.FromMilliseconds(60));

    [PostgresFact]
    public async Task A_round_cut_off_while_it_opens_and_while_it_goes_out_reaches_everybody_once()
    {
        var (seed, people) = (FaultSize.Seed, FaultSize.People);
        var random = new Random(seed);
        say.WriteLine($"{people} people, seed {seed}");
        await using var store = await TestStore.EmptyOnServerAsync();
        await using var crowd = await SlackCrowd.StartAsync(store.Address, people, loops: 1);
        await CutOffWhileOpeningAsync(crowd, random);
        var opened = await crowd.AskAsync(db => db.Invitations.CountAsync());
        Assert.True(opened == 0 || opened == people, $"All are invited or nobody is (seed {seed}): {opened}");
        say.WriteLine($"Killed while it opened: {opened} were invited");

        var first = await crowd.HostAsync();
        await Eventually.HoldsAsync($"a third has it (seed {seed})", () => Said.AllOf(crowd.Slack).Count > people / 3, Patience);
        await first.KillAsync();
        await first.DisposeAsync();
        var reached = Said.AllOf(crowd.Slack).Count;
        var since = Stopwatch.GetTimestamp();
        await using var second = await crowd.HostAsync();
        await crowd.SettledAsync($"everybody has it (seed {seed})", Patience);
        say.WriteLine($"Killed when {reached} were out; the rest came within {Stopwatch.GetElapsedTime(since).TotalSeconds:0} s; memory at most {second.MostMemory} MiB");

        Assert.Empty(await Said.NeverAsync(crowd));
        Assert.Equal(people, await crowd.AskAsync(db => db.PostedCards.CountAsync(p => p.Key.StartsWith("prompt:"))));
        var twice = await Said.TwiceAsync(crowd);
        say.WriteLine($"{twice.Count} said twice");
        Assert.InRange(twice.Count, 0, OnTheirWay);
        Assert.InRange(second.MostMemory, 1, MostMemory);
    }

    /// <summary>At a random moment after the alarm clock says that it is being opened; ten thousand take some seconds.</summary>
    private static async Task CutOffWhileOpeningAsync(SlackCrowd crowd, Random random)
    {
        await using var host = HostProcess.Launch(null, crowd.Settings);
        await Eventually.HoldsAsync("the round is being opened", async () =>
        {
            await using var db = crowd.Open();
            return await db.Database.SqlQuery<bool>($"SELECT EXISTS (SELECT FROM information_schema.tables WHERE table_name = 'qrtz_fired_triggers') AS \"Value\"").SingleAsync()
                && await db.Database.SqlQuery<int>($"SELECT count(*)::int AS \"Value\" FROM qrtz_fired_triggers WHERE job_name = 'look-at-what-is-due'").SingleAsync() > 0;
        }, Patience);
        var (late, since) = (TimeSpan.FromMilliseconds(random.Next(FaultSize.People / 4)), Stopwatch.GetTimestamp());
        await Eventually.BecomesAsync(() => Task.FromResult(Stopwatch.GetElapsedTime(since) >= late), TimeSpan.FromMinutes(1));
        await host.KillAsync();
    }
}

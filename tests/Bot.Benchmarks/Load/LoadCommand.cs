namespace Bot.Benchmarks.Load;

/// <summary><c>load</c>: everything due at once, alone and while answers come, with each number of hosts, into docs/load.md.</summary>
internal static class LoadCommand
{
    public static async Task RunAsync(string[] words, ReportFile report, TimeProvider clock)
    {
        var plan = LoadPlan.Read(words);
        var logs = Directory.CreateTempSubdirectory("afterpilot-load-logs-").FullName;
        Console.WriteLine($"The hosts' logs: {logs}");
        await using var postgres = await OwnPostgres.StartAsync();
        var circumstances = ReportFile.Circumstances(string.Join(' ', ["dotnet run -c Release --project tests/Bot.Benchmarks load", .. words]), postgres.Is, clock);
        var (alone, answering) = (new List<LoadOutcome>(), new List<LoadOutcome>());
        foreach (var hosts in plan.Hosts.Where(_ => plan.Alone))
        {
            alone.Add(await RunAsync(plan with { Rate = 0 }, hosts, postgres, logs, clock));
        }

        foreach (var hosts in plan.Hosts.Where(_ => plan.Rate > 0))
        {
            answering.Add(await RunAsync(plan, hosts, postgres, logs, clock));
        }

        LoadReport.Write(report, circumstances, alone, answering);
    }

    private static async Task<LoadOutcome> RunAsync(LoadPlan plan, int hosts, OwnPostgres postgres, string logs, TimeProvider clock)
    {
        var outcome = await new LoadRun(plan, hosts, postgres, logs, clock).RunAsync();
        Console.WriteLine($"{hosts} of hosts, {plan.Rate} answers a second: open after {outcome.Opened[^1].TotalSeconds:0.0} s, delivered after {outcome.Delivered[^1].TotalSeconds:0.0} s; "
            + $"{outcome.Minutes.Sum(minute => minute.Of(End.Taken)):N0} of {outcome.Minutes.Sum(minute => minute.Sent):N0} answers taken in time, p50 {Minute.Percentile(outcome.Minutes, 0.5):0.0} ms, p99 {Minute.Percentile(outcome.Minutes, 0.99):0.0} ms");
        return outcome;
    }
}

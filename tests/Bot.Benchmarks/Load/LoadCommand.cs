namespace Bot.Benchmarks.Load;

/// <summary><c>load</c>: everything due at once, alone and while answers come, with one host and with several, into docs/load.md.</summary>
internal static class LoadCommand
{
    public static async Task RunAsync(string[] words, ReportFile report, TimeProvider clock)
    {
        var plans = LoadPlan.Read(words);
        var logs = Directory.CreateTempSubdirectory("afterpilot-load-logs-").FullName;
        Console.WriteLine($"The hosts' logs: {logs}");
        await using var postgres = await OwnPostgres.StartAsync();
        var circumstances = ReportFile.Circumstances(string.Join(' ', ["dotnet run -c Release --project tests/Bot.Benchmarks load", .. words]), postgres.Is, clock);
        var outcomes = new List<LoadOutcome>();
        foreach (var plan in plans)
        {
            var outcome = await new LoadRun(plan, postgres, logs, clock).RunAsync();
            Console.WriteLine($"{plan.Name}: open after {outcome.Opened[^1].TotalSeconds:0.0} s, delivered after {outcome.Delivered[^1].TotalSeconds:0.0} s; "
                + $"{outcome.Minutes.Sum(minute => minute.Of(End.Taken)):N0} of {outcome.Minutes.Sum(minute => minute.Sent):N0} answers taken in time, p50 {Minute.Percentile(outcome.Minutes, 0.5):0.0} ms, p99 {Minute.Percentile(outcome.Minutes, 0.99):0.0} ms");
            outcomes.Add(outcome);
            LoadReport.Write(report, circumstances, outcomes);
        }
    }
}

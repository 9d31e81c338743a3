namespace Bot.Benchmarks.Load;

/// <summary>One run: how large a load is, and for how long.</summary>
/// <param name="Hosts">How many hosts share the database.</param>
/// <param name="Rate">Answers a second, whether or not the earlier ones are through; none where everything due is all there is.</param>
/// <param name="Answering">How long answers come.</param>
/// <param name="Median">Of the time in which the platform answers a call.</param>
internal sealed record LoadPlan(int Hosts, int Workspaces, int LoopsEach, int PeoplePerLoop, int Rate, TimeSpan Answering, TimeSpan Median)
{
    public const string Usage = "load [--loops 5000] [--people 10] [--workspaces 100] [--latency MILLISECONDS] [HOSTS | HOSTSxRATExMINUTES ...]";
    private static readonly string[] All = ["1", "2", "1x500x30", "2x500x30"];

    public int Loops => Workspaces * LoopsEach;

    public int Prompts => Loops * PeoplePerLoop;

    /// <summary>"2 hosts, 500 answers/s".</summary>
    public string Name => (Hosts == 1 ? "1 host" : $"{Hosts} hosts") + (Rate > 0 ? $", {Rate} answers/s" : "");

    /// <summary>For a file.</summary>
    public string Short => $"{Hosts}-{Rate}";

    /// <exception cref="ArgumentException">It is not written as <see cref="Usage"/> says.</exception>
    public static IReadOnlyList<LoadPlan> Read(IReadOnlyList<string> words)
    {
        var said = new Dictionary<string, double> { ["loops"] = 5000, ["people"] = 10, ["workspaces"] = 100, ["latency"] = 80 };
        var left = new Queue<string>(words);
        while (left.TryPeek(out var next) && next.StartsWith("--", StringComparison.Ordinal))
        {
            var name = left.Dequeue()[2..];
            said[name] = said.ContainsKey(name) && left.TryDequeue(out var number) && double.TryParse(number, out var value) && value > 0 ? value : throw Not(next);
        }

        var workspaces = (int)said["workspaces"];
        return [.. (left.Count > 0 ? left.ToArray() : All).Select(run =>
        {
            var numbers = run.Split('x').Select(part => double.TryParse(part, out var number) && number > 0 ? number : throw Not(run)).ToList();
            var plan = new LoadPlan((int)numbers[0], workspaces, (int)said["loops"] / workspaces, (int)said["people"], 0, TimeSpan.Zero, TimeSpan.FromMilliseconds(said["latency"]));
            return plan.Prompts > 0 ? numbers switch
            {
                [_] => plan,
                [_, var rate, var minutes] => plan with { Rate = (int)rate, Answering = TimeSpan.FromMinutes(minutes) },
                _ => throw Not(run),
            } : throw Not(run);
        })];
    }

    private static ArgumentException Not(string word) => new($"Not understood: {word}. {Usage}");
}

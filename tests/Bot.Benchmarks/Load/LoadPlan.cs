namespace Bot.Benchmarks.Load;

/// <summary>How large a load is, and for how long.</summary>
/// <param name="Hosts">How many hosts share the database; a run for each.</param>
/// <param name="Rate">Answers a second, whether or not the earlier ones are through.</param>
/// <param name="Answering">How long answers come.</param>
/// <param name="Median">Of the time in which the platform answers a call.</param>
/// <param name="Alone">Once without answers first.</param>
internal sealed record LoadPlan(int[] Hosts, int Workspaces, int LoopsEach, int PeoplePerLoop, int Rate, TimeSpan Answering, TimeSpan Median, bool Alone)
{
    public const string Usage = "load [--minutes 30] [--hosts 1|2] [--rate 500] [--loops 5000] [--people 10] [--workspaces 100] [--latency MILLISECONDS] [--alone 1|0]";

    public int Loops => Workspaces * LoopsEach;

    public int Prompts => Loops * PeoplePerLoop;

    /// <exception cref="ArgumentException">It is not written as <see cref="Usage"/> says.</exception>
    public static LoadPlan Read(IReadOnlyList<string> words)
    {
        var said = new Dictionary<string, double>();
        foreach (var pair in words.Chunk(2))
        {
            if (pair is not [['-', '-', .. var name], var number] || !double.TryParse(number, out var value) || value < 0)
            {
                throw new ArgumentException($"Not understood: {string.Join(' ', pair)}. {Usage}");
            }

            said[name] = value;
        }

        double Take(string name, double otherwise) => said.Remove(name, out var value) ? value : otherwise;
        var hosts = Take("hosts", 0);
        var workspaces = (int)Take("workspaces", 100);
        var plan = new LoadPlan(
            hosts == 0 ? [1, 2] : [(int)hosts], workspaces, (int)Take("loops", 5000) / workspaces, (int)Take("people", 10), (int)Take("rate", 500),
            TimeSpan.FromMinutes(Take("minutes", 30)), TimeSpan.FromMilliseconds(Take("latency", 80)), Take("alone", 1) > 0);
        return said.Count == 0 && plan.Prompts > 0 ? plan : throw new ArgumentException($"Not understood: {string.Join(", ", said.Keys)}. {Usage}");
    }
}

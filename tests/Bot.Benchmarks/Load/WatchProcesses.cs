using System.Globalization;

namespace Bot.Benchmarks.Load;

/// <summary>What processes of this machine use, second by second, from /proc.</summary>
internal sealed class WatchProcesses(IReadOnlyDictionary<string, Func<IEnumerable<int>>> groups, TimeProvider clock)
{
    /// <summary>USER_HZ, which is 100 on every Linux that .NET runs on (proc(5)).</summary>
    private const double TicksPerSecond = 100;
    private readonly Dictionary<string, Dictionary<int, long>> _used = [];

    public List<Sample> Samples { get; } = [];

    public async Task RunAsync(CancellationToken ct)
    {
        var start = clock.GetTimestamp();
        var last = TimeSpan.Zero;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), clock);
        try
        {
            do
            {
                var now = clock.GetElapsedTime(start);
                foreach (var (name, processes) in groups)
                {
                    Look(name, processes(), now, now - last);
                }

                last = now;
            }
            while (await timer.WaitForNextTickAsync(ct));
        }
        catch (OperationCanceledException)
        {
            // Told to end.
        }
    }

    /// <summary>A process and all that descend from it.</summary>
    public static IEnumerable<int> Family(int parent) => Directory.EnumerateDirectories("/proc").Select(Path.GetFileName)
        .Where(name => int.TryParse(name, out _)).Select(int.Parse!).Where(id => id == parent || ParentOf(id) == parent);

    private static int? ParentOf(int id) => Stat(id) is { } fields ? int.Parse(fields[1], CultureInfo.InvariantCulture) : null;

    private void Look(string name, IEnumerable<int> processes, TimeSpan now, TimeSpan passed)
    {
        var (used, memory, shared) = (new Dictionary<int, long>(), 0L, 0L);
        foreach (var id in processes)
        {
            if (Stat(id) is { } fields)
            {
                used[id] = long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
                memory += Kilobytes(id, "RssAnon:");
                // What several processes of a family share, the program and its common memory, is there once.
                shared = Math.Max(shared, Kilobytes(id, "RssShmem:") + Kilobytes(id, "RssFile:"));
            }
        }

        if (_used.TryGetValue(name, out var before) && passed > TimeSpan.Zero)
        {
            var ticks = used.Sum(process => process.Value - before.GetValueOrDefault(process.Key));
            Samples.Add(new Sample(name, now, ticks / TicksPerSecond / passed.TotalSeconds, (memory + shared) / 1024.0));
        }

        _used[name] = used;
    }

    /// <summary>What follows the program's name in brackets; null for a process that is gone.</summary>
    private static string[]? Stat(int id) => Read($"/proc/{id}/stat") is { Length: > 0 } text ? text[(text.LastIndexOf(')') + 2)..].Split(' ') : null;

    private static long Kilobytes(int id, string what)
    {
        var text = Read($"/proc/{id}/status");
        var at = text.IndexOf(what, StringComparison.Ordinal);
        return at < 0 ? 0 : long.Parse(text.AsSpan(at + what.Length, text.IndexOf("kB", at, StringComparison.Ordinal) - at - what.Length).Trim(), NumberStyles.None, CultureInfo.InvariantCulture);
    }

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            // The process has ended since it was listed.
            return "";
        }
    }
}

/// <param name="Cores">Processor time used in a second, in seconds.</param>
/// <param name="Megabytes">Resident.</param>
internal sealed record Sample(string Who, TimeSpan At, double Cores, double Megabytes);

using Bot.Benchmarks.Growth;
using Bot.Benchmarks.Load;
using Bot.Tests;

namespace Bot.Benchmarks.Tests;

// The load commands, small: two hosts share a database, every prompt goes out once and every answer that was taken is there (a run refuses otherwise); growth is measured on
// both databases; the document has its tables and plots; what is not understood is refused. No time is judged.
public sealed class ShortLoadTests : IDisposable
{
    private static readonly string[] Places = ["due", "answers", "statements", "growth"];
    private readonly string _docs = Directory.CreateTempSubdirectory("afterpilot-docs-").FullName;

    public ShortLoadTests() => File.WriteAllText(Path.Combine(_docs, "load.md"), string.Concat(Places.Select(place => $"Before {place}.\n<!-- {place}: begin -->\nold\n<!-- {place}: end -->\n")));

    public void Dispose() => Directory.Delete(_docs, recursive: true);

    [PostgresFact]
    public async Task A_small_load_on_two_hosts_loses_and_doubles_nothing_and_writes_its_report()
    {
        await LoadCommand.RunAsync(["--workspaces", "4", "--loops", "20", "--people", "5", "--latency", "5", "2x20x0.1"], new ReportFile(_docs), TimeProvider.System);

        var report = Report();
        Assert.Contains("| 20 x 5, 20 answers a second meanwhile | 2 |", report);
        Assert.Contains("| 2 | 20 | 0.1 | 120 |", report);
        Assert.All(new[] { "due", "answers-2-20", "cores-2-20", "memory-2-20" }, plot => Assert.Contains($"load/{plot}.svg", report));
        Assert.All(Directory.GetFiles(Path.Combine(_docs, "load")), plot => Assert.Contains("</svg>", File.ReadAllText(plot)));
        Assert.Contains("Before growth.\n<!-- growth: begin -->\nold\n", report);
    }

    [PostgresFact]
    public async Task Growth_is_measured_on_both_databases()
    {
        await GrowthCommand.RunAsync([(100, 2), (200, 2), (100, 4)], calls: 4, "growth", new ReportFile(_docs), TimeProvider.System);

        var report = Report();
        Assert.All(new[] { "| SQLite | 100 | 2 | 3,101 |", "| SQLite | 200 | 2 |", "| PostgreSQL | 100 | 4 |", "| loops | status | SQLite |", "| weeks | sweep, 50 rounds due | PostgreSQL |" }, row => Assert.Contains(row, report));
    }

    [Theory]
    [InlineData("--loop", "3")]
    [InlineData("--people", "many")]
    [InlineData("--people")]
    [InlineData("2x500")]
    [InlineData("2x500x30", "1x")]
    public void What_is_not_understood_is_refused(params string[] words)
    {
        var refused = Assert.Throws<ArgumentException>(() => LoadPlan.Read(words));

        Assert.Contains(LoadPlan.Usage, refused.Message);
    }

    private string Report() => File.ReadAllText(Path.Combine(_docs, "load.md"));
}

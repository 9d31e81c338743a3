using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Bot.Benchmarks;

/// <summary>Writes what was measured into a document: each table between markers of its own, in place of the earlier one, and plots beside it.</summary>
internal sealed class ReportFile(string folder)
{
    private const string Document = "load.md";

    /// <summary>The docs of the checkout this was built in, or of the folder it is run in.</summary>
    public static ReportFile OfCheckout()
    {
        for (var folder = new DirectoryInfo(Directory.GetCurrentDirectory()); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "docs", Document)))
            {
                return new ReportFile(Path.Combine(folder.FullName, "docs"));
            }
        }

        throw new InvalidOperationException($"There is no docs/{Document} here or above: run it in the checkout.");
    }

    /// <exception cref="InvalidOperationException">The document has no such markers.</exception>
    public void Put(string name, string text)
    {
        var file = Path.Combine(folder, Document);
        var document = File.ReadAllText(file);
        var (begin, end) = ($"<!-- {name}: begin -->\n", $"<!-- {name}: end -->");
        var (from, to) = (document.IndexOf(begin, StringComparison.Ordinal), document.IndexOf(end, StringComparison.Ordinal));
        if (from < 0 || to < from)
        {
            throw new InvalidOperationException($"{file} has no place for {name}.");
        }

        File.WriteAllText(file, document[..(from + begin.Length)] + text.TrimEnd() + "\n" + document[to..]);
    }

    /// <returns>How the document shows it.</returns>
    public string Draw(string name, Plot plot, params IReadOnlyList<Line> lines)
    {
        Directory.CreateDirectory(Path.Combine(folder, "load"));
        File.WriteAllText(Path.Combine(folder, "load", name + ".svg"), plot.Draw(lines));
        return $"![{plot.Title}](load/{name}.svg)\n";
    }

    /// <summary>When, on what, with which versions and how busy it was.</summary>
    public static string Circumstances(string command, string database, TimeProvider clock)
    {
        var processor = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024 * 1024 * 1024.0);
        var load = File.ReadAllText("/proc/loadavg").Split(' ')[0];
        return $"{clock.GetUtcNow():d MMMM yyyy, HH:mm} UTC; {processor}, {Environment.ProcessorCount} cores, {memory:0.0} GB; {RuntimeInformation.OSDescription}; {RuntimeInformation.FrameworkDescription}; {database}; "
            + $"commit {Commit()}; load average at the beginning {load}. `{command}`\n";
    }

    private static string Commit()
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["describe", "--always", "--dirty"]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var commit = git.StandardOutput.ReadToEnd().Trim();
        git.WaitForExit();
        return commit.Length > 0 ? commit : "unknown";
    }
}

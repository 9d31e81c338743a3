using System.Globalization;
using System.Text;

namespace Bot.Benchmarks.Load;

/// <summary>What the runs came to, as text for the document and plots beside it.</summary>
internal static class LoadReport
{
    private const int LongestSql = 150;

    public static void Write(ReportFile report, string circumstances, IReadOnlyList<LoadOutcome> runs)
    {
        var answering = runs.Where(run => run.Plan.Rate > 0).ToList();
        report.Put("due", circumstances + "\n" + Due(runs) + "\n" + DuePlot(report, runs));
        report.Put("answers", circumstances + "\n" + (answering.Count == 0 ? "Not run.\n" : Answers(answering) + "\n" + AnswerPlots(report, answering) + "\n" + string.Join("\n", answering.Select(PerMinute))));
        report.Put("statements", string.Join("\n", (answering.Count > 0 ? answering : runs).Select(Statements)));
    }

    private static string Due(IReadOnlyList<LoadOutcome> runs)
    {
        var text = new StringBuilder(
            "| loops due in one minute | hosts | all rounds open | all prompts in the outbox | prompts with Slack: half | 90 % | 99 % | all | messages a second |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
        foreach (var run in runs)
        {
            var busy = run.Plan.Rate > 0 ? $", {run.Plan.Rate} answers a second meanwhile" : "";
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {run.Plan.Loops:N0} x {run.Plan.PeoplePerLoop}{busy} | {run.Plan.Hosts} | {Seconds(run.Opened[^1])} | {Seconds(run.Queued)} | {Seconds(At(run.Delivered, 0.5))} | {Seconds(At(run.Delivered, 0.9))} | {Seconds(At(run.Delivered, 0.99))} | {Seconds(run.Delivered[^1])} | {run.Delivered.Count / run.Delivered[^1].TotalSeconds:0} |");
        }

        return text.ToString();
    }

    private static string DuePlot(ReportFile report, IReadOnlyList<LoadOutcome> runs) => report.Draw(
        "due", new Plot("Prompts that are with Slack, from the minute they fall due", "seconds since they fell due", "prompts"),
        [.. runs.Select(run => new Line(run.Plan.Name, Thinned(run.Delivered)))]);

    private static string Answers(IReadOnlyList<LoadOutcome> runs)
    {
        var text = new StringBuilder(
            "| hosts | answers meant a second | minutes | answers | taken in time | acknowledged, done after | asked to try again | later than 3 s | refused | taken a second | p50 | p99 | p99.9 | cards still waiting at the end |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
        foreach (var run in runs)
        {
            int Sum(End end) => run.Minutes.Sum(minute => minute.Of(end));
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {run.Plan.Hosts} | {run.Plan.Rate} | {run.Plan.Answering.TotalMinutes:0.##} | {run.Minutes.Sum(m => m.Sent):N0} | {Sum(End.Taken):N0} | {Sum(End.PutOff):N0} | {Sum(End.NotBegun):N0} | {Sum(End.TooLate):N0} | {Sum(End.Refused):N0} | {Sum(End.Taken) / run.Plan.Answering.TotalSeconds:0} | {Milliseconds(run.Minutes, 0.5)} | {Milliseconds(run.Minutes, 0.99)} | {Milliseconds(run.Minutes, 0.999)} | {run.Waiting:N0} |");
        }

        return text.ToString();
    }

    private static string AnswerPlots(ReportFile report, IReadOnlyList<LoadOutcome> runs) => string.Concat(runs.Select(run =>
    {
        Line Latency(string name, double share) => new(name, [.. run.Minutes.Select((minute, i) => (i + 1.0, Minute.Percentile([minute], share)))]);
        return report.Draw($"answers-{run.Plan.Short}", new Plot($"How long an answer takes, {run.Plan.Name}", "minute", "milliseconds, by tens", YByTens: true), Latency("p50", 0.5), Latency("p99", 0.99), Latency("p99.9", 0.999))
            + report.Draw($"cores-{run.Plan.Short}", new Plot($"Processor time, {run.Plan.Name}", "minutes since all fell due", "cores"), Used(run, sample => sample.Cores))
            + report.Draw($"memory-{run.Plan.Short}", new Plot($"Resident memory, {run.Plan.Name}", "minutes since all fell due", "MB"), Used(run, sample => sample.Megabytes));
    }));

    /// <summary>Means of ten seconds.</summary>
    private static IReadOnlyList<Line> Used(LoadOutcome run, Func<Sample, double> what) => [.. run.Samples.GroupBy(sample => sample.Who).Select(who => new Line(
        who.Key, [.. who.GroupBy(sample => (int)sample.At.TotalSeconds / 10).Select(part => (((part.Key * 10) + 5) / 60.0, part.Average(what)))]))];

    private static string PerMinute(LoadOutcome run)
    {
        var who = run.Samples.Select(sample => sample.Who).Distinct().ToList();
        var text = new StringBuilder($"<details><summary>Minute by minute, {run.Plan.Name}</summary>\n\n| minute | answers | not in time | p50 | p99 | p99.9 |{string.Concat(who.Select(name => $" {name}: cores, MB |"))}\n| --- | --- | --- | --- | --- | --- |{string.Concat(who.Select(_ => " --- |"))}\n");
        foreach (var (i, minute) in run.Minutes.Index())
        {
            var (from, to) = (run.AnswersFrom + TimeSpan.FromMinutes(i), run.AnswersFrom + TimeSpan.FromMinutes(i + 1));
            var during = run.Samples.Where(sample => sample.At >= from && sample.At < to).ToLookup(sample => sample.Who);
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {i + 1} | {minute.Sent:N0} | {minute.Sent - minute.Of(End.Taken):N0} | {Milliseconds([minute], 0.5)} | {Milliseconds([minute], 0.99)} | {Milliseconds([minute], 0.999)} |{string.Concat(who.Select(name => during[name].Any() ? $" {during[name].Average(s => s.Cores):0.00}, {during[name].Max(s => s.Megabytes):0} |" : " |"))}");
        }

        return text.Append("\n</details>\n").ToString();
    }

    private static string Statements(LoadOutcome run)
    {
        if (run.Statements.Count == 0)
        {
            return "The server was not ours, so nothing is known of its statements.\n";
        }

        var text = new StringBuilder($"{run.Plan.Name}; calls to Slack: {string.Join(", ", run.Calls.OrderByDescending(call => call.Value).Select(call => $"{call.Key} {call.Value:N0}"))}.\n\n| time in the server | calls | each | rows | pages a call | statement |\n| --- | --- | --- | --- | --- | --- |\n");
        foreach (var s in run.Statements)
        {
            var sql = string.Join(' ', s.Sql.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace("|", "\\|", StringComparison.Ordinal);
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {s.Milliseconds / 1000:0.0} s | {s.Calls:N0} | {s.Milliseconds / s.Calls:0.00} ms | {s.Rows:N0} | {(double)s.Blocks / s.Calls:0.0} | `{(sql.Length > LongestSql ? sql[..LongestSql] + "..." : sql)}` |");
        }

        return text.ToString();
    }

    private static IReadOnlyList<(double X, double Y)> Thinned(IReadOnlyList<TimeSpan> times)
    {
        var step = Math.Max(1, times.Count / 50);
        return [.. Enumerable.Range(0, times.Count).Where(i => i % step == 0 || i == times.Count - 1).Select(i => (times[i].TotalSeconds, i + 1.0))];
    }

    private static TimeSpan At(IReadOnlyList<TimeSpan> times, double share) => times[Math.Min(times.Count - 1, (int)(times.Count * share))];

    private static string Seconds(TimeSpan time) => $"{time.TotalSeconds:0.0} s";

    private static string Milliseconds(IEnumerable<Minute> minutes, double share) => $"{Minute.Percentile(minutes, share):0.0} ms";
}

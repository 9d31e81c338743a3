using Bot.Cards;
using Bot.Trends;
using Bot.Warnings;

namespace Bot.Reports;

/// <summary>One thing a manager has to know first.</summary>
/// <param name="Kind">"critical", "warning", "notice", "signal" or "overdue".</param>
public sealed record AttentionLine(string Kind, string Text);

/// <summary>What of a report needs somebody now: open warnings, signals the wrong way in the last week, promises not kept. Pure.</summary>
public static class NeedsAttention
{
    public static IReadOnlyList<AttentionLine> In(Report report)
    {
        var running = report.Loops.Where(l => l.EndedOn is null).ToList();
        return
        [
            .. report.Warnings.Where(w => w.State == WarningState.Open).Select(w => new AttentionLine(Level(w.Level), w.Finding)),
            .. from loop in running
               from series in loop.Series
               where TrendWords.Attention(series.Chart, series.Words.Measure) is not null
               select new AttentionLine("signal", $"{series.Words.Title}: {ChartWords.Current(series)}"),
            .. running.SelectMany(l => l.Actions).Where(a => a.Overdue).Select(a => new AttentionLine("overdue", $"{a.Text} ({a.Owner}, due {Say.Date(a.DueOn, report.Today)})")),
        ];
    }

    public static string Level(int level) => level switch { 1 => "notice", 2 => "warning", _ => "critical" };
}

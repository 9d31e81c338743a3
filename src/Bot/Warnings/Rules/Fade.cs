using Bot.Cards;
using Bot.Trends;

namespace Bot.Warnings.Rules;

/// <summary>
/// The first weeks had something these lack: the answer rate or the performance has a signal downward that reaches into the last two weeks. Imported weeks
/// may stand in the chart; a signal of them alone counts only for a loop without weeks of its own, and only if it is from the last weeks before today.
/// </summary>
public sealed class Fade : IRule
{
    private const int LastWeeks = 2;
    private const int Recent = 4;

    public string Id => "fade";

    public string Question => "What did the first weeks have that these lack?";

    public string Explanation =>
        "It fires when the answer rate or the performance has a signal downward within the last two weeks, after the first weeks. A signal says look, not that it is so. It ends when the signal is two weeks old.";

    public Finding? Look(WarningFacts facts, Thresholds thresholds)
    {
        var found = new[] { (SeriesName.AnswerRate, "answer rate"), (SeriesName.Performance, "performance") }
            .Select(s => (Name: s.Item2, Chart: facts.ChartOf(s.Item1))).Select(s => (s.Name, s.Chart, Signal: Falling(facts, s.Chart, thresholds.Whole("fade.weeks"))))
            .Where(s => s.Signal is not null).ToList();
        return found.Count == 0 ? null : new Finding(
            found.Count > 1 || found.Exists(s => !s.Signal!.Trial) ? Finding.Warning : Finding.Notice,
            $"A signal downward in {string.Join(" and ", found.Select(s => s.Name))}.",
            [.. found.Select(s => $"{char.ToUpperInvariant(s.Name[0])}{s.Name[1..]}: {InWords(s.Signal!, s.Chart, facts)}")]);
    }

    private static Signal? Falling(WarningFacts facts, ProcessBehaviourChart chart, int first)
    {
        var weeks = chart.Series.Weeks;
        return chart.Signals.FirstOrDefault(s => !s.Up && s.To >= weeks.Count - LastWeeks && s.To >= first && facts.WeeksSince(weeks[s.To].ReviewDate) < Recent
            && (facts.Lived.Count == 0 || Enumerable.Range(s.From, s.To - s.From + 1).Any(i => weeks[i].Value is not null && !facts.Weeks[i].Imported)));
    }

    private static string InWords(Signal signal, ProcessBehaviourChart chart, WarningFacts facts)
    {
        var weeks = chart.Series.Weeks;
        var limits = chart.Runs.Single(r => r.From <= signal.From && signal.To <= r.To).Limits!;
        var (value, mean) = (Say.Number(weeks[signal.To].Value!.Value), Say.Number(limits.Mean));
        return signal.Rule switch
        {
            SignalRule.OutsideLimits => $"{value} in the {Say.Week(weeks[signal.To].ReviewDate, facts.Today)}, below the lower limit {Say.Number(limits.LowerLimit!.Value)} (mean {mean})",
            SignalRule.EightOnOneSide => $"eight weeks or more in a row below the mean {mean}, the last {value}",
            _ => $"three of four weeks nearer to the lower limit than to the mean {mean}, the last {value}",
        } + (signal.Trial ? "; trial limits." : ".");
    }
}

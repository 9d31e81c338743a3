using Bot.Cards;
using Bot.Digests;
using Bot.Initiatives;
using Bot.Trends;

namespace Bot.Warnings.Rules;

/// <summary>
/// People say it works, and what they do has not changed. Improved is: a signal towards better anywhere in the chart, the target reached, or a
/// level that lies beyond routine variation on the better side of the recorded baseline (a metric that was better from the first week has no signal to show).
/// </summary>
public sealed class BehaviourFlat : IRule
{
    private const int FewestValues = 6;
    private const int Lately = 4;

    public string Id => "behaviour-flat";

    public string Question => "What would have to change in the work itself?";

    public string Explanation =>
        "It fires when the behaviour metric has been recorded for weeks without a signal towards better, while people rate the performance as fine. It ends with an improving signal, or with the target.";

    public Finding? Look(WarningFacts facts, Thresholds thresholds)
    {
        if (facts.Initiative is not { Metric: { } metric, Stage: Stage.Pilot or Stage.Deploying or Stage.Production })
        {
            return null;
        }

        var chart = facts.ChartOf(SeriesName.Behaviour);
        var values = chart.Series.Weeks.Where(w => w.Value is not null).ToList();
        var patience = thresholds.Whole("behaviour-flat.weeks");
        var weeks = values.Count == 0 ? 0 : facts.WeeksSince(values[0].ReviewDate);
        if (values.Count < FewestValues || weeks < patience || !Fresh(facts, values[^1].ReviewDate)
            || HasImproved(metric, chart, values) || !IsFine(facts, thresholds["behaviour-flat.fine"], out var performance))
        {
            return null;
        }

        return new Finding(
            weeks >= 2 * patience ? Finding.Warning : Finding.Notice,
            $"The behaviour metric shows no improving signal in {weeks} weeks, while performance is fine.",
            [
                $"{values.Count} weekly values since {facts.Say(values[0].ReviewDate)}: first {Say.Number(values[0].Value!.Value)}, last {Say.Number(values[^1].Value!.Value)}"
                    + (metric.Target is { } target ? $", target {Say.Number(target)}." : "."),
                $"Performance {Words.Mean(performance)} of 5 over the last {Lately} weeks with figures.",
            ]);
    }

    private static bool Fresh(WarningFacts facts, DateOnly last) => facts.WeeksSince(last) <= Lately;

    private static bool HasImproved(BehaviourMetric metric, ProcessBehaviourChart chart, List<WeekValue> values)
    {
        var up = metric.Better == Direction.Up;
        var recent = values.TakeLast(Lately).Average(v => v.Value!.Value);
        return chart.Signals.Any(s => s.Up == up)
            || (metric.Target is { } target && (up ? recent >= target : recent <= target))
            || (metric.Baseline is { } baseline && (up ? recent - baseline : baseline - recent) > Limits.Natural * (chart.Now?.Limits?.MovingRange ?? 0) && recent != baseline);
    }

    private static bool IsFine(WarningFacts facts, double fine, out double mean)
    {
        var means = facts.Weeks.Where(w => w.Mean is not null).TakeLast(Lately).Select(w => w.Mean!.Value).ToList();
        mean = means.Count > 0 ? means.Average() : 0;
        return mean >= fine && !facts.ChartOf(SeriesName.Performance).Current.Any(s => !s.Up);
    }
}

using Bot.Cards;
using Bot.CheckIns;
using Bot.Evidence;

namespace Bot.Warnings.Rules;

/// <summary>
/// Drift is confirmed, by enough people or by a monitor, and no action followed; or people and monitors say the opposite, weeks running.
/// What monitors said in the seven days up to a review belongs to its week; drift older than six weeks that nobody sees any more is over.
/// </summary>
public sealed class DriftUnattended : IRule
{
    private const int Remembered = 6;

    public string Id => "drift-unattended";

    public string Question => "Who looks at it, and by when?";

    public string Explanation =>
        "It fires when drift is confirmed (by some people, by a share of those who answered the drift question, or by a monitor) and no action is added in the weeks after, or when people and monitors disagree weeks running. It ends with an action, or when they agree again.";

    public Finding? Look(WarningFacts facts, Thresholds thresholds)
    {
        var weeks = facts.Lived.Where(w => facts.WeeksSince(w.ReviewDate) < Remembered).ToList();
        var seen = weeks.Where(w => PeopleSee(w, thresholds)).Select(w => w.ReviewDate)
            .Concat(facts.Monitors.Where(m => m.Verdict == Verdict.Drift && facts.WeeksSince(m.On) < Remembered).Select(m => m.On)).Order().ToList();
        var answered = facts.ActionsAdded.Count > 0 ? facts.ActionsAdded.Max() : DateOnly.MinValue;
        var patience = thresholds.Whole("drift-unattended.weeks");
        if (seen.FirstOrDefault(d => d > answered) is var first && first != default && facts.WeeksSince(first) is var waited && waited >= patience)
        {
            return new Finding(
                waited >= 2 * patience ? Finding.Critical : Finding.Warning,
                $"Drift was confirmed {Say.Count(waited, "week")} ago and no action followed.",
                [.. Lines(facts, weeks), $"No action added since {facts.Say(first)}."]);
        }

        var apart = weeks.Running(w => Disagree(facts, w, thresholds));
        return apart < thresholds.Whole("drift-unattended.disagree") ? null : new Finding(
            Finding.Notice,
            PeopleSee(weeks[^1], thresholds)
                ? $"People see drift that the monitors do not, {apart} weeks running."
                : $"Monitors report drift that people do not see, {apart} weeks running.",
            [.. Lines(facts, weeks)]);
    }

    private static int Asked(WeekInNumbers week) => week.DriftYes + week.DriftNotSure + week.DriftNo;

    private static bool PeopleSee(WeekInNumbers week, Thresholds thresholds) => week.DriftYes > 0 && Asked(week) >= CountAnswers.Fewest
        && (week.DriftYes >= thresholds.Whole("drift-unattended.people") || week.DriftYes >= thresholds["drift-unattended.share"] * Asked(week));

    private static IEnumerable<Monitored> During(WarningFacts facts, WeekInNumbers week) =>
        facts.Monitors.Where(m => m.On <= week.ReviewDate && m.On > week.ReviewDate.AddDays(-7) && m.Verdict != Verdict.Unknown);

    private static bool Disagree(WarningFacts facts, WeekInNumbers week, Thresholds thresholds)
    {
        var said = During(facts, week).Select(m => m.Verdict).ToList();
        return said.Count > 0
            && ((PeopleSee(week, thresholds) && said.TrueForAll(v => v == Verdict.None))
                || (said.Contains(Verdict.Drift) && Asked(week) >= CountAnswers.Fewest && !PeopleSee(week, thresholds)));
    }

    private static IEnumerable<string> Lines(WarningFacts facts, IReadOnlyList<WeekInNumbers> weeks)
    {
        foreach (var week in weeks.TakeLast(4))
        {
            var monitors = During(facts, week).ToList();
            var drifting = monitors.Where(m => m.Verdict == Verdict.Drift).Select(m => m.Series).Distinct().Order(StringComparer.Ordinal).Take(3).ToList();
            yield return $"{Say.Week(week.ReviewDate, facts.Today)}: {week.DriftYes} of {Asked(week)} people saw drift; monitors: "
                + (drifting.Count > 0 ? $"drift in {string.Join(", ", drifting)}" : monitors.Count > 0 ? "no drift" : "nothing received");
        }
    }
}

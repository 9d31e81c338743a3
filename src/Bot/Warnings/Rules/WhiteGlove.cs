using Bot.Cards;
using Bot.Initiatives;
using Bot.Trends;

namespace Bot.Warnings.Rules;

/// <summary>
/// Support per user does not fall, or performance falls as support does. Compared are the halves of the last weeks with hours given; support
/// that is next to nothing proves nothing and is left alone.
/// </summary>
public sealed class WhiteGlove : IRule
{
    public string Id => "white-glove";

    public string Question => "What happens in the week nobody helps?";

    public string Explanation =>
        "It fires when the hours of special support per user did not fall between the two halves of the last weeks, or when they fell and performance has a signal downward. It ends when support falls and performance holds.";

    public Finding? Look(WarningFacts facts, Thresholds thresholds)
    {
        var all = facts.ChartOf(SeriesName.SupportHours).Series.Weeks.Where(w => w.Value is not null).ToList();
        var weeks = thresholds.Whole("white-glove.weeks") / 2 * 2;
        if (facts.Initiative.Stage is not (Stage.Pilot or Stage.Deploying or Stage.Production) || all.Count < weeks || facts.WeeksSince(all[^1].ReviewDate) > 2)
        {
            return null;
        }

        var (before, now) = Halves(all.TakeLast(weeks));
        if (now < thresholds["white-glove.hours"] && before < thresholds["white-glove.hours"])
        {
            return null;
        }

        IReadOnlyList<string> lines = [$"{Say.Number(before)} hours per user and week in the first half of {weeks} weeks, {Say.Number(now)} in the second."];
        if (now >= before)
        {
            var longer = all.Count >= 2 * weeks && Halves(all.TakeLast(2 * weeks)) is var (early, late) && late >= early;
            return new Finding(longer ? Finding.Warning : Finding.Notice, $"Special support per user has not fallen over {(longer ? 2 * weeks : weeks)} weeks.", lines);
        }

        return !facts.ChartOf(SeriesName.Performance).Current.Any(s => !s.Up) ? null
            : new Finding(Finding.Warning, "Performance falls as special support does.", [.. lines, "Performance has a signal downward in the last week."]);
    }

    private static (double Before, double Now) Halves(IEnumerable<WeekValue> weeks)
    {
        var values = weeks.Select(w => w.Value!.Value).ToList();
        return (values.Take(values.Count / 2).Average(), values.Skip(values.Count / 2).Average());
    }
}

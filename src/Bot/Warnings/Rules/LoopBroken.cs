using Bot.Cards;
using Bot.CheckIns;

namespace Bot.Warnings.Rules;

/// <summary>
/// Reviews in a row that nobody held, or weeks in a row in which fewer than half answered. A week left out with a reason, a holiday, a pause, an
/// asynchronous week and a week in which the service was down are not failures and break no row.
/// </summary>
public sealed class LoopBroken : IRule
{
    public string Id => "loop-broken";

    public string Question => "Stop the loop, or who restores it?";

    public string Explanation =>
        "It fires when nobody held the last reviews, or when fewer than half of those asked answered, weeks in a row. Weeks left out with a reason, holidays and pauses do not count. It ends with a review held and a week answered.";

    public Finding? Look(WarningFacts facts, Thresholds thresholds)
    {
        var (enough, share) = (thresholds.Whole("loop-broken.weeks"), thresholds["loop-broken.share"]);
        var notHeld = facts.Lived.Running(w => w.Held == false);
        var silent = facts.Lived.Running(w => w.Asked is > 0 and var asked && w.Answered < share * asked);
        if (notHeld < enough && silent < enough)
        {
            return null;
        }

        var worst = Math.Max(notHeld, silent);
        return new Finding(
            worst >= 2 * enough ? Finding.Critical : Finding.Warning,
            (notHeld >= enough, silent >= enough) switch
            {
                (true, true) => $"The last {notHeld} reviews were not held, and in {silent} weeks fewer than {Say.Number(100 * share)} % answered.",
                (true, false) => $"The last {notHeld} reviews were not held.",
                _ => $"In the last {silent} weeks fewer than {Say.Number(100 * share)} % answered.",
            },
            [.. facts.Last(Math.Min(worst, 6)).Select(w => $"{Say.Week(w.ReviewDate, facts.Today)}: {(w.Held == false ? "not held" : "held")}, {w.Answered} of {w.Asked} answered")]);
    }
}

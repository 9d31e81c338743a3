using Bot.Cards;
using Bot.CheckIns;

namespace Bot.Warnings.Rules;

/// <summary>Reviews were held and nothing came of them. Reviews that were not held are loop-broken's and are passed over.</summary>
public sealed class NoAdapt : IRule
{
    public string Id => "no-adapt";

    public string Question => "What did we change because of what we heard?";

    public string Explanation => "It fires after reviews in a row that were held without a decision, an action or an experiment. It ends with one of these.";

    public Finding? Look(WarningFacts facts, Thresholds thresholds)
    {
        var enough = thresholds.Whole("no-adapt.weeks");
        var held = facts.Lived.Where(w => w.Held == true).ToList();
        var empty = held.Running(w => w.Decisions + w.Actions + w.Experiments == 0);
        return empty < enough ? null : new Finding(
            empty >= 2 * enough ? Finding.Warning : Finding.Notice,
            $"{empty} reviews in a row ended without a decision, an action or an experiment.",
            [.. held.TakeLast(Math.Min(empty, 6)).Select(w => $"{Say.Week(w.ReviewDate, facts.Today)}: {Say.Count(w.Answered, "answer")}, nothing decided")]);
    }
}

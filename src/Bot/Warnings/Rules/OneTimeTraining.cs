using Bot.Cards;
using Bot.CheckIns;

namespace Bot.Warnings.Rules;

/// <summary>People keep needing training, and the plan has no session since. One planned or held within these weeks is the follow-up.</summary>
public sealed class OneTimeTraining : IRule
{
    public string Id => "one-time-training";

    public string Question => "When is the next short session, for whom?";

    public string Explanation =>
        "It fires when \"need training or help\" is named in several of the last weeks and the deployment plan has no training that was added or done within them. It ends with a session in the plan, or when nobody needs one.";

    public Finding? Look(WarningFacts facts, Thresholds thresholds)
    {
        var (weeks, times) = (thresholds.Whole("one-time-training.weeks"), thresholds.Whole("one-time-training.times"));
        var named = facts.Last(weeks).Where(w => w.Named(Struggles.NeedTraining) > 0).ToList();
        var from = facts.Today.AddDays(-7 * weeks);
        return named.Count < times || facts.Trainings.Any(t => t.PlannedOn >= from || t.DoneOn >= from) ? null : new Finding(
            named.Count > times + 1 ? Finding.Warning : Finding.Notice,
            $"Training was asked for in {named.Count} of the last {weeks} weeks, and no session was planned or held.",
            [.. named.Select(w => w.Line(Struggles.NeedTraining, facts.Today)), $"No training in the plan since {Say.Date(from, facts.Today)}."]);
    }
}

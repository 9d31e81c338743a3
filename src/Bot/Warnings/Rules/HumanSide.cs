using Bot.CheckIns;

namespace Bot.Warnings.Rules;

/// <summary>Somebody is worried for their job, and it is not written down what changes and what does not, or nothing was done. Not heard for four weeks, it is over.</summary>
public sealed class HumanSide : IRule
{
    private const int HeardFor = 4;

    public string Id => "human-side";

    public string Question => "What will change, what will not, who says it to them?";

    public string Explanation =>
        "It fires when \"worried what it means for my job\" is named while what changes, or what does not, is not written down; or when no action was added in the weeks after. It ends when both are written and an action is there, or after four weeks in which nobody names it.";

    public Finding? Look(WarningFacts facts, Thresholds thresholds)
    {
        var worried = facts.Lived.Where(w => w.Named(Struggles.WorriedForJob) > 0 && facts.WeeksSince(w.ReviewDate) < HeardFor).ToList();
        if (worried.Count == 0)
        {
            return null;
        }

        var unwritten = (string.IsNullOrWhiteSpace(facts.Initiative.WhatChanges), string.IsNullOrWhiteSpace(facts.Initiative.WhatDoesNot)) switch
        {
            (true, true) => "what changes and what does not",
            (true, false) => "what changes",
            (false, true) => "what does not change",
            _ => null,
        };
        var first = worried[0].ReviewDate;
        var idle = facts.WeeksSince(first) >= thresholds.Whole("human-side.weeks") && !facts.ActionsAdded.Any(d => d >= first);
        return unwritten is null && !idle ? null : new Finding(
            unwritten is not null && idle ? Finding.Warning : Finding.Notice,
            "People worry what it means for their job, and "
                + (unwritten is null ? "no action followed." : $"{unwritten} is not written down{(idle ? "; no action followed" : "")}."),
            [.. worried.Select(w => w.Line(Struggles.WorriedForJob, facts.Today))]);
    }
}

using Bot.Initiatives;

namespace Bot.Warnings.Rules;

/// <summary>A blank of the outcome statement is open in pilot or later. A pilot gets its first week to write it.</summary>
public sealed class NoOutcome : IRule
{
    public string Id => "no-outcome";

    public string Question => "Which of the four can you not fill in, and who can?";

    public string Explanation =>
        "It fires while one of the four blanks of the outcome statement is open in pilot or later: capability, behaviour change, user group, timeframe. It ends when all four are filled in.";

    public Finding? Look(WarningFacts facts, Thresholds thresholds)
    {
        var outcome = facts.Initiative.Outcome;
        var open = new[]
        {
            (outcome.Capability, "capability"), (outcome.BehaviourChange, "behaviour change"), (outcome.UserGroup, "user group"), (outcome.Timeframe, "timeframe"),
        }.Where(b => string.IsNullOrWhiteSpace(b.Item1)).Select(b => b.Item2).ToList();
        var late = facts.Initiative.Stage is Stage.Deploying or Stage.Production;
        return open.Count == 0 || !(late || (facts.Initiative.Stage == Stage.Pilot && facts.WeeksInStage >= thresholds.Whole("no-outcome.weeks"))) ? null
            : new Finding(
                late ? Finding.Warning : Finding.Notice,
                open.Count == 4 ? "No outcome statement is written." : $"The outcome statement has {open.Count} of 4 blanks open.",
                [$"Open: {string.Join(", ", open)}.", $"In {facts.Initiative.Stage.Label()} since {facts.Say(facts.StageSince)}."]);
    }
}

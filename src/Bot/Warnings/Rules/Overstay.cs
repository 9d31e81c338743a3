using Bot.Cards;
using Bot.Initiatives;

namespace Bot.Warnings.Rules;

/// <summary>In pilot past its planned end, or past twelve weeks where none is planned.</summary>
public sealed class Overstay : IRule
{
    private const int Worse = 4;
    private const int Worst = 12;

    public string Id => "overstay";

    public string Question => "Production, stop, or what date and why?";

    public string Explanation =>
        "It fires while an initiative is in pilot past its planned end, or past the usual length where no end is planned. It gets worse after 4 and after 12 weeks. It ends when the stage moves on or a new end is planned.";

    public Finding? Look(WarningFacts facts, Thresholds thresholds)
    {
        if (facts.Initiative.Stage != Stage.Pilot)
        {
            return null;
        }

        var planned = facts.Initiative.PlannedEnd;
        var end = planned ?? facts.StageSince.AddDays(7 * thresholds.Whole("overstay.weeks"));
        var over = facts.WeeksSince(end);
        return facts.Today <= end ? null : new Finding(
            over >= Worst ? Finding.Critical : over >= Worse ? Finding.Warning : Finding.Notice,
            planned is null ? $"In pilot for {Say.Count(facts.WeeksInStage, "week")}, with no planned end." : $"The pilot is past its planned end of {facts.Say(end)}.",
            [$"In pilot since {facts.Say(facts.StageSince)}.", planned is null ? $"Without a planned end, {Say.Count(thresholds.Whole("overstay.weeks"), "week")} is the length expected." : $"Planned end {facts.Say(end)}."]);
    }
}

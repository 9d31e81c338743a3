using Bot.Cards;
using Bot.Initiatives;

namespace Bot.Warnings.Rules;

/// <summary>Deployment is paid for with less than a multiple of the pilot's cost, or with nothing. A missing number is said after the first weeks.</summary>
public sealed class UnderBudgeted : IRule
{
    public string Id => "under-budgeted";

    public string Question => "What pays for integration, training, change and data upkeep?";

    public string Explanation =>
        "It fires in pilot and deploying while the deployment budget is below a multiple of the pilot cost, or missing some weeks into the stage. Three to five times the pilot is usual. It ends with a budget of that size.";

    public Finding? Look(WarningFacts facts, Thresholds thresholds)
    {
        var (initiative, factor) = (facts.Initiative, thresholds["under-budgeted.factor"]);
        var deploying = initiative.Stage == Stage.Deploying;
        return initiative switch
        {
            { Stage: not (Stage.Pilot or Stage.Deploying) } => null,
            { DeploymentBudget: null } when facts.WeeksInStage < thresholds.Whole("under-budgeted.weeks") => null,
            { DeploymentBudget: null } => new Finding(
                deploying ? Finding.Warning : Finding.Notice, "No deployment budget is named.", [$"In {initiative.Stage.Label()} since {facts.Say(facts.StageSince)}."]),
            { DeploymentBudget: { } budget, PilotCost: { } cost } when budget < factor * cost => new Finding(
                deploying || budget < cost ? Finding.Warning : Finding.Notice,
                $"The deployment budget is {Say.Number(cost == 0 ? 0 : budget / cost)} times the pilot cost; {Say.Number(factor)} times is the least here.",
                [$"Pilot cost {Say.Number(cost)}, deployment budget {Say.Number(budget)}."]),
            _ => null,
        };
    }
}

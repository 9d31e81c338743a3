using Bot.Initiatives;

namespace Bot.Warnings.Rules;

/// <summary>No behaviour metric, or one that is about the model. A missing one is said after the first weeks; a wrong one at once.</summary>
public sealed class AccuracyOnly : IRule
{
    public string Id => "accuracy-only";

    public string Question => "What will people do differently, counted how?";

    public string Explanation =>
        "It fires while there is no behaviour metric some weeks into a stage, or while its name is one of a model (accuracy, F1, AUC and the like). It ends with a metric of what people do.";

    public Finding? Look(WarningFacts facts, Thresholds thresholds)
    {
        if (facts.Initiative.Stage is not (Stage.Pilot or Stage.Deploying or Stage.Production))
        {
            return null;
        }

        if (facts.Initiative.Metric is { } metric)
        {
            return !ModelMetric.Is(metric.Name) ? null
                : new Finding(Finding.Warning, "The behaviour metric tells whether the model works, not whether anybody's work changed.", [$"It is called: {metric.Name}."]);
        }

        var patience = thresholds.Whole("accuracy-only.weeks");
        return facts.WeeksInStage < patience ? null : new Finding(
            facts.WeeksInStage >= 3 * patience || facts.Initiative.Stage == Stage.Production ? Finding.Warning : Finding.Notice,
            "No behaviour metric is named.",
            [$"In {facts.Initiative.Stage.Label()} since {facts.Say(facts.StageSince)}."]);
    }
}

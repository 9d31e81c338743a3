using Bot.CheckIns;

namespace Bot.Warnings.Rules;

/// <summary>"Does not fit how I work", by enough of the answers, week after week.</summary>
public sealed class WorkflowGap : IRule
{
    public string Id => "workflow-gap";

    public string Question => "Which step of their day changes, and who redesigns it with them?";

    public string Explanation => "It fires when \"does not fit how I work\" stands in a share of the answers, weeks running. It ends with a week below that.";

    public Finding? Look(WarningFacts facts, Thresholds thresholds)
    {
        var enough = thresholds.Whole("workflow-gap.weeks");
        var running = facts.Lived.Running(w => w.ShareOf(Struggles.DoesNotFit) >= thresholds["workflow-gap.share"]);
        return running < enough ? null : new Finding(
            running >= 2 * enough ? Finding.Warning : Finding.Notice,
            $"\"Does not fit how I work\" has stood in a large share of the answers {running} weeks running.",
            [.. facts.Last(Math.Min(running, 6)).Select(w => w.Line(Struggles.DoesNotFit, facts.Today))]);
    }
}

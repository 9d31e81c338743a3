using Bot.Initiatives;

namespace Bot.Warnings.Rules;

/// <summary>
/// The last initiatives of the workspace that stalled or were retired name the same cause, and no decision of this one does. A decision names a cause
/// when its text contains one of the cause's words below: a plain reading, which a team can satisfy by writing down what it decided about it.
/// </summary>
public sealed class SameWall : IRule
{
    public string Id => "same-wall";

    public string Question => "What will be done about it, this time?";

    public string Explanation =>
        "It fires when the last initiatives that stalled or were retired give the same cause and no decision here names that cause. "
        + "It ends when a decision that names the cause is recorded in a review; a text alone is kept and shown.";

    public Finding? Look(WarningFacts facts, Thresholds thresholds) => Shared(facts, thresholds) is not var (cause, which) ? null
        : new Finding(
            which.Count > thresholds.Whole("same-wall.times") ? Finding.Critical : Finding.Warning,
            $"The last {which.Count} initiatives that stopped name the same cause, {cause.Label()}, and no decision here names it.",
            [.. which.Select(e => EvidenceLine.Of(e.Id))]) { AsksForFacts = true };

    /// <summary>The cause, and the initiatives in a row that share it; null when there is none or a decision names it.</summary>
    internal static (Cause Cause, IReadOnlyList<Earlier> Which)? Shared(WarningFacts facts, Thresholds thresholds)
    {
        var ended = facts.Earlier.Where(e => e.Ended).OrderByDescending(e => e.StoppedOn).ToList();
        if (facts.Initiative.Stage is not (Stage.Idea or Stage.Pilot or Stage.Deploying) || ended is not [{ Cause: { } cause }, ..] || cause == Cause.Unknown)
        {
            return null;
        }

        var same = ended.TakeWhile(e => e.Cause == cause).ToList();
        return same.Count < thresholds.Whole("same-wall.times") || facts.Decisions.Any(d => Names(d.Text, cause)) ? null : (cause, same);
    }

    internal static bool Names(string text, Cause cause) =>
        Words(cause).Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static string[] Words(Cause cause) => cause switch
    {
        Cause.DataQuality => ["data"],
        Cause.RiskOrCompliance => ["risk", "complian", "legal", "privacy", "audit"],
        Cause.Cost => ["cost", "budget", "money", "price"],
        Cause.UnclearValue => ["value", "benefit", "outcome", "worth"],
        Cause.Integration => ["integrat", "interface", "connect", "embed"],
        Cause.NoOwner => ["owner", "accountab", "responsib"],
        Cause.UserAdoption => ["adopt", "user", "use it", "usage"],
        Cause.Training => ["train", "session", "learn"],
        Cause.ModelQualityOrDrift => ["model", "drift", "retrain", "quality"],
        Cause.Security => ["secur", "access", "permission"],
        Cause.Deprioritised => ["priorit", "sponsor", "roadmap"],
        _ => [],
    };
}

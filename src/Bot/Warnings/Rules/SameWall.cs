using Bot.Initiatives;

namespace Bot.Warnings.Rules;

/// <summary>
/// The last initiatives of the workspace that stalled or were retired name the same cause, and no decision of this one does. That this one stalled itself
/// before, and went on, counts like an initiative of its own. A decision names a cause
/// when its text contains one of the cause's words below: a plain reading, which a team can satisfy by writing down what it decided about it.
/// </summary>
public sealed class SameWall : IRule
{
    public string Id => "same-wall";

    public string Question => "What will be done about it, this time?";

    public string Explanation =>
        "It fires when the last initiatives that stalled or were retired, this one's own stalls included, give the same cause and no decision here names that cause. "
        + "It ends when a decision that names the cause is recorded in a review; a text alone is kept and shown.";

    public Finding? Look(WarningFacts facts, Thresholds thresholds) => Shared(facts, thresholds) is not var (cause, stops) ? null
        : new Finding(
            stops.Count > thresholds.Whole("same-wall.times") ? Finding.Critical : Finding.Warning,
            $"The last {stops.Count} times something stopped here, the cause was the same, {cause.Label()}, and no decision names it.",
            stops) { AsksForFacts = true };

    /// <summary>The cause, and a line for each stop in a row that shares it, the newest first; null when there is none or a decision names it.</summary>
    internal static (Cause Cause, IReadOnlyList<string> Stops)? Shared(WarningFacts facts, Thresholds thresholds)
    {
        var stops = facts.Earlier.Where(e => e.Ended).Select(e => (On: e.StoppedOn, e.Cause, Line: EvidenceLine.Of(e.Id)))
            .Concat(facts.OwnStops.Select(s => (s.On, Cause: (Cause?)s.Cause, Line: OwnLine(facts, s))))
            .OrderByDescending(s => s.On).ToList();
        if (facts.Initiative.Stage is not (Stage.Idea or Stage.Pilot or Stage.Deploying) || stops is not [{ Cause: { } cause }, ..] || cause == Cause.Unknown)
        {
            return null;
        }

        var same = stops.TakeWhile(s => s.Cause == cause).Select(s => s.Line).ToList();
        return same.Count < thresholds.Whole("same-wall.times") || facts.Decisions.Any(d => Names(d.Text, cause)) ? null : (cause, same);
    }

    internal static string OwnLine(WarningFacts facts, OwnStop stop) => $"This one stalled on {facts.Say(stop.On)}: {stop.Cause.Label()}.";

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

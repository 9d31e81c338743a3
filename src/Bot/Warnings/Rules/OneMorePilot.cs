using Bot.Cards;
using Bot.Initiatives;

namespace Bot.Warnings.Rules;

/// <summary>
/// A new initiative begins while earlier ones did not reach production. It counts as new against what had stopped when it began, or stops within
/// a few weeks of it (a register is often filled after the fact); what stalls later is not its concern, so that an old pilot does not get worse by others.
/// </summary>
public sealed class OneMorePilot : IRule
{
    public string Id => "one-more-pilot";

    public string Question => "What specifically prevented the last one from reaching production?";

    public string Explanation =>
        "It fires when an initiative begins while earlier ones of this workspace stalled, were retired, or stayed in pilot past their end, without production. "
        + "A clear answer per earlier one (a cause and a sentence of five words or more that says what stood in the way) lowers it; a text alone is kept and shown, and does not, while one of them has none.";

    public Finding? Look(WarningFacts facts, Thresholds thresholds)
    {
        if (facts.Initiative.Stage is not (Stage.Idea or Stage.Pilot) || (facts.Earlier.Count == 0 && facts.OwnStops.Count == 0))
        {
            return null;
        }

        var wall = SameWall.Shared(facts, thresholds);
        var open = facts.Earlier.Where(e => !e.IsAnswered).ToList();
        var level = (facts.Earlier.Count >= thresholds.Whole("one-more-pilot.critical") && facts.InProduction == 0) || wall is not null ? Finding.Critical
            : open.Count >= thresholds.Whole("one-more-pilot.unanswered") || facts.Starts.Count >= thresholds.Whole("one-more-pilot.starts") ? Finding.Warning
            : open.Count > 0 ? Finding.Notice
            : 0;
        return level == 0 ? null : new Finding(level, Sentence(facts, wall, open.Count, level), [.. Lines(facts)]) { AsksForFacts = open.Count > 0 };
    }

    private static string Sentence(WarningFacts facts, (Cause Cause, IReadOnlyList<string> Stops)? wall, int open, int level)
    {
        if (wall is var (cause, stops))
        {
            return $"The last {stops.Count} times something stopped here the cause was the same, {cause.Label()}, and one more pilot begins.";
        }

        var stopped = facts.Earlier.Count;
        if (stopped == 0)
        {
            return $"It begins again after it has stalled {(facts.OwnStops.Count == 1 ? "once" : $"{facts.OwnStops.Count} times")} before production.";
        }

        var answers = open == 0 ? (stopped == 1 ? "with a clear answer" : "each with a clear answer") : open == stopped ? $"{(stopped == 1 ? "" : "all ")}without a clear answer" : $"{open} without a clear answer";
        return level == Finding.Critical && facts.InProduction == 0
            ? $"{Say.Count(stopped, "stopped pilot")} and zero production systems: {answers}."
            : $"{Say.Count(stopped, "earlier initiative")} stopped before production, {answers}.";
    }

    private static IEnumerable<string> Lines(WarningFacts facts)
    {
        foreach (var earlier in facts.Earlier)
        {
            yield return EvidenceLine.Of(earlier.Id);
        }

        foreach (var own in facts.OwnStops)
        {
            yield return SameWall.OwnLine(facts, own);
        }

        if (facts.Starts.Count > 1)
        {
            yield return $"{facts.Starts.Count} pilots began since {facts.Say(facts.Starts[0])}; "
                + (facts.InProduction == 0 ? "none is in production." : "none of these reached production.");
        }
    }
}

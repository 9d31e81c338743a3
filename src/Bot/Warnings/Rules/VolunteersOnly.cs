using Bot.Initiatives;
using Bot.Loops;

namespace Bot.Warnings.Rules;

/// <summary>Those who try it are those who wanted to. Observers do not count; fewer than three people prove nothing either way.</summary>
public sealed class VolunteersOnly : IRule
{
    private const int Fewest = 3;

    public string Id => "volunteers-only";

    public string Question => "Which ordinary team joins, unasked?";

    public string Explanation => "It fires in pilot and deploying while fewer than a share of the participants were assigned instead of volunteering. It ends when enough assigned people take part.";

    public Finding? Look(WarningFacts facts, Thresholds thresholds)
    {
        var people = facts.Members.Where(m => m.Role != Role.Observer).ToList();
        var assigned = people.Count(m => m.Joined == Joined.Assigned);
        return facts.Initiative.Stage is not (Stage.Pilot or Stage.Deploying) || people.Count < Fewest || assigned >= thresholds["volunteers-only.share"] * people.Count ? null
            : new Finding(
                facts.Initiative.Stage == Stage.Deploying ? Finding.Warning : Finding.Notice,
                $"Only {assigned} of {people.Count} participants were assigned.",
                [$"{people.Count - assigned} volunteered, {assigned} assigned."]);
    }
}

using Bot.Warnings.Rules;

namespace Bot.Warnings;

/// <summary>The rules, in the order in which people read about them. A new rule is its file, its tests and one line here.</summary>
public static class AllRules
{
    public static IReadOnlyList<IRule> List { get; } =
    [
        new OneMorePilot(),
        new NoOutcome(),
        new NoOwner(),
        new AccuracyOnly(),
        new BehaviourFlat(),
        new UnderBudgeted(),
        new LoopBroken(),
        new NoAdapt(),
        new PerfectData(),
        new UsersNotInRoom(),
        new HumanSide(),
        new DriftUnattended(),
        new Overstay(),
        new SameWall(),
        new VolunteersOnly(),
        new WhiteGlove(),
        new SingleChampion(),
        new WorkflowGap(),
        new OneTimeTraining(),
        new Fade(),
    ];

    /// <summary>By its id ("no-owner"), its title ("no owner") or its number in the list, from 1.</summary>
    public static IRule? Find(string named) =>
        int.TryParse(named, out var number) ? List.ElementAtOrDefault(number - 1)
        : List.FirstOrDefault(r => r.Id.Equals(named.Replace(' ', '-'), StringComparison.OrdinalIgnoreCase));

    /// <summary>What every rule finds. What has stalled or ended is looked at no more.</summary>
    public static IReadOnlyDictionary<string, Finding> Look(WarningFacts facts, Thresholds thresholds) =>
        facts.Initiative.Stage is Initiatives.Stage.Stalled or Initiatives.Stage.Retired ? new Dictionary<string, Finding>()
        : List.Select(rule => (rule.Id, Found: rule.Look(facts, thresholds))).Where(r => r.Found is not null).ToDictionary(r => r.Id, r => r.Found!);
}

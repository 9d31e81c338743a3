using Bot.Initiatives;

namespace Bot.Readiness;

/// <summary>What decides whether a pilot survives scale; each is measured from 0 to 100.</summary>
public enum ReadinessDimension
{
    Ownership,
    Training,
    Champions,
    WorkflowFit,
    Conditions,
}

/// <summary>What a dimension is called, and what to do when it is the lowest.</summary>
/// <param name="Recommendation">Why it matters and what helps, in two sentences at most.</param>
/// <param name="NextStep">What an item of the plan says, word for word.</param>
public sealed record DimensionAdvice(string Title, string Recommendation, PlanKind Kind, string NextStep)
{
    public static IReadOnlyList<ReadinessDimension> All { get; } = Enum.GetValues<ReadinessDimension>();

    public static DimensionAdvice Of(ReadinessDimension dimension) => dimension switch
    {
        ReadinessDimension.Ownership => new(
            "Outcome and ownership",
            "People cannot say what should change, or who answers for it. Write the outcome in one sentence and name one owner who is not the builder.",
            PlanKind.Trust,
            "Write the outcome in one sentence, name who owns it in production, and tell everybody who uses it"),
        ReadinessDimension.Training => new(
            "Training that scales",
            "What people know about it came from those who built it. Short sessions that repeat, and one page that a new colleague can follow alone, carry further.",
            PlanKind.Training,
            "Hold a 20-minute session for new users, repeat it every month, and keep one page that explains the first week"),
        ReadinessDimension.Champions => new(
            "Champions",
            "Help hangs on one person, or on nobody. Name a second one in each team, and give both an hour a week for it.",
            PlanKind.Trust,
            "Name two people in each team who help others with it, and give them an hour a week for that"),
        ReadinessDimension.WorkflowFit => new(
            "Workflow fit",
            "It stands beside the work instead of in it. Choose one step of the day that goes away or changes, and redesign it with the people who do it.",
            PlanKind.WorkflowChange,
            "Choose one step of the daily work that it replaces, and redesign that step with two people who do it"),
        _ => new(
            "Typical conditions",
            "It works with picked people, extra time or extra help. Try it with an ordinary team, in an ordinary week, with the support that any other tool gets.",
            PlanKind.Integration,
            "Let one ordinary team that did not volunteer use it for four weeks with the usual support and nothing more"),
    };
}

using Bot.Cards;
using Bot.Chat;
using Bot.Readiness;

namespace Bot.CheckIns;

/// <summary>One question of the rotating pool that measures whether the pilot would survive scale; answered with one tap.</summary>
/// <param name="Id">Stored with the answer; never changes its meaning.</param>
/// <param name="Choices">Their values are stored; they never change their meaning either.</param>
public sealed record Probe(string Id, ReadinessDimension Dimension, string Question, IReadOnlyList<ProbeChoice> Choices)
{
    /// <summary>The question whose choices are the people of the loop.</summary>
    public const string WhoHelps = "champions-who";
    public const string SomebodyElse = "else";
    public const string Nobody = "nobody";

    /// <summary>Each of these asks for something that should become rare.</summary>
    private static readonly ProbeChoice[] HowOften = [new("never", 100), new("once", 67), new("a few times", 33), new("every day", 0)];
    private static readonly ProbeChoice[] Agree = [new("no", 0), new("rather not", 33), new("rather yes", 67), new("yes", 100)];

    /// <summary>At least three for each dimension.</summary>
    public static IReadOnlyList<Probe> Pool { get; } =
    [
        new("ownership-who", ReadinessDimension.Ownership, "Do you know who decides what happens with it?", Agree),
        new("training-enough", ReadinessDimension.Training, "Could a new colleague use it with the training there is today?", Agree),
        new("champions-ask", ReadinessDimension.Champions, "Is there somebody near you whom you can ask about it?", Agree),
        new("fit-extra-steps", ReadinessDimension.WorkflowFit, "How often did you have to work around it this week?", HowOften),
        new("conditions-help", ReadinessDimension.Conditions, "How often did somebody from the project help you with it this week?", HowOften),
        new("ownership-outcome", ReadinessDimension.Ownership, "Could you say in one sentence what should change because of it?", Agree),
        new("training-recent", ReadinessDimension.Training, "Have you learned something new about it in the last four weeks?", Agree),
        new("champions-second", ReadinessDimension.Champions, "If that person were away, would somebody else know?", Agree),
        new("fit-same-tools", ReadinessDimension.WorkflowFit, "Does it sit in the tools you work in anyway?", Agree),
        new("conditions-time", ReadinessDimension.Conditions, "Did you use it in a normal week, with your usual amount of other work?", Agree),
        new("ownership-heard", ReadinessDimension.Ownership, "When you report a problem with it, does somebody take it on?", Agree),
        new("training-self", ReadinessDimension.Training, "Could you find out alone how to do something new with it?", Agree),
        new("champions-shared", ReadinessDimension.Champions, "Did you show a colleague something about it this week?", Agree),
        new("fit-goals", ReadinessDimension.WorkflowFit, "Does using it help you reach what you are measured by?", Agree),
        new("conditions-assigned", ReadinessDimension.Conditions, "Would you use it if nobody had asked you to?", Agree),
        new(WhoHelps, ReadinessDimension.Champions, "Who helps you when you are stuck with it?",
            [new(SomebodyElse, 100) { Title = "somebody else" }, new(Nobody, 0)]),
    ];

    public static Probe? Find(string? id) => Pool.FirstOrDefault(p => p.Id == id);

    /// <summary>How ready an answer says it is, 0 to 100; null for what is no answer to this question.</summary>
    public double? ScoreOf(string answer) => Choices.FirstOrDefault(c => c.Value == answer)?.Score
        ?? (Id == WhoHelps && Chat.Id.Parse<PersonId>(answer) is not null ? 100 : null);

    /// <summary>The question as it is asked in one loop: where people are the choices, with their names before the others.</summary>
    public Probe Among(IEnumerable<Choice> people) => Id == WhoHelps
        ? this with { Choices = [.. people.Select(p => new ProbeChoice(p.Value, 100) { Title = p.Title }), .. Choices] }
        : this;
}

/// <summary>One answer that can be tapped.</summary>
/// <param name="Score">How ready it says it is, 0 to 100.</param>
public sealed record ProbeChoice(string Value, double Score)
{
    public string Title { get; init; } = Value;
}

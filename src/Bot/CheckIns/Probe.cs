using Bot.Cards;

namespace Bot.CheckIns;

/// <summary>One question of the rotating pool that measures whether the pilot would survive scale; answered with one tap.</summary>
/// <param name="Id">Stored with the answer; never changes its meaning.</param>
public sealed record Probe(string Id, string Question, IReadOnlyList<string> Choices)
{
    private static readonly string[] HowOften = ["never", "once", "a few times", "every day"];
    private static readonly string[] Agree = ["no", "rather not", "rather yes", "yes"];

    /// <summary>Three for each dimension but ownership, which is not asked of everybody.</summary>
    public static IReadOnlyList<Probe> Pool { get; } =
    [
        new("training-enough", "Could a new colleague use it with the training there is today?", Agree),
        new("champions-ask", "Is there somebody near you whom you can ask about it?", Agree),
        new("fit-extra-steps", "How often did you have to work around it this week?", HowOften),
        new("conditions-help", "How often did somebody from the project help you with it this week?", HowOften),
        new("training-recent", "Have you learned something new about it in the last four weeks?", Agree),
        new("champions-second", "If that person were away, would somebody else know?", Agree),
        new("fit-same-tools", "Does it sit in the tools you work in anyway?", Agree),
        new("conditions-time", "Did you use it in a normal week, with your usual amount of other work?", Agree),
        new("training-self", "Could you find out alone how to do something new with it?", Agree),
        new("champions-shared", "Did you show a colleague something about it this week?", Agree),
        new("fit-goals", "Does using it help you reach what you are measured by?", Agree),
        new("conditions-assigned", "Would you use it if nobody had asked you to?", Agree),
    ];

    public static Probe? Find(string? id) => Pool.FirstOrDefault(p => p.Id == id);

    /// <summary>Everybody gets another question than their neighbour, and another one next week.</summary>
    public static Probe InTurn(DateOnly week, int place) => Pool[((Say.Monday(week).DayNumber / 7) + place) % Pool.Count];
}

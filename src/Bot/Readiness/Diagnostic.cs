using Bot.Chat;
using Bot.CheckIns;

namespace Bot.Readiness;

/// <summary>One statement of the diagnostic; people say how far they agree, from 1 to 5.</summary>
public sealed record Statement(ReadinessDimension Dimension, string Text);

/// <summary>The twelve statements, and what answers to them say.</summary>
public static class Diagnostic
{
    public const int Least = 1;
    public const int Most = 5;

    /// <summary>Answers are stored by place: neither the order nor the sense of a statement ever changes.</summary>
    public static IReadOnlyList<Statement> Statements { get; } =
    [
        new(ReadinessDimension.Ownership, "I can say in one sentence what should change in our work because of it."),
        new(ReadinessDimension.Ownership, "I know who answers for whether people really use it."),
        new(ReadinessDimension.Ownership, "Somebody looks regularly at a number that shows whether it helps."),
        new(ReadinessDimension.Training, "A new colleague could learn to use it without the people who built it."),
        new(ReadinessDimension.Training, "We get short training again and again, not only once at the start."),
        new(ReadinessDimension.Champions, "When I am stuck with it, somebody in my own team can help."),
        new(ReadinessDimension.Champions, "If that person were away for a month, somebody else could help as well."),
        new(ReadinessDimension.WorkflowFit, "It sits in the tools and steps I work with anyway."),
        new(ReadinessDimension.WorkflowFit, "Because of it an old step of our work went away or changed."),
        new(ReadinessDimension.WorkflowFit, "Using it helps me reach what I am measured by."),
        new(ReadinessDimension.Conditions, "Ordinary teams use it, not only people who volunteered for it."),
        new(ReadinessDimension.Conditions, "It works for us with no more support than any other tool gets."),
    ];

    /// <summary>0 to 100 for each dimension, in their order.</summary>
    public static IReadOnlyList<double> ScoresOf(string digits) =>
        [.. DimensionAdvice.All.Select(d => digits.Where((_, place) => Statements[place].Dimension == d).Average(digit => (digit - '0' - Least) * 100.0 / (Most - Least)))];
}

/// <summary>What a team's diagnostic said at one time.</summary>
/// <param name="At">When the last answer in it came.</param>
/// <param name="Scores">0 to 100, in the order of the dimensions.</param>
public sealed record TeamScore(DateTimeOffset At, int People, IReadOnlyList<double> Scores);

/// <summary>A team's diagnostic now and earlier.</summary>
/// <param name="Now">Null with fewer than three people in ninety days.</param>
/// <param name="Earlier">The last one of each month before the present one, oldest first.</param>
/// <param name="People">How many have answered within ninety days.</param>
public sealed record TeamDiagnosis(TeamScore? Now, IReadOnlyList<TeamScore> Earlier, int People)
{
    private static readonly TimeSpan Counts = TimeSpan.FromDays(90);

    /// <summary>
    /// The mean over people of the latest each has sent. Once shown it moves only when at least three people's answers came, went or
    /// changed: otherwise the difference would be one person's.
    /// </summary>
    public static TeamDiagnosis Of(IEnumerable<Diagnosis> all, DateTimeOffset now)
    {
        var sent = all.Where(d => d.At <= now).OrderBy(d => d.At).ThenBy(d => d.Id.Value).ToList();
        var shown = new Dictionary<PersonId, Diagnosis>();
        var history = new List<TeamScore>();
        foreach (var (at, heard) in sent.Select((d, i) => (d.At, i + 1)).Append((now, sent.Count)))
        {
            var latest = Latest(sent.Take(heard), at);
            if (latest.Count < CountAnswers.Fewest)
            {
                shown = [];
            }
            else if (shown.Count == 0 || Changed(shown, latest) >= CountAnswers.Fewest)
            {
                shown = latest;
                history.Add(Mean([.. latest.Values]));
            }
        }

        var present = shown.Count == 0 ? null : history[^1];
        var earlier = history.GroupBy(t => (t.At.Year, t.At.Month)).Select(month => month.Last()).Where(t => t != present).ToList();
        return new TeamDiagnosis(present, earlier, Latest(sent, now).Count);
    }

    private static Dictionary<PersonId, Diagnosis> Latest(IEnumerable<Diagnosis> heard, DateTimeOffset at) =>
        heard.Where(d => d.At > at - Counts).GroupBy(d => d.By).ToDictionary(g => g.Key, g => g.Last());

    private static int Changed(Dictionary<PersonId, Diagnosis> before, Dictionary<PersonId, Diagnosis> after) =>
        before.Keys.Union(after.Keys).Count(p => before.GetValueOrDefault(p)?.Id != after.GetValueOrDefault(p)?.Id);

    private static TeamScore Mean(List<Diagnosis> each)
    {
        var scores = each.Select(d => Diagnostic.ScoresOf(d.Scores)).ToList();
        return new TeamScore(each.Max(d => d.At), each.Count, [.. Enumerable.Range(0, DimensionAdvice.All.Count).Select(i => scores.Average(s => s[i]))]);
    }
}

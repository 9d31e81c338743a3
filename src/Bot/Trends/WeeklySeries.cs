using Bot.Cards;
using Bot.CheckIns;

namespace Bot.Trends;

/// <summary>One week of a series.</summary>
/// <param name="Value">Null: a gap. Nothing is invented for it.</param>
public sealed record WeekValue(DateOnly ReviewDate, double? Value);

/// <summary>Values from week to week, oldest first.</summary>
/// <param name="Least">The smallest value that is possible; null without one.</param>
/// <param name="Most">The largest value that is possible; null without one.</param>
/// <param name="Rebased">Review dates from which limits are computed anew.</param>
public sealed record WeeklySeries(SeriesName Name, IReadOnlyList<WeekValue> Weeks, double? Least, double? Most, IReadOnlyList<DateOnly> Rebased)
{
    /// <summary>Each value looks back over several weeks, so that neighbours are alike and limits made of their differences would be too tight.</summary>
    public bool Overlaps => Name == SeriesName.Readiness;

    /// <summary>A series of a loop, made of what its weeks may say in numbers.</summary>
    /// <param name="readiness">By review date, where a value is known; only <see cref="SeriesName.Readiness"/> asks for it.</param>
    public static WeeklySeries Of(
        SeriesName name, IReadOnlyList<WeekInNumbers> weeks, IReadOnlyList<Rebase> rebases, IReadOnlyDictionary<DateOnly, double>? readiness = null) => Of(
        name, [.. weeks.Select(w => new WeekValue(w.ReviewDate, name == SeriesName.Readiness ? Readiness(w, readiness) : ValueOf(name, w)))], rebases);

    /// <summary>A series of a loop whose values are known.</summary>
    public static WeeklySeries Of(SeriesName name, IReadOnlyList<WeekValue> weeks, IReadOnlyList<Rebase> rebases)
    {
        var (least, most) = Possible(name);
        return new WeeklySeries(name, weeks, least, most, [.. rebases.Where(r => r.Series == name).Select(r => r.From).Order()]);
    }

    /// <summary>How many weeks lie between two reviews: 1 for the very next.</summary>
    public static int WeeksBetween(DateOnly earlier, DateOnly later) => (Say.Monday(later).DayNumber - Say.Monday(earlier).DayNumber) / 7;

    private static double? Readiness(WeekInNumbers week, IReadOnlyDictionary<DateOnly, double>? readiness) =>
        readiness?.TryGetValue(week.ReviewDate, out var value) == true ? value : null;

    private static double? ValueOf(SeriesName name, WeekInNumbers week) => week.State == RoundState.Skipped ? null : name switch
    {
        SeriesName.Performance => week.Mean,
        SeriesName.Unused => Share(week.Unused, week.Counted),
        SeriesName.Struggles => Share(week.StrugglesNamed, week.Counted),
        SeriesName.Drift => Share(week.DriftYes, week.DriftYes + week.DriftNotSure + week.DriftNo),
        SeriesName.AnswerRate => week is { Imported: false, Asked: > 0 and var asked } ? (double)week.Answered / asked : null,
        SeriesName.Behaviour => week.Metric,
        SeriesName.SupportHours => week is { SupportHours: { } hours, UsersAsked: > 0 and var users } ? hours / users : null,
        _ => null,
    };

    private static double? Share(int of, int all) => all >= CountAnswers.Fewest ? (double)of / all : null;

    /// <summary>Between which values a series can lie at all.</summary>
    internal static (double? Least, double? Most) Possible(SeriesName name) => name switch
    {
        SeriesName.Performance => (1, 5),
        SeriesName.Unused or SeriesName.Drift or SeriesName.AnswerRate => (0, 1),
        SeriesName.Struggles or SeriesName.SupportHours => (0, null),
        SeriesName.Readiness => (0, 100),
        _ => (null, null),
    };
}

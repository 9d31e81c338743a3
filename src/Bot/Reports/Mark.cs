using Bot.Cards;

namespace Bot.Reports;

/// <summary>What kind of thing happened on the time line.</summary>
public enum MarkKind
{
    StageChange,
    Decision,
}

/// <summary>Something that happened, for the list that explains the marks.</summary>
public sealed record MarkedEvent(DateOnly On, MarkKind Kind, string Text, string? By);

/// <summary>A numbered place on the time line of a loop: everything that happened in one week.</summary>
/// <param name="Monday">The week's first day.</param>
public sealed record Mark(int Number, DateOnly Monday, IReadOnlyList<MarkedEvent> Events)
{
    /// <summary>Numbered from the oldest; what lies outside the weeks of the loop has no place on its time line.</summary>
    public static IReadOnlyList<Mark> On(IReadOnlyList<ReportedWeek> weeks, IEnumerable<MarkedEvent> events) => weeks.Count == 0 ? [] :
    [
        .. events
            .GroupBy(e => Say.Monday(e.On))
            .Where(g => g.Key >= Say.Monday(weeks[0].Figures.ReviewDate) && g.Key <= Say.Monday(weeks[^1].Figures.ReviewDate))
            .OrderBy(g => g.Key)
            .Select((g, i) => new Mark(i + 1, g.Key, [.. g.OrderBy(e => e.On).ThenBy(e => e.Kind)])),
    ];
}

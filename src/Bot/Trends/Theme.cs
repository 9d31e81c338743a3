using Bot.CheckIns;

namespace Bot.Trends;

/// <summary>What somebody wrote, with the kinds of struggle it came under.</summary>
public sealed record StruggleText(Struggles Kinds, string Text);

/// <summary>The texts of one week that was asked and may be quoted.</summary>
/// <param name="HasAction">Its review added an action, whatever it is about.</param>
public sealed record WeekOfTexts(DateOnly ReviewDate, bool HasAction, IReadOnlyList<StruggleText> Texts);

/// <summary>One week in which a theme was seen.</summary>
public sealed record ThemeWeek(DateOnly ReviewDate, int People);

/// <summary>Texts of one kind of struggle that are about the same thing.</summary>
/// <param name="Label">One to three words as people wrote them, small ones between them not counted.</param>
/// <param name="Weeks">In which it was seen, oldest first.</param>
/// <param name="Quote">The most central text of the last of those weeks, at most 140 characters of it.</param>
public sealed record Theme(string Label, Struggles Kind, IReadOnlyList<ThemeWeek> Weeks, string Quote)
{
    public const int MaxQuote = 140;

    public DateOnly First => Weeks[0].ReviewDate;

    public DateOnly Last => Weeks[^1].ReviewDate;

    /// <summary>How often it was said in all, one person counted once a week.</summary>
    public int People => Weeks.Sum(w => w.People);
}

/// <summary>A theme as it stands in one week in which it was seen.</summary>
/// <param name="IsNew">Not seen in the four weeks before; false in the first week there is.</param>
/// <param name="GoneFor">Seen earlier, and then not for so many weeks, at least two; null otherwise.</param>
/// <param name="Running">So many weeks in a row, this one included.</param>
/// <param name="HasAction">One of the reviews of those weeks added an action. Which theme an action is for is not asked, so any action counts.</param>
public sealed record ThemeNow(Theme Theme, int People, bool IsNew, int? GoneFor, int Running, bool HasAction)
{
    private const int Forgotten = 4;
    private const int Gone = 2;

    /// <summary>So many weeks running are long.</summary>
    public const int Long = 3;

    /// <summary>Third week running, or more, and nothing was done.</summary>
    public bool IsUnattended => Running >= Long && !HasAction;

    /// <summary>The themes of the last of these weeks, most people first. Weeks that nobody was asked in, or too few answered, are not among them and do not count as gone.</summary>
    public static IReadOnlyList<ThemeNow> Of(IReadOnlyList<WeekOfTexts> weeks, IReadOnlyList<Theme> themes) => weeks is not [.., var last] ? [] :
    [
        .. themes.Where(t => t.Last == last.ReviewDate).Select(t => In(weeks, t))
            .OrderByDescending(t => t.People).ThenByDescending(t => t.Running).ThenBy(t => t.Theme.Kind).ThenBy(t => t.Theme.Label, StringComparer.Ordinal),
    ];

    private static ThemeNow In(IReadOnlyList<WeekOfTexts> weeks, Theme theme)
    {
        var seen = theme.Weeks.Select(w => w.ReviewDate).ToHashSet();
        var running = weeks.Reverse().TakeWhile(w => seen.Contains(w.ReviewDate)).Count();
        var ago = weeks.Reverse().Skip(1).TakeWhile(w => !seen.Contains(w.ReviewDate)).Count();
        var isFirst = theme.Weeks.Count == 1;
        return new ThemeNow(
            theme,
            theme.Weeks[^1].People,
            weeks.Count > 1 && ago >= Math.Min(Forgotten, weeks.Count - 1),
            !isFirst && ago >= Gone ? ago : null,
            running,
            weeks.TakeLast(running).Any(w => w.HasAction));
    }
}

namespace Bot.CheckIns;

/// <summary>What one week may say in numbers, made of counted answers only; figures of fewer than three answers are null.</summary>
/// <param name="Asked">How many were asked; null for imported weeks, which do not know.</param>
/// <param name="Answered">How many have answered, counted or waiting.</param>
/// <param name="Waiting">Answers that are not in the figures yet because the change would show what one person said.</param>
/// <param name="Rated">How many ratings the mean is of.</param>
/// <param name="Unused">How many did not use it.</param>
public sealed record WeekFigures(
    int? Asked,
    int Answered,
    int Waiting,
    int Rated,
    double? Mean,
    int? Lowest,
    int? Highest,
    int? Unused,
    IReadOnlyList<StruggleFigure> Struggles,
    DriftFigure? Drift,
    double? Metric,
    double? SupportHours)
{
    public static WeekFigures Of(int? asked, IReadOnlyCollection<Answer> answers, IReadOnlyCollection<NamelessNote> notes)
    {
        var counted = answers.Where(a => a.Counted).ToList();
        var waiting = answers.Where(a => !a.Counted).ToList();
        var people = answers.Count(a => a.PersonId is null) + answers.Where(a => a.PersonId is not null).Select(a => a.PersonId).Distinct().Count();
        var ratings = counted.Where(a => a.Rating is not null).Select(a => a.Rating!.Value).ToList();
        var enough = counted.Count >= CountAnswers.Fewest;
        var rated = ratings.Count >= CountAnswers.Fewest;
        return new WeekFigures(
            asked,
            people,
            waiting.Count,
            ratings.Count,
            rated ? ratings.Average() : null,
            rated ? ratings.Min() : null,
            rated ? ratings.Max() : null,
            enough ? counted.Count - ratings.Count : null,
            enough ? [.. StruggleFigure.Of(counted, [.. notes.Where(n => n.Counted)])] : [],
            enough ? DriftFigure.Of(counted) : null,
            // The owner's two numbers are reported by the one person who is asked for them; they are not an opinion.
            answers.OrderBy(a => a.Counted).Select(a => a.MetricValue).FirstOrDefault(v => v is not null),
            answers.OrderBy(a => a.Counted).Select(a => a.SupportHours).FirstOrDefault(v => v is not null));
    }
}

/// <summary>How many named one struggle, with one of their texts.</summary>
/// <param name="Quote">Verbatim; null when nobody wrote, or when quoting could tell who wrote.</param>
public sealed record StruggleFigure(Struggles Struggle, int People, string? Quote)
{
    internal static IEnumerable<StruggleFigure> Of(IReadOnlyList<Answer> answers, IReadOnlyList<NamelessNote> notes) =>
        from struggle in CheckInFields.Each((Struggles)~0)
        where struggle != Struggles.Nothing
        let named = answers.Where(a => a.Struggles.HasFlag(struggle)).ToList()
        let nameless = notes.Where(n => n.Struggles.HasFlag(struggle)).ToList()
        let people = named.Count + nameless.Count
        where people > 0
        orderby people descending, struggle
        select new StruggleFigure(struggle, people, Quotes(named, nameless).FirstOrDefault());

    /// <summary>In the order of their letters, so that neither time nor place tells who wrote.</summary>
    private static IEnumerable<string> Quotes(List<Answer> named, List<NamelessNote> nameless) => named.Select(a => a.StruggleText)
        .Concat(named.Count + nameless.Count >= CountAnswers.Fewest ? nameless.Select(n => n.Text) : [])
        .OfType<string>().Order(StringComparer.Ordinal);
}

/// <summary>How many saw something change in what goes in or comes out.</summary>
/// <param name="Examples">"source: example", as written; what several wrote alike once.</param>
public sealed record DriftFigure(int Yes, int NotSure, int No, IReadOnlyList<string> Examples)
{
    internal static DriftFigure? Of(IReadOnlyList<Answer> answers) => answers.All(a => a.Drift is null) ? null : new DriftFigure(
        answers.Count(a => a.Drift == DriftSeen.Yes),
        answers.Count(a => a.Drift == DriftSeen.NotSure),
        answers.Count(a => a.Drift == DriftSeen.No),
        [.. answers.Where(a => a.Drift is DriftSeen.Yes or DriftSeen.NotSure)
            .Select(a => string.Join(": ", new[] { a.DriftSource, a.DriftExample }.OfType<string>()))
            .Where(e => e.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)]);
}

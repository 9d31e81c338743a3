using Bot.Chat;
using Bot.CheckIns;

namespace Bot.Exports;

/// <summary>
/// Which texts of a week an export may hold. Comments carry their author, as in the review. Struggles and drift carry none, as in the digest:
/// named beside nameless ones, the names would tell by elimination who wrote the rest. Nothing stands beside a rating.
/// </summary>
public static class ChooseTexts
{
    public static IEnumerable<ExportedText> From(
        string week, IReadOnlyCollection<Answer> answers, IReadOnlyCollection<NamelessNote> notes, IReadOnlyDictionary<PersonId, string> names)
    {
        var counted = answers.Where(a => a.Counted).ToList();
        var texts = counted.Where(a => a.Comment is not null)
            .Select(a => new ExportedText(week, TextKind.Comment, a.PersonId is { } by ? names.GetValueOrDefault(by) : null, a.Comment!));
        if (counted.Count < CountAnswers.Fewest)
        {
            return InOrder(texts);
        }

        var said = notes.Where(n => n.Counted).ToList();
        var drift = counted.Where(a => a.Drift is DriftSeen.Yes or DriftSeen.NotSure).ToList();
        return InOrder(texts
            .Concat(counted.Select(a => a.StruggleText).Concat(said.Where(n => MayQuote(n, counted, said)).Select(n => n.Text)).OfType<string>()
                .Select(text => new ExportedText(week, TextKind.Struggle, null, text)))
            .Concat(drift.Select(a => a.DriftSource).OfType<string>().Select(text => new ExportedText(week, TextKind.DriftSource, null, text)))
            .Concat(drift.Select(a => a.DriftExample).OfType<string>().Select(text => new ExportedText(week, TextKind.DriftExample, null, text))));
    }

    /// <summary>By kind, then by letters, so that neither time nor place tells who wrote.</summary>
    public static IEnumerable<ExportedText> InOrder(IEnumerable<ExportedText> texts) => texts.OrderBy(t => t.Kind).ThenBy(t => t.Text, StringComparer.Ordinal);

    /// <summary>As the digest decides: in a kind that at least three people named.</summary>
    private static bool MayQuote(NamelessNote note, List<Answer> answers, List<NamelessNote> notes) =>
        CheckInFields.Each(note.Struggles & ~Struggles.Nothing)
            .Any(s => answers.Count(a => a.Struggles.HasFlag(s)) + notes.Count(n => n.Struggles.HasFlag(s)) >= CountAnswers.Fewest);
}

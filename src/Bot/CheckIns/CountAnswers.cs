using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.CheckIns;

/// <summary>
/// Moves waiting answers into what is shown. Shown figures change only when nothing was shown before or at least three people's answers
/// change together: otherwise the difference of two figures would be one person's answer.
/// </summary>
public sealed class CountAnswers(BotDb db)
{
    /// <summary>Fewer answers than this are not shown, and fewer changes than this are held back.</summary>
    public const int Fewest = 3;

    public static bool MayCount(int counted, int waiting) => waiting > 0 && (counted < Fewest || waiting >= Fewest);

    public async Task IfNobodyIsRevealedAsync(Round round, CancellationToken ct)
    {
        await db.Answers.Where(a => a.RoundId == round.Id).LoadAsync(ct);
        await db.NamelessNotes.Where(n => n.RoundId == round.Id && !n.Counted).LoadAsync(ct);
        var answers = db.Answers.Local.Where(a => a.RoundId == round.Id).ToList();
        var waiting = answers.FindAll(a => !a.Counted);
        if (!MayCount(answers.Count - waiting.Count, waiting.Count))
        {
            return;
        }

        foreach (var answer in waiting)
        {
            if (answers.Find(a => a.Counted && a.PersonId == answer.PersonId) is { } earlier)
            {
                Replace(earlier, answer);
            }
            else
            {
                answer.Counted = true;
            }
        }

        foreach (var note in db.NamelessNotes.Local.Where(n => n.RoundId == round.Id))
        {
            note.Counted = true;
        }
    }

    /// <summary>The counted row takes over the content, so that the unique index never sees two counted answers of one person.</summary>
    private void Replace(Answer counted, Answer waiting)
    {
        var entry = db.Entry(counted);
        entry.CurrentValues.SetValues(new Dictionary<string, object?>(
            db.Entry(waiting).CurrentValues.Properties
                .Where(p => p.Name is not (nameof(Answer.Id) or nameof(Answer.Counted)))
                .Select(p => KeyValuePair.Create(p.Name, db.Entry(waiting).CurrentValues[p]))));
        db.Answers.Remove(waiting);
    }
}

using Bot.Chat;
using Bot.Initiatives;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Warnings;

/// <summary>Deletes what one person answered to warnings, also on the cards that show it; that they answered stays.</summary>
public sealed class ForgetAnswers(BotDb db, PostWarning post, RaiseWarnings raise)
{
    /// <param name="unsaid">Initiatives about which they said what stopped them; the warnings that quote it are changed too.</param>
    /// <returns>How many texts were deleted.</returns>
    public async Task<int> OfAsync(Person person, IEnumerable<InitiativeId> unsaid, CancellationToken ct)
    {
        var mine = await db.WarningAnswers.Where(a => a.By == person.Id && a.Text != "").ToListAsync(ct);
        foreach (var answer in mine)
        {
            answer.Text = "";
        }

        var ids = mine.Select(a => a.WarningId).Distinct().ToList();
        foreach (var warning in await db.Warnings.Where(w => ids.Contains(w.Id) && w.PostedLevel > 0).ToListAsync(ct))
        {
            await post.AgainAsync(warning, (await db.Initiatives.FindAsync([warning.InitiativeId], ct))!, ct);
        }

        foreach (var initiative in unsaid.Distinct())
        {
            await raise.AboutThoseNamingAsync(person.WorkspaceId, initiative, ct);
        }

        return mine.Count;
    }
}

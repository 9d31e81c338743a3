using Bot.CheckIns;
using Bot.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Bot.Retention;

/// <summary>
/// Clears what people wrote in answers once it is old enough. Ratings, choices and counts stay: they are what figures and digests are made of. A few
/// weeks at a time, each marked last, so that a run that is stopped is gone on with by the next.
/// </summary>
public sealed partial class ForgetOldTexts(BotDb db, KeptFor kept, TimeProvider clock, ILogger<ForgetOldTexts> log)
{
    private const int Batch = 50;

    public async Task RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var before = now.AddMonths(-kept.AnswerTextMonths);
        var done = 0;
        while (await FindAsync(before, ct) is { Count: > 0 } weeks)
        {
            await ClearAsync(weeks, now, ct);
            done += weeks.Count;
        }

        await db.WarningAnswers.Where(a => a.At < before && a.Text != "").ExecuteUpdateAsync(a => a.SetProperty(x => x.Text, ""), ct);
        if (done > 0)
        {
            LogCleared(done);
        }
    }

    private Task<List<RoundId>> FindAsync(DateTimeOffset before, CancellationToken ct) => db.Rounds
        .Where(r => r.TextsGoneAt == null && r.ClosesAt < before && (r.State == RoundState.Closed || r.State == RoundState.Skipped))
        .OrderBy(r => r.ClosesAt).Take(Batch).Select(r => r.Id).ToListAsync(ct);

    private async Task ClearAsync(List<RoundId> weeks, DateTimeOffset now, CancellationToken ct)
    {
        // First of all nothing more is taken: a loop that pauses leaves its last week open.
        await db.Rounds.Where(r => weeks.Contains(r.Id)).ExecuteUpdateAsync(r => r.SetProperty(x => x.Sealed, true), ct);
        await db.Answers
            .Where(a => weeks.Contains(a.RoundId) && (a.Comment != null || a.StruggleText != null || a.DriftSource != null || a.DriftExample != null))
            .ExecuteUpdateAsync(
                a => a.SetProperty(x => x.Comment, (string?)null).SetProperty(x => x.StruggleText, (string?)null)
                    .SetProperty(x => x.DriftSource, (string?)null).SetProperty(x => x.DriftExample, (string?)null),
                ct);
        await db.NamelessNotes.Where(n => weeks.Contains(n.RoundId) && n.Text != null).ExecuteUpdateAsync(n => n.SetProperty(x => x.Text, (string?)null), ct);
        await db.Rounds.Where(r => weeks.Contains(r.Id)).ExecuteUpdateAsync(r => r.SetProperty(x => x.TextsGoneAt, now), ct);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Cleared the texts of {Weeks} weeks that are older than they are kept")]
    private partial void LogCleared(int weeks);
}

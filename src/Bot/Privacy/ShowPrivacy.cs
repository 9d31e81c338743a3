using Bot.Cards;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Digests;
using Bot.Reviews;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Privacy;

/// <summary><c>/pilot privacy</c>: what is kept about me, and how to delete it.</summary>
public sealed class ShowPrivacy(BotDb db, CardBook cards) : ICommandHandler
{
    public async Task<Reply> HandleAsync(Asked asked, string arguments, CancellationToken ct)
    {
        var me = asked.By.Id;
        var answers = await db.Answers.CountAsync(a => a.PersonId == me, ct);
        var texts = await db.Answers.CountAsync(
            a => a.PersonId == me && (a.Comment != null || a.StruggleText != null || a.DriftSource != null || a.DriftExample != null), ct);
        return new Reply.Whisper(cards.Fill(new PrivacyCard(
            asked.By.Name, asked.By.TimeZone, answers, texts,
            await db.Drafts.CountAsync(d => d.PersonId == me, ct),
            await db.ActionItems.CountAsync(a => a.OwnerId == me, ct),
            await db.Invitations.CountAsync(i => i.PersonId == me && i.GaveNameless, ct),
            await db.Diagnoses.CountAsync(d => d.By == me, ct),
            await db.PlanItems.CountAsync(p => p.OwnerId == me || p.By == me, ct))));
    }
}

/// <param name="Texts">Answers that hold a text under my name.</param>
/// <param name="Nameless">Weeks in which I gave struggles without my name; the texts themselves cannot be found by me or anybody.</param>
/// <param name="Diagnoses">How often I have answered the twelve statements.</param>
/// <param name="PlanItems">Items of plans that I added or do.</param>
public sealed record PrivacyCard(string Name, string? TimeZone, int Answers, int Texts, int Drafts, int Actions, int Nameless, int Diagnoses, int PlanItems) : ICardData
{
    public static string Template => "privacy";
}

/// <summary>Deletes my texts at once: in my answers, in my drafts, and in the reviews and digests that quote them. Ratings and choices stay as numbers.</summary>
public sealed class DeleteMyTexts(BotDb db, PostReview review, PostDigest digest, CardBook cards) : IActionHandler
{
    public const string Action = "privacy.delete";

    public async Task<Reply> HandleAsync(Asked asked, string key, CancellationToken ct)
    {
        var mine = await db.Answers
            .Where(a => a.PersonId == asked.By.Id && (a.Comment != null || a.StruggleText != null || a.DriftSource != null || a.DriftExample != null))
            .ToListAsync(ct);
        foreach (var answer in mine)
        {
            answer.Comment = answer.StruggleText = answer.DriftSource = answer.DriftExample = null;
        }

        db.Drafts.RemoveRange(await db.Drafts.Where(d => d.PersonId == asked.By.Id).ToListAsync(ct));
        db.Inbox.RemoveRange(await db.Inbox.Where(i => i.WorkspaceId == asked.Workspace.Id).ToListAsync(ct));
        foreach (var week in await RoundInHand.LoadAsync(db, [.. mine.Select(a => a.RoundId).Distinct()], ct))
        {
            if (week.Round is { State: RoundState.Closed or RoundState.InReview, Imported: false })
            {
                await review.AgainAsync(week, ct);
                await digest.AgainAsync(week, ct);
            }
        }

        return Notice.Whisper(cards, $"Deleted: your texts in {Say.Count(mine.Count, "answer")} and your drafts. Reviews and digests that quoted them are being changed. "
            + "What you gave without your name cannot be found by anybody, so it stays.");
    }
}

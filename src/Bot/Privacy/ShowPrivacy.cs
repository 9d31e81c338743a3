using Bot.Cards;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Digests;
using Bot.Initiatives;
using Bot.Retention;
using Bot.Reviews;
using Bot.Store;
using Bot.Warnings;
using Microsoft.EntityFrameworkCore;

namespace Bot.Privacy;

/// <summary><c>/pilot privacy</c>: what is kept about me, and how to delete it.</summary>
public sealed class ShowPrivacy(BotDb db, KeptFor kept, CardBook cards) : ICommandHandler, IActionHandler
{
    public const string Action = "privacy.show";

    public async Task<Reply> HandleAsync(Asked asked, string arguments, CancellationToken ct)
    {
        var me = asked.By.Id;
        var answers = await db.Answers.CountAsync(a => a.PersonId == me, ct);
        var texts = await db.Answers.CountAsync(
            a => a.PersonId == me && (a.Comment != null || a.StruggleText != null || a.DriftSource != null || a.DriftExample != null), ct);
        return new Reply.Whisper(cards.Fill(new PrivacyCard(
            asked.By.Name, asked.By.TimeZone, answers, texts,
            await db.Obstacles.CountAsync(o => o.By == me && o.Sentence != null, ct),
            await db.WarningAnswers.CountAsync(a => a.By == me && a.Text != "", ct),
            await db.Drafts.CountAsync(d => d.PersonId == me, ct),
            await db.ActionItems.CountAsync(a => a.OwnerId == me, ct),
            await db.Invitations.CountAsync(i => i.PersonId == me && i.GaveNameless, ct),
            await db.Diagnoses.CountAsync(d => d.By == me, ct),
            await db.PlanItems.CountAsync(p => p.OwnerId == me || p.By == me, ct),
            await db.Fingerprints.CountAsync(f => f.PersonId == me && f.Hash != null, ct),
            kept.AnswerTextMonths, kept.RemovedWorkspaceDays)));
    }
}

/// <param name="Texts">Answers that hold a text under my name.</param>
/// <param name="Sentences">What I said about what prevented an initiative from reaching production.</param>
/// <param name="Replies">Answers to warnings that hold a text.</param>
/// <param name="Nameless">Weeks in which I gave struggles without my name; the texts themselves cannot be found by me or anybody.</param>
/// <param name="Diagnoses">How often I have answered the twelve statements.</param>
/// <param name="PlanItems">Items of plans that I added or do.</param>
/// <param name="Fingerprints">Initiatives followed in two places in which I am recognised by a fingerprint of my e-mail address.</param>
/// <param name="TextMonths">How long texts are kept.</param>
/// <param name="RemovedDays">How long everything is kept after the bot is removed.</param>
public sealed record PrivacyCard(
    string Name, string? TimeZone, int Answers, int Texts, int Sentences, int Replies, int Drafts, int Actions, int Nameless, int Diagnoses, int PlanItems, int Fingerprints, int TextMonths, int RemovedDays) : ICardData
{
    public static string Template => "privacy";
}

/// <summary>
/// Deletes my texts at once, and the fingerprint I am recognised by in two places: in my answers, in the register what I said about what stopped an initiative, in answers to warnings, in my drafts, and in the
/// reviews, digests and warnings that quote them. Ratings and choices stay as numbers, causes as a count; so do the reasons of stage changes, which like decisions
/// are the team's, but without my name.
/// </summary>
public sealed class DeleteMyTexts(BotDb db, PostReview review, PostDigest digest, ForgetAnswers forget, CardBook cards) : IActionHandler
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

        var (sentences, stopped) = await ForgetInRegisterAsync(asked.By.Id, ct);
        var replies = await forget.OfAsync(asked.By, stopped, ct);
        db.Drafts.RemoveRange(await db.Drafts.Where(d => d.PersonId == asked.By.Id).ToListAsync(ct));
        var fingerprints = await db.Fingerprints.Where(f => f.PersonId == asked.By.Id && f.Hash != null).ToListAsync(ct);
        // Without one they are nobody's match; that they do not want one stays as long as the tie.
        fingerprints.ForEach(f => f.Hash = null);
        db.Inbox.RemoveRange(await db.Inbox.Where(i => i.WorkspaceId == asked.Workspace.Id).ToListAsync(ct));
        foreach (var week in await RoundInHand.LoadAsync(db, [.. mine.Select(a => a.RoundId).Distinct()], ct))
        {
            if (week.Round is { State: RoundState.Closed or RoundState.InReview, Imported: false })
            {
                await review.AgainAsync(week, ct);
                await digest.AgainAsync(week, ct);
            }
        }

        return Notice.Whisper(cards, $"Deleted: your texts in {Say.Count(mine.Count, "answer")}, {Say.Count(sentences, "sentence")} in the register, {Say.Count(replies, "answer")} to warnings, and your drafts. Reviews, digests and warnings that quoted them are being changed. "
            + (fingerprints.Count == 0 ? "" : "The fingerprint of your e-mail address is deleted and not made again: where you take part in both places you are asked and counted in each. ")
            + "What you gave without your name cannot be found by anybody, so it stays.");
    }

    /// <returns>How many sentences were deleted, and about which initiatives.</returns>
    private async Task<(int Sentences, IReadOnlyList<InitiativeId> Stopped)> ForgetInRegisterAsync(PersonId me, CancellationToken ct)
    {
        var obstacles = await db.Obstacles.Where(o => o.By == me).ToListAsync(ct);
        var sentences = obstacles.Count(o => o.Sentence is not null);
        foreach (var obstacle in obstacles)
        {
            (obstacle.Sentence, obstacle.By) = (null, null);
        }

        foreach (var change in await db.StageChanges.Where(s => s.By == me).ToListAsync(ct))
        {
            change.By = null;
        }

        return (sentences, [.. obstacles.Select(o => o.InitiativeId).Distinct()]);
    }
}

using Bot.Cards;
using Bot.Chat;
using Bot.Delivery;
using Bot.Digests;
using Bot.Reviews;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.CheckIns;

/// <summary>Takes a check-in, first time or changed, in time or late.</summary>
public sealed class AnswerCheckIn(
    BotDb db, CheckInForm form, CountAnswers count, PostReview review, PostDigest digest, Outbox outbox, CardBook cards, TimeProvider clock) : IFormHandler
{
    public async Task<Reply> HandleAsync(Asked asked, string key, FormValues values, CancellationToken ct)
    {
        if (await RoundInHand.FindAsync(db, asked.Workspace.Id, key, ct) is not { } week
            || await db.Invitations.FindAsync([week.Round.Id, asked.By.Id], ct) is not { } invitation)
        {
            return Notice.Whisper(cards, "This check-in is not known here any more.");
        }

        if (!week.Round.TakesAnswers)
        {
            return Notice.Whisper(cards, $"The {Say.Week(week.Round.ReviewDate)} takes no more answers. Your text is kept as a draft and was not sent.");
        }

        var probe = await form.ProbeAsync(week, invitation, ct);
        if (CheckInFields.Parse(values, probe, out var errors) is not { } fields)
        {
            return new Reply.FieldErrors(form.Fill(week, invitation, asked.By, values, probe), errors);
        }

        // Only the owner's form asks for these; a form sent by hand may still hold them.
        fields = CheckInForm.IsOwner(week, invitation) ? fields : fields with { MetricValue = null, SupportHours = null };
        await SaveAsync(week.Round, invitation, fields, ct);
        await ShowAsync(week, ct);
        var saved = Saved(week, invitation, fields, asked.By);
        await outbox.ChangeAsync(asked.Workspace.Id, week.PromptKey(asked.By.Id), saved, ct);
        // A reminder or a list may offer other check-ins too: only the prompt itself becomes the answer.
        var prompt = await db.PostedCards.FindAsync([asked.Workspace.Id, week.PromptKey(asked.By.Id)], ct);
        return asked.On is not null && asked.On == prompt?.Ref ? new Reply.ReplaceCard(saved) : new Reply.Whisper(saved);
    }

    private async Task SaveAsync(Round round, Invitation invitation, CheckInFields fields, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var waiting = await db.Answers.FirstOrDefaultAsync(a => a.RoundId == round.Id && a.PersonId == invitation.PersonId && !a.Counted, ct);
        if (waiting is null)
        {
            waiting = new Answer { Id = Id.New<AnswerId>(clock), RoundId = round.Id, PersonId = invitation.PersonId, At = now };
            db.Answers.Add(waiting);
        }

        var nameless = fields.Nameless && !invitation.GaveNameless && ((fields.Struggles & ~Struggles.Nothing) != Struggles.None || fields.StruggleText is not null);
        fields.WriteTo(waiting, keepStruggles: !nameless && !invitation.GaveNameless);
        waiting.At = now;
        waiting.Late = round.State == RoundState.Closed;
        if (nameless)
        {
            // A random key, not a UUID v7: nothing about the row may tell when, and so by whom, it was written.
            db.NamelessNotes.Add(new NamelessNote { Id = Guid.NewGuid(), RoundId = round.Id, Struggles = fields.Struggles, Text = fields.StruggleText });
            invitation.GaveNameless = true;
        }

        invitation.AnsweredAt ??= now;
        invitation.DeclinedAt = null;
    }

    /// <summary>Before the review nobody sees anything; after it, what is shown may move if that reveals nobody.</summary>
    private async Task ShowAsync(RoundInHand week, CancellationToken ct)
    {
        if (week.Round.State == RoundState.Collecting)
        {
            return;
        }

        await count.IfNobodyIsRevealedAsync(week.Round, ct);
        if (week.Round.State == RoundState.InReview)
        {
            await review.AgainAsync(week, ct);
        }
        else
        {
            await digest.AgainAsync(week, ct);
        }
    }

    private Card Saved(RoundInHand week, Invitation invitation, CheckInFields fields, Person person)
    {
        // What was given without a name is not repeated here: this card is stored and shown with the person's name beside it.
        var struggles = invitation.GaveNameless ? null
            : fields.Struggles == Struggles.None ? "not answered"
            : string.Join(", ", CheckInFields.Each(fields.Struggles).Select(CheckInFields.Label));
        var drift = fields.Drift switch { DriftSeen.No => "no", DriftSeen.NotSure => "not sure", DriftSeen.Yes => "yes", _ => "not answered" };
        return cards.Fill(new CheckInSavedCard(
            week.Round.Id.ToString(), week.Initiative.Name, Say.Week(week.Round.ReviewDate), fields.Rating, struggles, drift,
            week.Round.State == RoundState.Closed, Say.DayAndTime(week.Loop.Slot.HoursBefore(week.Round.ReviewDate.AddDays(7), week.Loop.OpenHours), person.TimeZone ?? week.Zone)));
    }
}

/// <param name="Rating">Null: did not use it.</param>
/// <param name="Struggles">Null: given without a name.</param>
/// <param name="Late">The week was closed already; it was added and the digest says so.</param>
/// <param name="ChangeUntil">About when the next week opens.</param>
public sealed record CheckInSavedCard(
    string Key, string Initiative, string Week, int? Rating, string? Struggles, string Drift, bool Late, string ChangeUntil) : ICardData
{
    public static string Template => "checkin-saved";
}

using Bot.Cards;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Reviews;

/// <summary>Starts the review: the boxes run from now, and the end moves so that all of them fit.</summary>
public sealed class StartReview(BotDb db, AdvanceAgenda agenda, PostReview review, CardBook cards, TimeProvider clock) : IActionHandler
{
    public const string Action = "review.start";

    public async Task<Reply> HandleAsync(Asked asked, string key, CancellationToken ct)
    {
        if (await RoundInHand.FindAsync(db, asked.Workspace.Id, key, ct) is not { } week)
        {
            return Notice.Whisper(cards, "This review is not known here any more.");
        }

        if (week.Round.State != RoundState.InReview)
        {
            return Notice.Whisper(cards, "This review is over.");
        }

        if (week.Round.StartedAt is null)
        {
            await BeginAsync(week, ct);
        }

        // The card is everybody's: it changes through the outbox, in the order of what was decided, not in this answer.
        await review.AgainAsync(week, ct);
        return new Reply.Silence();
    }

    private async Task BeginAsync(RoundInHand week, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var minutes = week.Loop.Slot.Minutes;
        week.Round.StartedAt = now;
        week.Round.ClosesAt = now.AddMinutes(minutes);
        agenda.Announce(week, Step.Review);
        foreach (var box in new[] { Step.Struggles, Step.Drift, Step.Adapt })
        {
            db.RoundSteps.Add(new RoundStep { RoundId = week.Round.Id, Step = box, DueAt = now.AddMinutes(Agenda.Begins(box, minutes)) });
        }

        var close = await db.RoundSteps.SingleAsync(s => s.RoundId == week.Round.Id && s.Step == Step.Close, ct);
        close.DueAt = week.Round.ClosesAt;
    }
}

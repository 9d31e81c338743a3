using Bot.Cards;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Reviews;

/// <summary>Ends the review before its time: the round closes and the digest comes now.</summary>
public sealed class EndReview(BotDb db, CloseDueRounds close, PostReview review, CardBook cards, TimeProvider clock) : IActionHandler
{
    public const string Action = "review.end";

    public async Task<Reply> HandleAsync(Asked asked, string key, CancellationToken ct)
    {
        if (await RoundInHand.FindAsync(db, asked.Workspace.Id, key, ct) is not { } week)
        {
            return Notice.Whisper(cards, "This review is not known here any more.");
        }

        if (week.Round.State != RoundState.InReview)
        {
            return Notice.Whisper(cards, "This review is over; the digest is below.");
        }

        var now = clock.GetUtcNow();
        week.Round.ClosesAt = now;
        await foreach (var step in db.RoundSteps.Where(s => s.RoundId == week.Round.Id && s.State == StepState.Due).AsAsyncEnumerable().WithCancellation(ct))
        {
            step.State = step.Step == Step.Close ? StepState.Done : StepState.Dropped;
            step.DoneAt = now;
        }

        await close.CloseAsync(week, ct);
        await review.AgainAsync(week, ct);
        return new Reply.Silence();
    }
}

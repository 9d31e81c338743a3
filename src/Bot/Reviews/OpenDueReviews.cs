using Bot.CheckIns;

namespace Bot.Reviews;

/// <summary>Opens the review at the slot: counts what was answered and posts the agenda.</summary>
public sealed class OpenDueReviews(CountAnswers count, PostReview review, TimeProvider clock)
{
    public async Task<StepState> DoAsync(RoundInHand week, CancellationToken ct)
    {
        var round = week.Round;
        if (round.State != RoundState.Collecting)
        {
            return StepState.Dropped;
        }

        if (clock.GetUtcNow() >= round.ClosesAt)
        {
            return StepState.Missed;
        }

        round.State = RoundState.InReview;
        await count.IfNobodyIsRevealedAsync(round, ct);
        await review.PostAsync(week, ct);
        return StepState.Done;
    }
}

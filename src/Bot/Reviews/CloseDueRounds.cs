using Bot.CheckIns;
using Bot.Digests;
using Bot.Store;
using Bot.Ties;

namespace Bot.Reviews;

/// <summary>Closes a round at the end of its review and posts the digest; plans the next one.</summary>
public sealed class CloseDueRounds(BotDb db, CountAnswers count, PlanRounds plan, PostDigest digest, PostReview review, AcrossTies across, TimeProvider clock)
{
    /// <summary>An older digest is news no more.</summary>
    private static readonly TimeSpan DigestMakesSense = TimeSpan.FromHours(48);

    public async Task<StepState> DoAsync(RoundInHand week, CancellationToken ct)
    {
        var round = week.Round;
        if (round.State is not (RoundState.Collecting or RoundState.InReview))
        {
            return StepState.Dropped;
        }

        var inReview = round.State == RoundState.InReview;
        if (clock.GetUtcNow() - round.ClosesAt > DigestMakesSense)
        {
            await CloseSilentlyAsync(week, ct);
            return StepState.Missed;
        }

        await CloseAsync(week, ct);
        if (inReview)
        {
            await review.AgainAsync(week, ct);
        }

        return StepState.Done;
    }

    public async Task CloseAsync(RoundInHand week, CancellationToken ct)
    {
        await CloseSilentlyAsync(week, ct);
        await digest.PostAsync(week, ct);
        if (await across.ToldOfAsync(week.Round, ct) is { } other)
        {
            await digest.AgainAsync(other, ct);
        }

        // A step of its own, done at once: the rules look at the week as saved, and what fails there cannot hold up the digest.
        db.RoundSteps.Add(new RoundStep { RoundId = week.Round.Id, Step = Step.Warn, DueAt = clock.GetUtcNow() });
    }

    private async Task CloseSilentlyAsync(RoundInHand week, CancellationToken ct)
    {
        week.Round.State = RoundState.Closed;
        week.Round.ClosedAt = clock.GetUtcNow();
        await count.IfNobodyIsRevealedAsync(week.Round, ct);
        await plan.AfterAsync(week.Loop, week.Round, ct);
    }
}

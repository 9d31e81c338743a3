using Bot.Delivery;
using Bot.Loops;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.CheckIns;

/// <summary>Leaves a week out, with its reason in the ledger.</summary>
public sealed class SkipRound(BotDb db, PlanRounds plan, Outbox outbox)
{
    public async Task AndPlanNextAsync(RoundInHand week, string reason, CancellationToken ct)
    {
        await WithoutNextAsync(week.Round, reason, ct);
        await plan.AfterAsync(week.Loop, week.Round, ct);
    }

    public async Task WithoutNextAsync(Round round, string reason, CancellationToken ct)
    {
        round.State = RoundState.Skipped;
        round.SkippedBecause = reason;
        await foreach (var step in db.RoundSteps.Where(s => s.RoundId == round.Id && s.State == StepState.Due).AsAsyncEnumerable().WithCancellation(ct))
        {
            step.State = StepState.Dropped;
        }

        await foreach (var invited in db.Invitations.Where(i => i.RoundId == round.Id).AsAsyncEnumerable().WithCancellation(ct))
        {
            await outbox.WithdrawAsync(round.WorkspaceId, $"prompt:{round.Id}:{invited.PersonId}", ct);
        }
    }
}

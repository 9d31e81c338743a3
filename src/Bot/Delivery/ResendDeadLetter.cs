using Bot.CheckIns;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Delivery;

/// <summary>
/// Puts a card that was given up or refused back into its lane, with 48 hours before it and in its old place among what waits for the same conversation; unless it no longer
/// makes sense there.
/// </summary>
public sealed class ResendDeadLetter(BotDb db, TimeProvider clock)
{
    /// <summary>What was said of a week is old news by then.</summary>
    private static readonly TimeSpan Stale = TimeSpan.FromHours(48);

    public async Task<ResendOutcome> RunAsync(OutboxId id, CancellationToken ct)
    {
        if (await db.Outbox.FirstOrDefaultAsync(o => o.Id == id, ct) is not { } card)
        {
            return new ResendOutcome.NotSent("There is no such card.");
        }

        if (await RefusalAsync(card, ct) is { } why)
        {
            return new ResendOutcome.NotSent(why);
        }

        var now = clock.GetUtcNow();
        (card.State, card.CreatedAt, card.NotBefore, card.Attempts, card.EndedAt, card.LastError) = (OutboxState.Waiting, now, now, 0, null, null);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new ResendOutcome.NotSent("Somebody else has just sent it again.");
        }

        return new ResendOutcome.Waiting();
    }

    private async Task<string?> RefusalAsync(OutboxCard card, CancellationToken ct) => card switch
    {
        { State: not OutboxState.Dead } => "It is not a dead letter.",
        { Card: "" } => "Nothing is kept of it: whom it was for is gone.",
        _ => await GoneAsync(card, ct) ?? await OvertakenAsync(card, ct) ?? await OverAsync(card, ct),
    };

    private async Task<string?> GoneAsync(OutboxCard card, CancellationToken ct) =>
        await db.Workspaces.AnyAsync(w => w.Id == card.WorkspaceId && w.RemovedAt != null, ct) ? "The bot was uninstalled there."
            : card.ToPerson is { } person && !await db.People.AnyAsync(p => p.Id == person && p.GoneAt == null, ct) ? "The person is gone."
            : card.ToChannel is { } channel && !await db.Channels.AnyAsync(c => c.Id == channel && c.GoneAt == null, ct) ? "The channel is gone."
            : null;

    /// <summary>An update changes a post that is out, and not back to what it said before.</summary>
    private async Task<string?> OvertakenAsync(OutboxCard card, CancellationToken ct) =>
        card.Updates is not { } post ? null
            : !await db.PostedCards.AnyAsync(p => p.WorkspaceId == card.WorkspaceId && p.Key == post, ct) ? "The post it changes was never delivered: send that one again."
            : await db.Outbox.Where(o => o.WorkspaceId == card.WorkspaceId && o.Updates == post && (o.State != OutboxState.Dead || o.Id == card.Id))
                .OrderByDescending(o => o.Id).Select(o => o.Id).FirstAsync(ct) != card.Id ? "A later change of the same post is out, or on its way."
            : null;

    private async Task<string?> OverAsync(OutboxCard card, CancellationToken ct)
    {
        if ((card.Updates ?? card.Key).Split(':') is not [("prompt" or "remind" or "open" or "review" or "box" or "digest") and var kind, var key, ..]
            || await RoundInHand.FindAsync(db, card.WorkspaceId, key, ct) is not { Round: var round })
        {
            return null;
        }

        return round.ClosedAt < clock.GetUtcNow() - Stale ? "The week it is about closed more than 48 hours ago."
            : round.State == RoundState.Skipped ? "The week it is about was left out."
            : card.Updates is null && kind is "prompt" or "remind" && await db.Invitations.AnyAsync(i => i.RoundId == round.Id && i.PersonId == card.ToPerson && i.AnsweredAt != null, ct)
                ? "They have answered by now."
            : null;
    }
}

/// <summary>How sending a dead letter again ended.</summary>
public abstract record ResendOutcome
{
    private ResendOutcome()
    {
    }

    /// <summary>A running host takes it within seconds.</summary>
    public sealed record Waiting : ResendOutcome;

    public sealed record NotSent(string Why) : ResendOutcome;
}

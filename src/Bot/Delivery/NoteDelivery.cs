using Bot.Chat;
using Bot.Store;
using Bot.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bot.Delivery;

/// <summary>What was sent, and how that ended.</summary>
/// <param name="Revision">Of the card, as it went out.</param>
/// <param name="Content">The card as JSON, as it went out.</param>
public sealed record Sent(PlatformName Platform, int Revision, string Content, PostOutcome Outcome);

/// <summary>
/// Notes how the sending of a card ended. What the platform has and we forget would be said twice: as long as this process lives, it is noted
/// once the store is back.
/// </summary>
public sealed partial class NoteDelivery(IServiceScopeFactory scopes, Measures measures, TimeProvider clock, ILogger<NoteDelivery> log)
{
    /// <summary>How long a card is tried.</summary>
    public static readonly TimeSpan GiveUp = TimeSpan.FromHours(48);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan NoteAgain = TimeSpan.FromSeconds(1);

    public async Task NoteAsync(BotDb db, OutboxCard card, Sent sent, CancellationToken ct)
    {
        try
        {
            await WriteBackAsync(db, card, sent, ct);
            return;
        }
        catch (Exception away) when (sent.Outcome is PostOutcome.Posted && StoreAway.IsItself(away))
        {
            LogNotNoted(card.Id, away.GetBaseException().Message);
        }

        while (true)
        {
            await Task.Delay(NoteAgain, clock, ct);
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var again = scope.ServiceProvider.GetRequiredService<BotDb>();
                var waiting = await again.Outbox.FirstOrDefaultAsync(o => o.Id == card.Id && o.State == OutboxState.Waiting, ct);
                if (waiting is not null)
                {
                    await WriteBackAsync(again, waiting, sent, ct);
                }

                return;
            }
            catch (Exception away) when (StoreAway.IsItself(away))
            {
                LogStillNotNoted(card.Id);
            }
        }
    }

    private async Task WriteBackAsync(BotDb db, OutboxCard card, Sent sent, CancellationToken ct)
    {
        var follow = Note(db, card, sent);
        while (!await IsSavedAsync(db, ct))
        {
            // The card was changed meanwhile, by a crowd perhaps more than once.
            var entry = db.Entry(card);
            await entry.ReloadAsync(ct);
            if (entry.State == EntityState.Detached)
            {
                return;
            }

            if (follow is not null)
            {
                db.Entry(follow).State = EntityState.Detached;
            }

            follow = Note(db, card, sent);
        }

        Measure(sent, card);
        LogEnded(card.Id, sent.Outcome.GetType().Name, card.Attempts);
        if (card.State == OutboxState.Dead)
        {
            LogGivenUp(card.Id, card.LastError!);
        }
    }

    /// <summary>False when somebody else changed the card since it was read.</summary>
    private static async Task<bool> IsSavedAsync(BotDb db, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
    }

    /// <returns>Where the card was changed while it was on its way, what is out is the earlier one: the change, sent after it.</returns>
    private OutboxCard? Note(BotDb db, OutboxCard card, Sent sent)
    {
        var changed = card.Card;
        Note(db, card, sent.Outcome);
        return sent.Outcome is PostOutcome.Posted && card.Revision != sent.Revision && changed != sent.Content ? Follow(db, card, changed) : null;
    }

    private void Note(BotDb db, OutboxCard card, PostOutcome outcome)
    {
        var now = clock.GetUtcNow();
        switch (outcome)
        {
            case PostOutcome.Posted posted:
                (card.State, card.EndedAt, card.Card, card.LastError) = (OutboxState.Delivered, now, "", null);
                if (card.Updates is null && db.PostedCards.Local.All(p => p.Key != card.Key))
                {
                    db.PostedCards.Add(new PostedCard
                    {
                        WorkspaceId = card.WorkspaceId, Key = card.Key, ConversationId = posted.Message.ConversationId, MessageId = posted.Message.MessageId, At = now,
                    });
                }

                break;
            case PostOutcome.Later later when now - card.CreatedAt >= GiveUp:
                (card.State, card.EndedAt, card.LastError) = (OutboxState.Dead, now, "Given up after 48 hours: " + later.Why);
                break;
            case PostOutcome.Later { ForAll: true }:
                // It was not tried, and lies as it lay.
                break;
            case PostOutcome.Later later:
                card.Attempts++;
                card.LastError = later.Why;
                card.NotBefore = now + (later.After ?? Pause(card.Attempts));
                break;
            case PostOutcome.Gone gone:
                (card.State, card.EndedAt, card.LastError, card.Card) = (OutboxState.Dead, now, "Gone: " + gone.Why, "");
                MarkGone(db, card, now);
                break;
            case PostOutcome.Refused refused:
                (card.State, card.EndedAt, card.LastError) = (OutboxState.Dead, now, "Refused: " + refused.Why);
                break;
        }
    }

    private void Measure(Sent sent, OutboxCard card)
    {
        measures.Tried(sent.Platform, sent.Outcome switch
        {
            PostOutcome.Posted => "posted",
            PostOutcome.Later => card.State == OutboxState.Dead ? "given_up" : "later",
            PostOutcome.Gone => "gone",
            _ => "refused",
        });
        if (sent.Outcome is PostOutcome.Posted)
        {
            measures.Delivered(sent.Platform, card.EndedAt!.Value - card.CreatedAt);
        }
    }

    private static void MarkGone(BotDb db, OutboxCard card, DateTimeOffset now)
    {
        if (card.Updates is not null)
        {
            return;
        }

        if (card.ToPerson is { } person && db.People.Local.FirstOrDefault(p => p.Id == person) is { } who)
        {
            who.GoneAt ??= now;
        }
        else if (card.ToChannel is { } channel && db.Channels.Local.FirstOrDefault(c => c.Id == channel) is { } where)
        {
            where.GoneAt ??= now;
        }
    }

    private OutboxCard Follow(BotDb db, OutboxCard post, string changed) => db.Outbox.Add(new OutboxCard
    {
        Id = Id.New<OutboxId>(clock),
        WorkspaceId = post.WorkspaceId,
        Key = $"{post.Key}~{Id.New<OutboxId>(clock)}",
        Updates = post.Updates ?? post.Key,
        ToPerson = post.ToPerson,
        ToChannel = post.ToChannel,
        Card = changed,
        NotBefore = clock.GetUtcNow(),
        CreatedAt = clock.GetUtcNow(),
    }).Entity;

    /// <summary>Before the next attempt, when so many have failed.</summary>
    internal static TimeSpan Pause(int attempts)
    {
        var pause = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(attempts, 10)));
        return pause < LongestPause ? pause : LongestPause;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Card {OutboxId} ended {Outcome} after {Attempts} earlier attempts")]
    private partial void LogEnded(OutboxId outboxId, string outcome, int attempts);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Card {OutboxId} is out, and is noted as soon as the store answers: {Why}")]
    private partial void LogNotNoted(OutboxId outboxId, string why);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Card {OutboxId} could still not be noted")]
    private partial void LogStillNotNoted(OutboxId outboxId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Card {OutboxId} was given up: {Why}")]
    private partial void LogGivenUp(OutboxId outboxId, string why);
}

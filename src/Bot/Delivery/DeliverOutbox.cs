using System.Collections.Concurrent;
using System.Text.Json;
using Bot.Chat;
using Bot.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bot.Delivery;

/// <summary>
/// The lane of one workspace: takes waiting cards to the platform, several conversations at once, in order within each. Within one host the
/// caller sees to it that a workspace has one lane at a time; among several the lane does.
/// </summary>
public sealed partial class DeliverOutbox(IServiceScopeFactory scopes, IEnumerable<IChatPlatform> platforms, TimeProvider clock, ILogger<DeliverOutbox> log)
{
    private const int Batch = 200;
    private const int ConversationsAtOnce = 4;
    private static readonly TimeSpan GiveUp = TimeSpan.FromHours(48);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);

    /// <summary>Workspaces that have something to say now.</summary>
    public async Task<IReadOnlyList<WorkspaceId>> LanesAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = clock.GetUtcNow();
        var db = scope.ServiceProvider.GetRequiredService<BotDb>();
        // One look into the index for each workspace, not at each card that waits: there may be fifty thousand.
        return await db.Workspaces.Where(w => db.Outbox.Any(o => o.State == OutboxState.Waiting && o.WorkspaceId == w.Id && o.NotBefore <= now)).Select(w => w.Id).ToListAsync(ct);
    }

    /// <param name="workspaceId">Whose cards.</param>
    /// <param name="ct">Begins no further card. One that is on its way is finished and noted: cut off half-way, it could be out or not.</param>
    public async Task RunAsync(WorkspaceId workspaceId, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BotDb>();
        if (await db.Workspaces.AsNoTracking().SingleOrDefaultAsync(w => w.Id == workspaceId, ct) is not { } workspace)
        {
            return; // deleted between the ring and the run
        }

        if (workspace.RemovedAt is not null)
        {
            await DropAsync(workspaceId, ct);
            return;
        }

        var platform = platforms.FirstOrDefault(p => p.Name == workspace.Platform);
        if (platform is null)
        {
            // A platform that was switched off: its cards wait until it is back, or 48 hours.
            LogPlatformAbsent(workspaceId, workspace.Platform);
            return;
        }

        var stuck = new ConcurrentBag<Conversation>();
        await using var hold = new LaneHold(db, workspaceId);
        while (!ct.IsCancellationRequested && await hold.IsOursAsync(ct) && await WaitingAsync(workspaceId, stuck, ct) is { Count: > 0 } waiting)
        {
            await Parallel.ForEachAsync(
                waiting.GroupBy(c => new Conversation(c.ToPerson, c.ToChannel)),
                new ParallelOptions { MaxDegreeOfParallelism = ConversationsAtOnce },
                async (conversation, _) =>
                {
                    foreach (var card in conversation.TakeWhile(_ => !ct.IsCancellationRequested))
                    {
                        if (!await DeliverAsync(workspace, platform, card.Id, CancellationToken.None))
                        {
                            stuck.Add(conversation.Key);
                            break;
                        }
                    }
                });
        }
    }

    /// <summary>Nobody is there to hear it, and after a new installation it would be stale.</summary>
    private async Task DropAsync(WorkspaceId workspace, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = clock.GetUtcNow();
        await scope.ServiceProvider.GetRequiredService<BotDb>().Outbox.Where(o => o.WorkspaceId == workspace && o.State == OutboxState.Waiting)
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.State, OutboxState.Dead).SetProperty(o => o.EndedAt, now)
                .SetProperty(o => o.LastError, "The bot was uninstalled.").SetProperty(o => o.Card, ""), ct);
    }

    /// <summary>What may be sent now, without anything that stands behind a card of its conversation that waits for another try.</summary>
    private async Task<List<OutboxCard>> WaitingAsync(WorkspaceId workspace, IReadOnlyCollection<Conversation> stuck, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BotDb>();
        var now = clock.GetUtcNow();
        var retrying = await db.Outbox.AsNoTracking()
            .Where(o => o.WorkspaceId == workspace && o.State == OutboxState.Waiting && o.Attempts > 0 && o.NotBefore > now)
            .Select(o => new Conversation(o.ToPerson, o.ToChannel)).Distinct().ToListAsync(ct);
        var people = retrying.Concat(stuck).Select(c => c.Person).OfType<PersonId>().ToList();
        var channels = retrying.Concat(stuck).Select(c => c.Channel).OfType<ChannelId>().ToList();
        return await db.Outbox.AsNoTracking()
            .Where(o => o.WorkspaceId == workspace && o.State == OutboxState.Waiting && o.NotBefore <= now
                && (o.ToPerson == null || !people.Contains(o.ToPerson.Value)) && (o.ToChannel == null || !channels.Contains(o.ToChannel.Value)))
            .OrderBy(o => o.Id).Take(Batch).ToListAsync(ct);
    }

    /// <summary>False when the conversation has to wait.</summary>
    private async Task<bool> DeliverAsync(Workspace workspace, IChatPlatform platform, OutboxId id, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BotDb>();
        if (await db.Outbox.FirstOrDefaultAsync(o => o.Id == id && o.State == OutboxState.Waiting, ct) is not { } card)
        {
            return true;
        }

        var revision = card.Revision;
        PostOutcome outcome;
        try
        {
            outcome = await SendAsync(db, workspace, platform, card, ct);
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            // An adapter's defect or a broken connection must not stop the lane: the card is tried again, and given up visibly.
            LogSendFailed(failed, id);
            outcome = new PostOutcome.Later(null, failed.GetType().Name);
        }

        return await WriteBackAsync(db, card, revision, outcome, ct);
    }

    private static async Task<PostOutcome> SendAsync(BotDb db, Workspace workspace, IChatPlatform platform, OutboxCard card, CancellationToken ct)
    {
        var content = JsonSerializer.Deserialize<Card>(card.Card)!;
        if (card.Updates is { } post)
        {
            return await db.PostedCards.FindAsync([workspace.Id, post], ct) is { } posted
                ? await platform.UpdateAsync(workspace.Ref, posted.Ref, content, ct)
                : new PostOutcome.Gone("The post it changes was never delivered.");
        }

        Destination to;
        if (card.ToPerson is { } personId)
        {
            var person = await db.People.FindAsync([personId], ct);
            if (person is null or { GoneAt: not null })
            {
                return new PostOutcome.Gone("The person is gone.");
            }

            to = new Destination.ToPerson(person.ExternalId);
        }
        else
        {
            var channel = await db.Channels.FindAsync([card.ToChannel!.Value], ct);
            if (channel is null or { GoneAt: not null })
            {
                return new PostOutcome.Gone("The channel is gone.");
            }

            var thread = card.ThreadOf is { } key ? (await db.PostedCards.FindAsync([workspace.Id, key], ct))?.Ref : null;
            to = new Destination.ToConversation(channel.Ref, thread);
        }

        return await platform.PostAsync(workspace.Ref, to, content, card.Key, ct);
    }

    private async Task<bool> WriteBackAsync(BotDb db, OutboxCard card, int revision, PostOutcome outcome, CancellationToken ct)
    {
        var content = card.Card;
        OutboxCard? follow = null;
        Note(db, card, outcome);
        while (!await IsSavedAsync(db, ct))
        {
            // The card was changed while it was on its way, by a crowd perhaps more than once. What is out is the earlier one: note it, and send the change after it.
            var entry = db.Entry(card);
            await entry.ReloadAsync(ct);
            if (entry.State == EntityState.Detached)
            {
                return true;
            }

            if (follow is not null)
            {
                db.Entry(follow).State = EntityState.Detached;
            }

            var changed = card.Card;
            Note(db, card, outcome);
            follow = outcome is PostOutcome.Posted && card.Revision != revision && changed != content ? Follow(db, card, changed) : null;
        }

        LogEnded(card.Id, outcome.GetType().Name, card.Attempts);
        return outcome is not PostOutcome.Later;
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
            case PostOutcome.Later later when now - card.CreatedAt < GiveUp:
                card.Attempts++;
                card.LastError = later.Why;
                card.NotBefore = now + (later.After ?? Pause(card.Attempts));
                break;
            case PostOutcome.Later later:
                (card.State, card.EndedAt, card.LastError) = (OutboxState.Dead, now, "Given up after 48 hours: " + later.Why);
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

    private static TimeSpan Pause(int attempts)
    {
        var pause = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(attempts, 10)));
        return pause < LongestPause ? pause : LongestPause;
    }

    /// <summary>Where cards keep their order: one person's chat, or one channel.</summary>
    private sealed record Conversation(PersonId? Person, ChannelId? Channel);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Card {OutboxId} ended {Outcome} after {Attempts} earlier attempts")]
    private partial void LogEnded(OutboxId outboxId, string outcome, int attempts);

    [LoggerMessage(Level = LogLevel.Error, Message = "Sending card {OutboxId} failed")]
    private partial void LogSendFailed(Exception failed, OutboxId outboxId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Workspace {WorkspaceId} has cards waiting, but its platform {Platform} is not switched on")]
    private partial void LogPlatformAbsent(WorkspaceId workspaceId, PlatformName platform);
}

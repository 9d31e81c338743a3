using System.Collections.Concurrent;
using System.Text.Json;
using Bot.Chat;
using Bot.Store;
using Bot.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bot.Delivery;

/// <summary>
/// The lane of one workspace: takes waiting cards to the platform, several conversations at once, and in each the posts in order and the updates in
/// order. A card that waits for another try holds its conversation; where posts or updates of the whole workspace are put off, the others overtake
/// them, which harms nothing: an update is not there before its post is out. Within one host the caller sees to it that a workspace has one lane at
/// a time; among several the lane does.
/// </summary>
public sealed partial class DeliverOutbox(IServiceScopeFactory scopes, IEnumerable<IChatPlatform> platforms, PausedLanes paused, PutOff putOff, NoteDelivery notes, TimeProvider clock, ILogger<DeliverOutbox> log)
{
    private const int Batch = 200;
    private const int ConversationsAtOnce = 4;

    /// <summary>Attempts of a card after which an adapter that fails on it, and did the last time, is believed to fail for ever.</summary>
    private const int MostFailures = 5;
    private const string Failed = "Failed: ";

    /// <summary>Workspaces that have something to say now, and a platform that answers or should be asked whether it does again.</summary>
    public async Task<IReadOnlyList<WorkspaceId>> LanesAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = clock.GetUtcNow();
        var db = scope.ServiceProvider.GetRequiredService<BotDb>();
        var (posts, updates) = (putOff.Now(CardKind.Post), putOff.Now(CardKind.Update));
        // One look into an index for each workspace and kind, not at each card that waits: there may be fifty thousand.
        var lanes = await db.Workspaces
            .Where(w => (!posts.Contains(w.Id) && db.Outbox.Any(o => o.State == OutboxState.Waiting && o.WorkspaceId == w.Id && o.NotBefore <= now && o.Updates == null))
                || (!updates.Contains(w.Id) && db.Outbox.Any(o => o.State == OutboxState.Waiting && o.WorkspaceId == w.Id && o.NotBefore <= now && o.Updates != null)))
            .Select(w => w.Id).ToListAsync(ct);
        return lanes.FindAll(workspace => !paused.IsPaused(workspace));
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

        using var activity = Traces.Begin("lane");
        activity?.SetTag("afterpilot.platform", workspace.Platform.ToString()).SetTag("afterpilot.workspace.id", workspaceId.ToString());
        var stuck = new ConcurrentBag<Conversation>();
        await using var hold = new LaneHold(db, workspaceId);
        while (!ct.IsCancellationRequested && !paused.IsPaused(workspaceId) && await hold.IsOursAsync(ct) && await WaitingAsync(workspaceId, stuck, ct) is { Count: > 0 } waiting)
        {
            await Parallel.ForEachAsync(
                waiting.GroupBy(c => c.In).Take(paused.IsInDoubt(workspaceId) ? 1 : Batch),
                new ParallelOptions { MaxDegreeOfParallelism = ConversationsAtOnce },
                async (conversation, _) =>
                {
                    // What stands behind a card that is put off is read anew, without its kind.
                    foreach (var card in conversation.TakeWhile(c => !ct.IsCancellationRequested && !paused.IsPaused(workspaceId) && !putOff.IsPutOff(workspaceId, c.Kind)))
                    {
                        if (await DeliverAsync(workspace, platform, card.Id, CancellationToken.None) is PostOutcome.Later later)
                        {
                            if (!later.ForAll)
                            {
                                stuck.Add(conversation.Key);
                            }

                            break;
                        }
                    }
                });
        }

        activity.Ended();
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

    /// <summary>What may be sent now, without anything that stands behind a card of its conversation that waits for another try, and without what is put off.</summary>
    private async Task<List<WaitingCard>> WaitingAsync(WorkspaceId workspace, IReadOnlyCollection<Conversation> stuck, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BotDb>();
        var now = clock.GetUtcNow();
        var retrying = await db.Outbox.AsNoTracking()
            .Where(o => o.WorkspaceId == workspace && o.State == OutboxState.Waiting && o.Attempts > 0 && o.NotBefore > now)
            .Select(o => new Conversation(o.ToPerson, o.ToChannel)).Distinct().ToListAsync(ct);
        var people = retrying.Concat(stuck).Select(c => c.Person).OfType<PersonId>().ToList();
        var channels = retrying.Concat(stuck).Select(c => c.Channel).OfType<ChannelId>().ToList();
        var (posts, updates) = (putOff.IsPutOff(workspace, CardKind.Post), putOff.IsPutOff(workspace, CardKind.Update));
        return await db.Outbox
            .Where(o => o.WorkspaceId == workspace && o.State == OutboxState.Waiting && o.NotBefore <= now && (o.Updates == null ? !posts : !updates)
                && (o.ToPerson == null || !people.Contains(o.ToPerson.Value)) && (o.ToChannel == null || !channels.Contains(o.ToChannel.Value)))
            .OrderBy(o => o.Id).Take(Batch)
            .Select(o => new WaitingCard(o.Id, o.Updates == null ? CardKind.Post : CardKind.Update, new Conversation(o.ToPerson, o.ToChannel))).ToListAsync(ct);
    }

    /// <returns>Null where it no longer waits.</returns>
    private async Task<PostOutcome?> DeliverAsync(Workspace workspace, IChatPlatform platform, OutboxId id, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BotDb>();
        if (await db.Outbox.FirstOrDefaultAsync(o => o.Id == id && o.State == OutboxState.Waiting, ct) is not { } card)
        {
            return null;
        }

        var (revision, content) = (card.Revision, card.Card);
        PostOutcome outcome;
        try
        {
            outcome = await SendAsync(db, workspace, platform, card, ct);
        }
        catch (Exception failed) when (failed is not OperationCanceledException && !StoreAway.IsItself(failed))
        {
            // An adapter's defect must not stop the lane: the card is tried again, and given up visibly before its conversation has waited long.
            LogSendFailed(failed, id);
            outcome = card.Attempts >= MostFailures && card.LastError?.StartsWith(Failed, StringComparison.Ordinal) == true
                ? new PostOutcome.Refused(Failed + failed.GetType().Name)
                : new PostOutcome.Later(NoteDelivery.Pause(card.Attempts + 1), Failed + failed.GetType().Name);
        }

        Heard(card, outcome);
        await notes.NoteAsync(db, card, new Sent(platform.Name, revision, content, outcome), ct);
        return outcome;
    }

    /// <summary>Without a time to wait for, the platform was not there.</summary>
    private void Heard(OutboxCard card, PostOutcome outcome)
    {
        switch (outcome)
        {
            case PostOutcome.Later { After: null } when paused.Failed(card.WorkspaceId):
                LogLanePaused(card.WorkspaceId);
                break;
            case PostOutcome.Later { ForAll: true, After: { } length }:
                putOff.Add(card.WorkspaceId, card.Kind, length);
                break;
            case PostOutcome.Posted:
                paused.Answered(card.WorkspaceId);
                break;
        }
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

    /// <summary>Where cards keep their order: one person's chat, or one channel.</summary>
    private sealed record Conversation(PersonId? Person, ChannelId? Channel);

    private sealed record WaitingCard(OutboxId Id, CardKind Kind, Conversation In);

    [LoggerMessage(Level = LogLevel.Error, Message = "Sending card {OutboxId} failed")]
    private partial void LogSendFailed(Exception failed, OutboxId outboxId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The platform did not answer for workspace {WorkspaceId}; its lane waits")]
    private partial void LogLanePaused(WorkspaceId workspaceId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Workspace {WorkspaceId} has cards waiting, but its platform {Platform} is not switched on")]
    private partial void LogPlatformAbsent(WorkspaceId workspaceId, PlatformName platform);
}

using System.Text.Json;
using Bot.Chat;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Delivery;

/// <summary>Says things in the same transaction as the state they tell about; the caller saves, a lane delivers.</summary>
public sealed class Outbox(BotDb db, TimeProvider clock)
{
    public void Post(WorkspaceId workspace, string key, PersonId to, Card card, DateTimeOffset? notBefore = null) =>
        Add(workspace, key, to, null, null, null, card, notBefore);

    /// <param name="threadOf">Key of the post under which it goes.</param>
    public void Post(WorkspaceId workspace, string key, ChannelId to, Card card, string? threadOf = null, DateTimeOffset? notBefore = null) =>
        Add(workspace, key, null, to, threadOf, null, card, notBefore);

    /// <summary>Changes a post: in place while it still waits, by an update once it is out. A post that never was is left alone.</summary>
    public async Task ChangeAsync(WorkspaceId workspace, string key, Card card, CancellationToken ct)
    {
        var known = await KnownAsync(workspace, key, ct);
        if (known.Find(o => o.State == OutboxState.Waiting) is { } waiting)
        {
            waiting.Card = JsonSerializer.Serialize(card);
            waiting.Revision++;
        }
        else if (known.Find(o => o.Updates is null) is { State: OutboxState.Delivered } post)
        {
            Add(workspace, $"{key}~{Id.New<OutboxId>(clock)}", post.ToPerson, post.ToChannel, null, key, card, null);
        }
    }

    /// <summary>Takes back a post that is not out yet.</summary>
    public async Task WithdrawAsync(WorkspaceId workspace, string key, CancellationToken ct)
    {
        var known = await KnownAsync(workspace, key, ct);
        db.Outbox.RemoveRange(known.Where(o => o.State == OutboxState.Waiting && o.Updates is null));
    }

    private async Task<List<OutboxCard>> KnownAsync(WorkspaceId workspace, string key, CancellationToken ct)
    {
        var stored = await db.Outbox.Where(o => o.WorkspaceId == workspace && (o.Key == key || o.Updates == key)).ToListAsync(ct);
        return [.. stored.Union(db.Outbox.Local.Where(o => o.WorkspaceId == workspace && (o.Key == key || o.Updates == key)))];
    }

    private void Add(
        WorkspaceId workspace, string key, PersonId? person, ChannelId? channel, string? threadOf, string? updates, Card card, DateTimeOffset? notBefore)
    {
        var now = clock.GetUtcNow();
        db.Outbox.Add(new OutboxCard
        {
            Id = Id.New<OutboxId>(clock),
            WorkspaceId = workspace,
            Key = key,
            Updates = updates,
            ToPerson = person,
            ToChannel = channel,
            ThreadOf = threadOf,
            Card = JsonSerializer.Serialize(card),
            NotBefore = notBefore ?? now,
            CreatedAt = notBefore ?? now,
        });
    }
}

using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Delivery;

/// <summary>Clears what has served: old inbox entries, delivered cards, drafts nobody came back to.</summary>
public sealed class Tidy(BotDb db, TimeProvider clock)
{
    /// <summary>Longer than any platform repeats a delivery.</summary>
    private static readonly TimeSpan InboxKept = TimeSpan.FromDays(3);

    /// <summary>Longer than any round runs, so that a key cannot be used again for the same round.</summary>
    private static readonly TimeSpan DeliveredKept = TimeSpan.FromDays(60);
    private static readonly TimeSpan DraftsKept = TimeSpan.FromDays(30);

    public async Task RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (inbox, delivered, drafts) = (now - InboxKept, now - DeliveredKept, now - DraftsKept);
        await db.Inbox.Where(i => i.At < inbox).ExecuteDeleteAsync(ct);
        await db.Outbox.Where(o => o.State == OutboxState.Delivered && o.EndedAt < delivered).ExecuteDeleteAsync(ct);
        await db.Drafts.Where(d => d.SavedAt < drafts).ExecuteDeleteAsync(ct);
    }
}

using Bot.Chat;
using Bot.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Bot.Evidence;

/// <summary>How much of a report was new.</summary>
/// <param name="Known">Items that were stored before, or stand in the report twice.</param>
public sealed record EvidenceTaken(int Stored, int Known);

/// <summary>Stores a report: all of it or nothing, each item once however often and by however many it is sent.</summary>
public sealed partial class TakeEvidence(BotDb db, TimeProvider clock, ILogger<TakeEvidence> log)
{
    private const int Tries = 8;
    private const int AtOnce = 500;

    public async Task<EvidenceTaken> TakeAsync(VerifiedKey key, IReadOnlyList<ReportedItem> items, CancellationToken ct)
    {
        var received = clock.GetUtcNow();
        var once = items.DistinctBy(i => i.SameAs(received)).ToList();
        var stored = await StoreAsync(key, once, received, ct);
        await EndAlertsAsync(key, once, ct);
        LogTaken(key.Initiative, key.Id, stored, items.Count - stored);
        return new EvidenceTaken(stored, items.Count - stored);
    }

    private async Task<int> StoreAsync(VerifiedKey key, List<ReportedItem> items, DateTimeOffset received, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            var known = await KnownAsync(key, items.ConvertAll(i => i.SameAs(received)), ct);
            var fresh = items.FindAll(i => !known.Contains(i.SameAs(received)));
            if (fresh.Count == 0)
            {
                return 0;
            }

            db.Evidence.AddRange(fresh.Select(i => i.ToItem(Id.New<EvidenceItemId>(clock), key.Workspace, key.Initiative, received)));
            try
            {
                await db.SaveChangesAsync(ct);
                return fresh.Count;
            }
            catch (DbUpdateException collision) when (attempt < Tries && Collision.Is(collision))
            {
                // The same report came twice at once and the other was first: what it stored is known now.
                db.ChangeTracker.Clear();
            }
        }
    }

    private async Task<HashSet<string>> KnownAsync(VerifiedKey key, List<string> same, CancellationToken ct)
    {
        var known = new HashSet<string>();
        foreach (var some in same.Chunk(AtOnce))
        {
            known.UnionWith(await db.Evidence.Where(i => i.InitiativeId == key.Initiative && some.Contains(i.SameAs)).Select(i => i.SameAs).ToListAsync(ct));
        }

        return known;
    }

    /// <summary>
    /// Beginning and end of an alert may come in either order, or at once: whichever is stored second finds the other. Done for known
    /// alerts too, because a sender that got no answer sends again.
    /// </summary>
    private async Task EndAlertsAsync(VerifiedKey key, List<ReportedItem> items, CancellationToken ct)
    {
        foreach (var some in items.Select(i => i.Alert).OfType<AlertMark>().DistinctBy(a => a.SameAs(firing: true)).Chunk(AtOnce / 2))
        {
            var (begun, ended) = (some.Select(a => a.SameAs(firing: true)).ToList(), some.Select(a => a.SameAs(firing: false)).ToList());
            var ends = await db.Evidence.AsNoTracking().Where(i => i.InitiativeId == key.Initiative && ended.Contains(i.SameAs)).ToDictionaryAsync(i => i.SameAs, i => i.At, ct);
            var firing = await db.Evidence.Where(i => i.InitiativeId == key.Initiative && i.EndedAt == null && begun.Contains(i.SameAs)).ToDictionaryAsync(i => i.SameAs, ct);
            foreach (var alert in some)
            {
                if (firing.TryGetValue(alert.SameAs(firing: true), out var item) && ends.TryGetValue(alert.SameAs(firing: false), out var end))
                {
                    item.EndedAt = end;
                }
            }

            await db.SaveChangesAsync(ct);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Took evidence about {Initiative} with key {Key}: {Stored} stored, {Known} known")]
    private partial void LogTaken(Initiatives.InitiativeId initiative, EvidenceKeyId key, int stored, int known);
}

using Bot.Chat;
using Bot.Delivery;
using Bot.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Bot.Host.Health;

/// <summary>
/// Cards get out. Unhealthy where a lane stands still: cards of a workspace are due, and for ten minutes nothing was even tried there. Degraded where it is tried in vain:
/// an outage of one platform, or one workspace's token, must not take every host away from everybody else.
/// </summary>
public sealed class DeliveryCheck(BotDb db, IEnumerable<IChatPlatform> platforms, TimeProvider clock) : IHealthCheck
{
    private static readonly TimeSpan TooLong = TimeSpan.FromMinutes(10);

    /// <summary>Longer than a card is tried.</summary>
    private static readonly TimeSpan AnyTry = NoteDelivery.GiveUp + TimeSpan.FromHours(1);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow();
        var late = now - TooLong;
        if (await StandingAsync(late, now - AnyTry, cancellationToken) is > 0 and var standing)
        {
            return HealthCheckResult.Unhealthy($"The lanes of {Workspaces(standing)} stand still: cards are due, and for 10 minutes none was tried.");
        }

        var behind = await db.Outbox.Where(o => o.State == OutboxState.Waiting && o.CreatedAt <= late)
            .Join(db.Workspaces, o => o.WorkspaceId, w => w.Id, (o, w) => new { w.Id, w.Platform, o.CreatedAt })
            .GroupBy(o => o.Platform).Select(group => new { Platform = group.Key, Workspaces = group.Select(o => o.Id).Distinct().Count(), Oldest = group.Min(o => o.CreatedAt) })
            .ToListAsync(cancellationToken);
        return behind.Count == 0 ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded(string.Join(' ', behind.OrderBy(b => b.Oldest).Select(b =>
                $"In {Workspaces(b.Workspaces)} of {b.Platform} {(IsOn(b.Platform) ? "cards are late: the platform asks to wait or is out of reach" : "cards wait, and the platform is not switched on")}. The oldest undelivered card waits since {b.Oldest:u}.")));
    }

    private Task<int> StandingAsync(DateTimeOffset late, DateTimeOffset old, CancellationToken ct)
    {
        var ours = platforms.Select(p => p.Name).ToList();
        var due = db.Outbox.Where(o => o.State == OutboxState.Waiting && o.NotBefore <= late).Select(o => o.WorkspaceId).Distinct();
        return db.Workspaces.CountAsync(
            w => ours.Contains(w.Platform) && due.Contains(w.Id)
                && !db.Outbox.Any(o => o.State == OutboxState.Waiting && o.WorkspaceId == w.Id && o.NotBefore > late && o.Attempts > 0)
                && !db.Outbox.Any(o => o.State != OutboxState.Waiting && o.WorkspaceId == w.Id && o.NotBefore > old && o.EndedAt > late),
            ct);
    }

    private bool IsOn(PlatformName platform) => platforms.Any(p => p.Name == platform);

    private static string Workspaces(int count) => count == 1 ? "1 workspace" : $"{count} workspaces";
}

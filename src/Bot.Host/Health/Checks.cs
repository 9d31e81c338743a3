using Bot.Delivery;
using Bot.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Bot.Host.Health;

/// <summary>The store answers and has every migration.</summary>
public sealed class StoreCheck(BotDb db) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var missing = await db.Database.GetPendingMigrationsAsync(cancellationToken);
        return missing.Any() ? HealthCheckResult.Unhealthy("The store lacks migrations.") : HealthCheckResult.Healthy();
    }
}

/// <summary>The alarm clock looks at what is due.</summary>
public sealed class AlarmCheck(Heartbeat heartbeat) : IHealthCheck
{
    private static readonly TimeSpan TooLong = TimeSpan.FromMinutes(2);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        !heartbeat.Started ? HealthCheckResult.Unhealthy("The alarm clock has not looked yet.")
        : heartbeat.Age > TooLong ? HealthCheckResult.Unhealthy($"The alarm clock last looked {heartbeat.Age.TotalSeconds:0} seconds ago.")
        : HealthCheckResult.Healthy());
}

/// <summary>Cards get out: the oldest one that should be out and is not.</summary>
public sealed class DeliveryCheck(BotDb db, TimeProvider clock) : IHealthCheck
{
    private static readonly TimeSpan TooLong = TimeSpan.FromMinutes(10);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow();
        var oldest = await db.Outbox.Where(o => o.State == OutboxState.Waiting && o.CreatedAt <= now)
            .OrderBy(o => o.CreatedAt).Select(o => (DateTimeOffset?)o.CreatedAt).FirstOrDefaultAsync(cancellationToken);
        return oldest is { } since && now - since > TooLong
            ? HealthCheckResult.Degraded($"The oldest undelivered card waits since {since:u}.")
            : HealthCheckResult.Healthy();
    }
}

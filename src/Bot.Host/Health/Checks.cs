using System.Globalization;
using Bot.Host.Scheduling;
using Bot.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Quartz;

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

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(Judge(heartbeat));

    internal static HealthCheckResult Judge(Heartbeat heartbeat) => heartbeat.Age switch
    {
        null => HealthCheckResult.Unhealthy("The alarm clock has not looked yet."),
        { } age when age.Duration() > TooLong => HealthCheckResult.Unhealthy($"The alarm clock last looked {age.TotalSeconds:0} seconds ago."),
        _ => HealthCheckResult.Healthy(),
    };
}

/// <summary>Where hosts share the alarm clock: one of them looks at what is due, and this one is there to take over.</summary>
public sealed class SharedAlarmCheck(Heartbeat heartbeat, ISchedulerFactory schedulers) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        var nodes = await scheduler.QueryClusterNodes(cancellationToken);
        if (nodes.First(n => n.IsCurrentNode).State == ClusterNodeState.Failed)
        {
            return HealthCheckResult.Unhealthy("This host has not told the others for a while that it is there.");
        }

        // A host that starts writes the jobs anew, without their data: what was known before is kept.
        if ((await scheduler.GetJobDetail(LookAtWhatIsDueJob.Key, cancellationToken))?.JobDataMap.TryGetString(LookAtWhatIsDueJob.Beat, out var beat) == true)
        {
            heartbeat.Beat(DateTimeOffset.Parse(beat!, CultureInfo.InvariantCulture));
        }

        return AlarmCheck.Judge(heartbeat);
    }
}

using System.Globalization;
using Bot.CheckIns;
using Bot.Delivery;
using Bot.Host.Health;
using Bot.Retention;
using Quartz;

namespace Bot.Host.Scheduling;

/// <summary>Every few seconds, and when rung: does what the ledger says is due.</summary>
[DisallowConcurrentExecution]
public sealed class LookAtWhatIsDueJob(DoWhatIsDue due, QuartzAlarm alarm, Heartbeat heartbeat) : IJob
{
    /// <summary>In the job's data: when it last got through, on whichever host.</summary>
    public const string Beat = "beat";

    public static JobKey Key { get; } = new("look-at-what-is-due");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        await alarm.RunAsync(due.RunAsync);
        var now = TimeProvider.System.GetUtcNow();
        heartbeat.Beat(now);
        context.JobDetail.JobDataMap[Beat] = now.ToString("O", CultureInfo.InvariantCulture);
    }
}

/// <summary>Reads the members of channels the bot was just brought into.</summary>
[DisallowConcurrentExecution]
public sealed class ReadRostersJob(ReadRosters rosters) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await rosters.RunAsync(cancellationToken);
}

/// <summary>Clears texts that are old, and deletes workspaces that removed the bot.</summary>
[DisallowConcurrentExecution]
public sealed class RetainJob(ForgetOldTexts texts, DeleteRemovedWorkspaces removed, QuartzAlarm alarm) : IJob
{
    public static JobKey Key { get; } = new("retain");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await alarm.UntilStopAsync(async ct =>
    {
        await texts.RunAsync(ct);
        foreach (var workspace in await removed.DueAsync(ct))
        {
            await removed.DeleteAsync(workspace, ct);
        }
    });
}

/// <summary>Clears away what has served.</summary>
[DisallowConcurrentExecution]
public sealed class TidyJob(Tidy tidy) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await tidy.RunAsync(cancellationToken);
}

using System.Globalization;
using Bot.Chat;
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
        await alarm.RunAsync(Key, due.RunAsync);
        var now = TimeProvider.System.GetUtcNow();
        heartbeat.Beat(now);
        context.JobDetail.JobDataMap[Beat] = now.ToString("O", CultureInfo.InvariantCulture);
    }
}

/// <summary>Every few seconds, and when rung: starts the lane of each workspace that has something to say.</summary>
[DisallowConcurrentExecution]
public sealed class FindLanesJob(DeliverOutbox outbox, QuartzAlarm alarm) : IJob
{
    public static JobKey Key { get; } = new("find-lanes");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        await alarm.RunAsync(Key, async ct =>
        {
            foreach (var workspace in await outbox.LanesAsync(ct))
            {
                await alarm.DeliverAsync(workspace, ct);
            }
        });
    }
}

/// <summary>Delivers the cards of one workspace.</summary>
[DisallowConcurrentExecution]
public sealed class DeliverLaneJob(DeliverOutbox outbox, QuartzAlarm alarm) : IJob
{
    public const string Workspace = "workspace";

    public static JobKey KeyOf(WorkspaceId workspace) => new("lane-" + workspace);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var workspace = Id.Parse<WorkspaceId>(context.JobDetail.JobDataMap.GetString(Workspace))!.Value;
        await alarm.RunAsync(context.JobDetail.Key, ct => outbox.RunAsync(workspace, ct));
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

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await alarm.RunAsync(Key, async ct =>
    {
        await texts.RunAsync(ct);
        foreach (var workspace in await removed.DueAsync(ct))
        {
            await alarm.ForgetAsync(workspace.Id, ct);
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

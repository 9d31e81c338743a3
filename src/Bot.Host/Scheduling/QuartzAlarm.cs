using System.Collections.Concurrent;
using Bot.Chat;
using Bot.Delivery;
using Bot.Store;
using Quartz;

namespace Bot.Host.Scheduling;

/// <summary>
/// Rings the scheduler's jobs at once. A bell rung while its job has not started yet is the same bell: a job reads the store after it
/// starts, so it sees what was saved before the second ring too.
/// </summary>
public sealed class QuartzAlarm(ISchedulerFactory schedulers, IHostApplicationLifetime host, StoreAddress store) : IAlarm
{
    private readonly ConcurrentDictionary<JobKey, Bell> _rung = new();
    private readonly ConcurrentDictionary<WorkspaceId, JobKey> _lanes = new();

    public Task LookAtWhatIsDueAsync(CancellationToken ct) => RingAsync(LookAtWhatIsDueJob.Key, ct);

    public Task DeliverAsync(CancellationToken ct) => RingAsync(FindLanesJob.Key, ct);

    public async Task SettleAsync(CancellationToken ct)
    {
        await (await RingAsync(LookAtWhatIsDueJob.Key, ct)).WaitAsync(ct);
        await (await RingAsync(FindLanesJob.Key, ct)).WaitAsync(ct);
        foreach (var workspace in _lanes.Keys)
        {
            await (await DeliverAsync(workspace, ct)).WaitAsync(ct);
        }
    }

    /// <summary>Starts the lane of a workspace. One job per lane: the scheduler never runs the same one twice at once.</summary>
    /// <returns>When it is rung, a task that ends with the run.</returns>
    public async Task<Task> DeliverAsync(WorkspaceId workspace, CancellationToken ct)
    {
        if (!_lanes.TryGetValue(workspace, out var lane))
        {
            lane = DeliverLaneJob.KeyOf(workspace);
            var scheduler = await schedulers.GetScheduler(ct);
            await scheduler.AddJob(
                JobBuilder.Create<DeliverLaneJob>().WithIdentity(lane).UsingJobData(DeliverLaneJob.Workspace, workspace.ToString()).StoreDurably().Build(),
                AddJobOptions.Replacing, ct);
            _lanes[workspace] = lane;
        }

        return await RingAsync(lane, ct);
    }

    /// <summary>A workspace is deleted: its lane goes with it.</summary>
    public async Task ForgetAsync(WorkspaceId workspace, CancellationToken ct)
    {
        _lanes.TryRemove(workspace, out _);
        var scheduler = await schedulers.GetScheduler(ct);
        await scheduler.DeleteJob(DeliverLaneJob.KeyOf(workspace), ct);
    }

    /// <summary>
    /// Runs a job's work: from its start on a ring means another run, and whoever waits for this one is told its end. The work is told when
    /// the host stops: the scheduler waits for what runs, and does not tell it.
    /// </summary>
    public async Task RunAsync(JobKey job, Func<CancellationToken, Task> work)
    {
        _rung.TryRemove(job, out var rung);
        try
        {
            await work(host.ApplicationStopping);
        }
        catch (OperationCanceledException) when (host.ApplicationStopping.IsCancellationRequested)
        {
            // What was not saved is due again at the next start.
        }
        finally
        {
            rung?.Answered.TrySetResult();
        }
    }

    private async Task<Task> RingAsync(JobKey job, CancellationToken ct)
    {
        var scheduler = await schedulers.GetScheduler(ct);
        var bell = new Bell(new TriggerKey($"{job.Name}-{Guid.NewGuid():N}", "bells"));
        while (true)
        {
            var rung = _rung.GetOrAdd(job, bell);
            if (rung == bell)
            {
                await scheduler.ScheduleJob(TriggerBuilder.Create(scheduler.TimeProvider).WithIdentity(bell.Trigger).ForJob(job).StartNow().Build(), cancellationToken: ct);
                return bell.Answered.Task;
            }

            if (store.Database != Database.Postgres || await scheduler.GetTriggerState(rung.Trigger, ct) is TriggerState.Normal or TriggerState.Blocked)
            {
                return rung.Answered.Task;
            }

            // Another host has answered it, which nobody told us.
            _rung.TryRemove(KeyValuePair.Create(job, rung));
        }
    }

    /// <param name="Trigger">By which the scheduler knows it.</param>
    private sealed record Bell(TriggerKey Trigger)
    {
        public TaskCompletionSource Answered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

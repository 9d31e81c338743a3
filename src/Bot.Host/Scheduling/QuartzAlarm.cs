using Bot.Delivery;
using Bot.Store;
using Quartz;

namespace Bot.Host.Scheduling;

/// <summary>
/// Rings at once: the scheduler's job for what is due, of which all hosts together have one, and this host's lanes. A bell rung while its job has not
/// started yet is the same bell: a job reads the store after it starts, so it sees what was saved before the second ring too.
/// </summary>
public sealed class QuartzAlarm(ISchedulerFactory schedulers, LaneBell lanes, IHostApplicationLifetime host, StoreAddress store) : IAlarm
{
    private Bell? _rung;

    public Task LookAtWhatIsDueAsync(CancellationToken ct) => RingAsync(ct);

    public Task DeliverAsync(CancellationToken ct)
    {
        lanes.Ring();
        return Task.CompletedTask;
    }

    public async Task SettleAsync(CancellationToken ct)
    {
        await (await RingAsync(ct)).WaitAsync(ct);
        await lanes.SettleAsync(ct);
    }

    /// <summary>Does what is due: from its start on a ring means another run, and whoever waits for this one is told its end.</summary>
    public async Task RunAsync(Func<CancellationToken, Task> work)
    {
        var rung = Interlocked.Exchange(ref _rung, null);
        try
        {
            await UntilStopAsync(work);
        }
        finally
        {
            rung?.Answered.TrySetResult();
        }
    }

    /// <summary>Does a job's work, which is told when the host stops: the scheduler waits for what runs, and does not tell it.</summary>
    public async Task UntilStopAsync(Func<CancellationToken, Task> work)
    {
        try
        {
            await work(host.ApplicationStopping);
        }
        catch (OperationCanceledException) when (host.ApplicationStopping.IsCancellationRequested)
        {
            // What was not saved is due again at the next start.
        }
    }

    /// <returns>When it is rung, a task that ends with the run.</returns>
    private async Task<Task> RingAsync(CancellationToken ct)
    {
        var scheduler = await schedulers.GetScheduler(ct);
        var bell = new Bell(new TriggerKey($"{LookAtWhatIsDueJob.Key.Name}-{Guid.NewGuid():N}", "bells"));
        while (true)
        {
            var rung = Interlocked.CompareExchange(ref _rung, bell, null) ?? bell;
            if (rung == bell)
            {
                try
                {
                    await scheduler.ScheduleJob(TriggerBuilder.Create(scheduler.TimeProvider).WithIdentity(bell.Trigger).ForJob(LookAtWhatIsDueJob.Key).StartNow().Build(), cancellationToken: ct);
                }
                catch
                {
                    Forget(bell);
                    bell.Answered.TrySetResult();
                    throw;
                }

                bell.IsSet = true;
                return bell.Answered.Task;
            }

            if (store.Database != Database.Postgres || !rung.IsSet || await scheduler.GetTriggerState(rung.Trigger, ct) is TriggerState.Normal or TriggerState.Blocked)
            {
                return rung.Answered.Task;
            }

            // Another host has answered it, which nobody told us.
            Forget(rung);
        }
    }

    private void Forget(Bell bell) => Interlocked.CompareExchange(ref _rung, null, bell);

    /// <param name="Trigger">By which the scheduler knows it.</param>
    private sealed record Bell(TriggerKey Trigger)
    {
        public TaskCompletionSource Answered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>The scheduler has it: whoever rings before that waits for no more than it.</summary>
        public bool IsSet { get; set; }
    }
}

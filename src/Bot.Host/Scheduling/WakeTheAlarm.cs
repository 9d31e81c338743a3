using Quartz;

namespace Bot.Host.Scheduling;

/// <summary>
/// The scheduler sleeps until a time of the machine's clock. Where that clock was set back it would sleep for as long as the clock was wrong: what
/// is further away than its own pause is rung now. Looked at by the timer of the machine, which nobody can set.
/// </summary>
public sealed partial class WakeTheAlarm(ISchedulerFactory schedulers, ILogger<WakeTheAlarm> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <summary>A bell is rung at once, and what recurs is never further away than its pause.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, TimeProvider.System);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await LookAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task LookAsync(CancellationToken ct)
    {
        try
        {
            var scheduler = await schedulers.GetScheduler(ct);
            var now = scheduler.TimeProvider.GetUtcNow();
            var known = await scheduler.QueryTriggers(new TriggerQuery(), ct);
            foreach (var key in known.Items.Where(trigger => trigger.NextFireTimeUtc - now > Slack).Select(trigger => trigger.Key))
            {
                if (await scheduler.GetTrigger(key, ct) is { } trigger && trigger.NextFireTimeUtc - now > Farthest(trigger))
                {
                    await scheduler.RescheduleJob(key, trigger.GetTriggerBuilder().StartAt(now).Build(), ct);
                    LogWoken(key.Name);
                }
            }
        }
        catch (SchedulerException away)
        {
            // Where hosts share the alarm clock, its store is away: the scheduler says so itself, and this looks again.
            LogNotLooked(away);
        }
    }

    private static TimeSpan Farthest(ITrigger trigger) => (trigger is ISimpleTrigger { RepeatInterval: var pause } ? pause : TimeSpan.Zero) + Slack;

    [LoggerMessage(Level = LogLevel.Warning, Message = "The machine's clock was set back: {Trigger} would have slept until then, and is rung now")]
    private partial void LogWoken(string trigger);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The alarm clock could not be looked at")]
    private partial void LogNotLooked(Exception away);
}

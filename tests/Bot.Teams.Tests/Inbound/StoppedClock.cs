namespace Bot.Teams.Tests.Inbound;

/// <summary>
/// A clock that stands still until it is moved; what waits by it goes on when its time has come. A pause as the connector's rates ask for is
/// shorter than the time an invoke has; it passes at once and moves the clock by as much.
/// </summary>
internal sealed class StoppedClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Waiting> _waiting = [];
    private readonly TaskCompletionSource _botWaits = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public DateTimeOffset Now { get; private set; } = new(2026, 11, 18, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Ends when the bot begins to wait for work that takes long.</summary>
    public Task BotWaits => _botWaits.Task;

    public override DateTimeOffset GetUtcNow() => Now;

    public void MoveOn(TimeSpan by)
    {
        List<Waiting> due;
        lock (_gate)
        {
            Now += by;
            due = [.. _waiting.Where(w => w.At <= Now)];
            _waiting.RemoveAll(due.Contains);
        }

        due.ForEach(w => w.Ring());
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Waiting(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Waiting(StoppedClock clock, TimerCallback callback, object? state) : ITimer
    {
        private static readonly TimeSpan OfAnInvoke = TimeSpan.FromSeconds(3);
        private static readonly TimeSpan OfARequest = TimeSpan.FromSeconds(5);

        public DateTimeOffset At { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                clock._waiting.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan)
                {
                    return true;
                }

                At = clock.Now + dueTime;
                if (dueTime < OfAnInvoke)
                {
                    clock.Now = At;
                }
                else
                {
                    clock._waiting.Add(this);
                }
            }

            if (dueTime < OfAnInvoke)
            {
                ThreadPool.QueueUserWorkItem(_ => callback(state));
            }
            else if (dueTime < OfARequest)
            {
                clock._botWaits.TrySetResult();
            }

            return true;
        }

        public void Ring() => callback(state);

        public void Dispose()
        {
            lock (clock._gate)
            {
                clock._waiting.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

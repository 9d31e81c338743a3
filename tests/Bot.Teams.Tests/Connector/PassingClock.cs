namespace Bot.Teams.Tests.Connector;

/// <summary>
/// A clock that stands still until it is moved. A short wait passes at once and moves it on by as much, so that what waits needs no time; a
/// longer one, such as patience with an answer, waits until it is moved.
/// </summary>
internal sealed class PassingClock : TimeProvider
{
    /// <summary>A Wednesday.</summary>
    public static readonly DateTimeOffset Start = new(2026, 11, 18, 9, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan LongestPassed = TimeSpan.FromSeconds(5);
    private readonly Lock _gate = new();
    private readonly List<Waiting> _waiting = [];
    private readonly List<TimeSpan> _passed = [];
    private DateTimeOffset _now = Start;

    /// <summary>The waits that passed.</summary>
    public IReadOnlyList<TimeSpan> Passed
    {
        get
        {
            lock (_gate)
            {
                return [.. _passed];
            }
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public void MoveOn(TimeSpan by)
    {
        List<Waiting> due;
        lock (_gate)
        {
            _now += by;
            due = [.. _waiting.Where(w => w.At <= _now)];
            _waiting.RemoveAll(w => due.Contains(w));
        }

        due.ForEach(w => w.Ring());
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Waiting(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Waiting(PassingClock clock, TimerCallback callback, object? state) : ITimer
    {
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

                At = clock._now + dueTime;
                if (dueTime > LongestPassed)
                {
                    clock._waiting.Add(this);
                    return true;
                }

                clock._now = At;
                clock._passed.Add(dueTime);
            }

            ThreadPool.QueueUserWorkItem(_ => callback(state));
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

namespace Bot.Slack.Tests;

/// <summary>A clock that stands still until it is moved, its timers with it.</summary>
internal sealed class ManualClock(DateTimeOffset now) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Timer> _timers = [];
    private DateTimeOffset _now = now;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static ManualClock Start() => new(DateTimeOffset.Parse("2026-11-23T08:00:00Z"));

    /// <summary>How many timers are set.</summary>
    public int Timers
    {
        get
        {
            lock (_gate)
            {
                return _timers.Count;
            }
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Everything that comes due on the way is done in its order and at its instant.</summary>
    public void Advance(TimeSpan time)
    {
        var target = GetUtcNow() + time;
        while (FireNext(target))
        {
        }

        lock (_gate)
        {
            _now = target;
        }
    }

    /// <summary>Moves to the next instant at which something is due.</summary>
    public void AdvanceToNext() => FireNext(DateTimeOffset.MaxValue);

    /// <summary>How many timers are due soon.</summary>
    public int TimersWithin(TimeSpan time)
    {
        lock (_gate)
        {
            return _timers.Count(timer => timer.DueAt <= _now + time);
        }
    }

    /// <summary>Until as many timers are set as are waited for.</summary>
    public Task UntilTimersAsync(Func<int, bool> areSet) => UntilAsync(() => areSet(Timers));

    /// <summary>Looks whenever a timer is set, fires or is let go, and when told to.</summary>
    /// <exception cref="TimeoutException">Not within a minute of real time.</exception>
    public async Task UntilAsync(Func<bool> isSo)
    {
        while (true)
        {
            var changed = Volatile.Read(ref _changed).Task;
            if (isSo())
            {
                return;
            }

            await changed.WaitAsync(TimeSpan.FromMinutes(1));
        }
    }

    /// <summary>Wakes whoever waits, to look again.</summary>
    public void Look() => Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    private bool FireNext(DateTimeOffset until)
    {
        Timer? next;
        lock (_gate)
        {
            next = _timers.MinBy(timer => timer.DueAt);
            if (next is null || next.DueAt > until)
            {
                return false;
            }

            _now = next.DueAt > _now ? next.DueAt : _now;
            next.Rearm(_now);
            if (next.Period <= TimeSpan.Zero)
            {
                _timers.Remove(next);
            }
        }

        next.Fire();
        Look();
        return true;
    }

    private void Set(Timer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                timer.Arm(_now + dueTime, period);
                _timers.Add(timer);
            }
        }

        Look();
    }

    private sealed class Timer(ManualClock clock, Action fire) : ITimer
    {
        public DateTimeOffset DueAt { get; private set; }

        public TimeSpan Period { get; private set; }

        public void Fire() => fire();

        public void Arm(DateTimeOffset dueAt, TimeSpan period) => (DueAt, Period) = (dueAt, period);

        public void Rearm(DateTimeOffset now) => DueAt = now + Period;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            clock.Set(this, dueTime, period);
            return true;
        }

        public void Dispose() => clock.Set(this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

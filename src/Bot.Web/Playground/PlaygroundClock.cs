namespace Bot.Web.Playground;

/// <summary>
/// The clock of a host with a playground: the system's, moved forward by what people skipped. It never goes back; timers and
/// stopwatches run at the system's pace.
/// </summary>
public sealed class PlaygroundClock(TimeProvider system) : TimeProvider
{
    private readonly Lock _gate = new();
    private TimeSpan _ahead;
    private DateTimeOffset _latest = DateTimeOffset.MinValue;

    public override long TimestampFrequency => system.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => system.LocalTimeZone;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            var now = system.GetUtcNow() + _ahead;
            _latest = now > _latest ? now : _latest;
            return _latest;
        }
    }

    public override long GetTimestamp() => system.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        system.CreateTimer(callback, state, dueTime, period);

    /// <summary>How far ahead of the system clock it is when it shows <paramref name="instant"/>; never less than now.</summary>
    public TimeSpan AheadAt(DateTimeOffset instant)
    {
        lock (_gate)
        {
            var ahead = instant - system.GetUtcNow();
            return ahead > _ahead ? ahead : _ahead;
        }
    }

    /// <summary>Moves forward; a setting behind the present one changes nothing.</summary>
    /// <param name="notBefore">The clock does not show anything earlier, even when the system clock was set back.</param>
    public void Set(TimeSpan ahead, DateTimeOffset notBefore)
    {
        lock (_gate)
        {
            _ahead = ahead > _ahead ? ahead : _ahead;
            _latest = notBefore > _latest ? notBefore : _latest;
        }
    }
}

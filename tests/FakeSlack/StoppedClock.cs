namespace FakeSlack;

/// <summary>A clock that stands still until it is moved; its timers are the system's.</summary>
public sealed class StoppedClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}

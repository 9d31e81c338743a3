namespace Bot.Host.Tests;

/// <summary>A clock that runs as this machine's does, from another time on: what the host's clock is moved to, the platform's is moved to.</summary>
internal sealed class MovedClock : TimeProvider
{
    private long _ahead;

    public void MoveTo(DateTimeOffset instant) => Interlocked.Exchange(ref _ahead, (instant - System.GetUtcNow()).Ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _ahead));
}

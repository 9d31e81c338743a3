namespace FakeSlack.World;

/// <summary>Ids and times as Slack writes them; each is given out once.</summary>
internal sealed class Ids(TimeProvider clock)
{
    private long _number;
    private long _lastMicroseconds;

    public string Next(string prefix) => $"{prefix}{Interlocked.Increment(ref _number):D9}";

    /// <summary>Seconds and microseconds; what comes later is greater, also while the clock stands still.</summary>
    public string Ts()
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
        _lastMicroseconds = now > _lastMicroseconds ? now : _lastMicroseconds + 1;
        return $"{_lastMicroseconds / 1_000_000}.{_lastMicroseconds % 1_000_000:D6}";
    }

    public string Secret() => Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));
}

namespace Bot.Teams.Connector;

/// <summary>Somebody's turn in a conversation, until disposed of.</summary>
public sealed class Turn : IDisposable
{
    /// <summary>Longer than this is not waited for on the spot: the caller comes again.</summary>
    public static readonly TimeSpan LongestStay = TimeSpan.FromSeconds(2);

    private readonly Lane _lane;
    private readonly TenantPace _pace;
    private readonly TimeProvider _clock;
    private readonly Action<Lane> _left;

    internal Turn(Lane lane, TenantPace pace, TimeProvider clock, Action<Lane> left) => (_lane, _pace, _clock, _left) = (lane, pace, clock, left);

    /// <summary>Waits until one request may go; each retry asks again.</summary>
    /// <returns>Null when it may go now; otherwise how long it is not worth trying.</returns>
    public async Task<TimeSpan?> WaitAsync(CancellationToken ct)
    {
        var now = _clock.GetUtcNow();
        if (_lane.Free(now) - now is var full && full > LongestStay)
        {
            return full;
        }

        await DelayAsync(full, ct);
        if (_pace.Take(_clock.GetUtcNow(), LongestStay) is var turn && turn > LongestStay)
        {
            return turn;
        }

        await DelayAsync(turn, ct);
        return null;
    }

    /// <summary>A request ended.</summary>
    public void Ended() => _lane.Ended(_clock.GetUtcNow());

    /// <summary>The connector said to wait. Whether the conversation or the tenant was too fast it does not say.</summary>
    public void Throttled(TimeSpan after)
    {
        var now = _clock.GetUtcNow();
        _lane.Close(now + after);
        if (_lane.IsQuiet(now))
        {
            _pace.Close(now + after);
        }
    }

    /// <summary>Timers count whole milliseconds, and must not ring before the time.</summary>
    private Task DelayAsync(TimeSpan wait, CancellationToken ct) =>
        wait > TimeSpan.Zero ? Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), _clock, ct) : Task.CompletedTask;

    public void Dispose()
    {
        _lane.Door.Release();
        _left(_lane);
    }
}

namespace Bot.Host.Health;

/// <summary>When the alarm clock last got through everything that was due, as far as this host knows.</summary>
public sealed class Heartbeat
{
    private long _last;

    /// <summary>Null until the first beat; negative where the machine's clock was set back since.</summary>
    public TimeSpan? Age => Interlocked.Read(ref _last) is > 0 and var last ? TimeProvider.System.GetUtcNow() - new DateTimeOffset(last, TimeSpan.Zero) : null;

    /// <param name="at">An earlier one than what is known changes nothing, unless what is known is still to come: then the clock was set back.</param>
    public void Beat(DateTimeOffset at)
    {
        for (var known = Interlocked.Read(ref _last); known < at.UtcTicks || (known != at.UtcTicks && known > TimeProvider.System.GetUtcNow().UtcTicks); known = Interlocked.Read(ref _last))
        {
            Interlocked.CompareExchange(ref _last, at.UtcTicks, known);
        }
    }
}

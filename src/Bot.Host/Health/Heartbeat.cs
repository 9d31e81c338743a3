namespace Bot.Host.Health;

/// <summary>When the alarm clock last got through everything that was due.</summary>
public sealed class Heartbeat
{
    private long _last = TimeProvider.System.GetTimestamp();

    public TimeSpan Age => TimeProvider.System.GetElapsedTime(Interlocked.Read(ref _last));

    /// <summary>False until the first beat.</summary>
    public bool Started { get; private set; }

    public void Beat()
    {
        Interlocked.Exchange(ref _last, TimeProvider.System.GetTimestamp());
        Started = true;
    }
}

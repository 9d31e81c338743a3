using System.Collections.Concurrent;

namespace Bot.Store;

/// <summary>What was read of the store, for as long as nothing in the store has changed, and for the minute in which it was read.</summary>
public sealed class StillTrue(StoreStamp stamp, TimeProvider clock)
{
    private volatile Moment _moment = new(long.MinValue, long.MinValue);

    /// <summary>The store and the minute as they are now. Take it before anything is read.</summary>
    public Moment Now()
    {
        var (version, minute) = (stamp.Read(), clock.GetUtcNow().Ticks / TimeSpan.TicksPerMinute);
        var known = _moment;
        return known.Version == version && known.Minute == minute ? known : _moment = new Moment(version, minute);
    }
}

/// <summary>One state of the store: what is read of it is read once, by the first of those who ask. All of them share it, so nobody may change it.</summary>
public sealed class Moment(long version, long minute)
{
    private const int Most = 10_000;
    private readonly ConcurrentDictionary<object, object> _read = [];
    private int _count;

    internal long Version => version;

    internal long Minute => minute;

    /// <param name="about">What is read, equal to itself whoever asks.</param>
    /// <param name="read">Not cut off when the first asker hangs up: others wait for it.</param>
    public async Task<T> OnceAsync<T>(object about, Func<CancellationToken, Task<T>> read)
    {
        if (!_read.TryGetValue(about, out var known))
        {
            // Run by the one whose it is; the others wait for it without holding a thread.
            var mine = new Task<Task<T>>(() => read(CancellationToken.None), TaskCreationOptions.RunContinuationsAsynchronously);
            known = Interlocked.Increment(ref _count) <= Most ? _read.GetOrAdd(about, mine) : mine;
            if (known == mine)
            {
                mine.RunSynchronously(TaskScheduler.Default);
            }
        }

        var reading = ((Task<Task<T>>)known).Unwrap();
        try
        {
            return await reading;
        }
        finally
        {
            if (!reading.IsCompletedSuccessfully)
            {
                // What failed is tried again by the next.
                _read.TryRemove(KeyValuePair.Create(about, known));
            }
        }
    }
}

using System.Collections.Concurrent;

namespace Bot.Store;

/// <summary>What was read of the store, for as long as nothing in the store has changed.</summary>
public sealed class StillTrue(StoreStamp stamp)
{
    private volatile Moment _moment = new(long.MinValue);

    /// <summary>The store as it is now. Take it before anything is read.</summary>
    public Moment Now()
    {
        var version = stamp.Read();
        var known = _moment;
        return known.Version == version && !known.IsFull ? known : _moment = new Moment(version);
    }
}

/// <summary>One state of the store: what is read of it is read once, by the first of those who ask. All of them share it, so nobody may change it.</summary>
public sealed class Moment(long version)
{
    private const int Most = 50_000;
    private readonly ConcurrentDictionary<object, object> _read = [];
    private int _count;

    internal long Version => version;

    /// <summary>More is not kept: a new one begins empty.</summary>
    internal bool IsFull => Volatile.Read(ref _count) >= Most;

    /// <param name="about">What is read, equal to itself whoever asks; of what depends on the time, with the time.</param>
    /// <param name="read">Not cut off when the first asker hangs up: others wait for it.</param>
    public async Task<T> OnceAsync<T>(object about, Func<CancellationToken, Task<T>> read)
    {
        if (!_read.TryGetValue(about, out var known))
        {
            // Run by the one whose it is; the others wait for it without holding a thread.
            var mine = new Task<Task<T>>(() => read(CancellationToken.None), TaskCreationOptions.RunContinuationsAsynchronously);
            known = _read.GetOrAdd(about, mine);
            if (known == mine)
            {
                Interlocked.Increment(ref _count);
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

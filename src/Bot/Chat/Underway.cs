using System.Collections.Concurrent;

namespace Bot.Chat;

/// <summary>Work that goes on beside its caller, so that somebody can wait for the end of it.</summary>
public sealed class Underway
{
    private readonly ConcurrentDictionary<Task, byte> _running = new();

    /// <param name="work">Handles its own failures.</param>
    public void Add(Task work)
    {
        _running[work] = 0;
        _ = work.ContinueWith(done => _running.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    public Task AllAsync() => Task.WhenAll(_running.Keys);
}

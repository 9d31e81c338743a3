using System.Collections.Concurrent;

namespace Bot.Slack.Inbound;

/// <summary>
/// Each delivery once in this process: the same one again waits for the work that is under way, and what follows is done once. Across
/// processes and restarts the product's inbox sees to it.
/// </summary>
internal sealed class Deliveries(TimeProvider clock)
{
    private const int Most = 50_000;

    /// <summary>A signed request can be sent again for ten minutes, five on each side; Slack's own last try comes after six.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(15);
    private readonly ConcurrentDictionary<string, Delivery> _known = new();
    private long _sweptTicks;

    public Delivery Of(string key, Func<Task<SlackAnswer>> work)
    {
        Sweep();
        var delivery = _known.GetOrAdd(key, _ => new Delivery(clock.GetUtcNow(), work));
        delivery.Start(failed: () => Forget(key, delivery));
        return delivery;
    }

    public void Forget(string key, Delivery delivery) => _known.TryRemove(KeyValuePair.Create(key, delivery));

    private void Sweep()
    {
        var (now, swept) = (clock.GetUtcNow(), Interlocked.Read(ref _sweptTicks));
        if ((now.UtcTicks - swept < TimeSpan.TicksPerMinute && _known.Count < Most) || Interlocked.CompareExchange(ref _sweptTicks, now.UtcTicks, swept) != swept)
        {
            return;
        }

        // One flood of payloads must not take all memory: then the inbox alone tells what was seen.
        foreach (var old in _known.Where(d => now - d.Value.At > Kept || _known.Count >= Most))
        {
            _known.TryRemove(old);
        }
    }
}

/// <summary>The work of one delivery.</summary>
internal sealed class Delivery(DateTimeOffset at, Func<Task<SlackAnswer>> work)
{
    private readonly Lock _gate = new();
    private Task<SlackAnswer>? _work;
    private int _isFollowed;

    public DateTimeOffset At => at;

    public Task<SlackAnswer> Work => _work!;

    public void Start(Action failed)
    {
        lock (_gate)
        {
            _work ??= RunAsync(failed);
        }
    }

    /// <summary>What follows, for the first that asks.</summary>
    public Func<CancellationToken, Task>? Once(Func<CancellationToken, Task>? follow) =>
        follow is not null && Interlocked.Exchange(ref _isFollowed, 1) == 0 ? follow : null;

    /// <summary>Keeps the words for whoever asks again, and lets go of the rest.</summary>
    public void Settle(SlackAnswer answer) => _work = Task.FromResult(new SlackAnswer(answer.Body));

    private async Task<SlackAnswer> RunAsync(Action failed)
    {
        try
        {
            // Off the caller, whose three seconds run.
            return await Task.Run(work);
        }
        catch
        {
            failed();
            throw;
        }
    }
}

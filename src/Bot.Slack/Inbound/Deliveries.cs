using System.Collections.Concurrent;

namespace Bot.Slack.Inbound;

/// <summary>
/// Each delivery once in this process: the same one again waits for the work that is under way, and what follows is done once. Across
/// processes and restarts the product's inbox sees to it.
/// </summary>
internal sealed class Deliveries(TimeProvider clock)
{
    /// <summary>Of one generation: a flood of payloads must not take all memory. What it drives out, the inbox alone remembers.</summary>
    private const int Most = 50_000;

    /// <summary>A signed request can be sent again for ten minutes, five on each side; Slack's own last try comes after six.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(15);
    private readonly Lock _gate = new();
    private volatile Generation _young = new(DateTimeOffset.MinValue);
    private volatile Generation _old = new(DateTimeOffset.MinValue);

    public Delivery Of(string key, Func<Task<SlackAnswer>> work)
    {
        var now = clock.GetUtcNow();
        Age(now);
        var (young, old) = (_young, _old);
        if (!old.Known.TryGetValue(key, out var delivery))
        {
            var added = new Delivery(work);
            delivery = young.Known.GetOrAdd(key, added);
            if (delivery == added)
            {
                young.Grow();
            }
        }

        delivery.Start(failed: () => Forget(key, delivery));
        return delivery;
    }

    public void Forget(string key, Delivery delivery)
    {
        _young.Known.TryRemove(KeyValuePair.Create(key, delivery));
        _old.Known.TryRemove(KeyValuePair.Create(key, delivery));
    }

    /// <summary>Two generations, so that nothing is ever searched for what is too old: the older one goes as a whole.</summary>
    private void Age(DateTimeOffset now)
    {
        if (!IsFull(_young, now))
        {
            return;
        }

        lock (_gate)
        {
            if (IsFull(_young, now))
            {
                (_old, _young) = (_young, new Generation(now));
            }
        }
    }

    private static bool IsFull(Generation generation, DateTimeOffset now) => generation.Count >= Most || now - generation.Since >= Kept;

    private sealed class Generation(DateTimeOffset since)
    {
        private int _count;

        public ConcurrentDictionary<string, Delivery> Known { get; } = new();

        public DateTimeOffset Since => since;

        public int Count => Volatile.Read(ref _count);

        public void Grow() => Interlocked.Increment(ref _count);
    }
}

/// <summary>The work of one delivery. Remembered for minutes, so that it keeps nothing of the payload once the work is done.</summary>
internal sealed class Delivery(Func<Task<SlackAnswer>> work)
{
    private readonly Lock _gate = new();
    private Func<Task<SlackAnswer>>? _begin = work;
    private Task<SlackAnswer>? _work;
    private int _isFollowed;

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
            return await Task.Run(Interlocked.Exchange(ref _begin, null)!);
        }
        catch
        {
            failed();
            throw;
        }
    }
}

using System.Collections.Concurrent;
using Bot.Chat;

namespace Bot.Slack.Tests;

/// <summary>Stands where the product stands: notes what the adapter brings and answers as it was told to.</summary>
internal sealed class Recording
{
    private readonly ConcurrentQueue<InboundEvent> _heard = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Runs for each event; its reply is the answer.</summary>
    public Func<InboundEvent, Task<Reply>> Answers { get; set; } = _ => Task.FromResult<Reply>(new Reply.Silence());

    /// <summary>All but the note that a configured token works, which comes before the first.</summary>
    public IReadOnlyList<InboundEvent> Heard => [.. _heard];

    public async Task<Reply> HandleAsync(InboundEvent inbound, CancellationToken ct)
    {
        if (IsOfToken(inbound))
        {
            return new Reply.Silence();
        }

        _heard.Enqueue(inbound);
        Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        return await Answers(inbound);
    }

    public T Single<T>()
        where T : InboundEvent => Assert.IsType<T>(Assert.Single(Heard));

    public async Task<T> UntilAsync<T>()
        where T : InboundEvent
    {
        await UntilAsync(() => Heard.OfType<T>().Any());
        return Heard.OfType<T>().First();
    }

    public Task UntilAsync(int heard) => UntilAsync(() => Heard.Count >= heard);

    private static bool IsOfToken(InboundEvent inbound) => inbound.Delivery.Value.StartsWith("token:", StringComparison.Ordinal);

    /// <exception cref="TimeoutException">It was not heard within ten seconds of real time.</exception>
    private async Task UntilAsync(Func<bool> isThere)
    {
        while (true)
        {
            var changed = Volatile.Read(ref _changed).Task;
            if (isThere())
            {
                return;
            }

            await changed.WaitAsync(TimeSpan.FromSeconds(10));
        }
    }
}

using Bot.Chat;

namespace Bot.Slack.Inbound;

/// <summary>Hears the product out for as long as Slack's three seconds allow; what takes longer goes on.</summary>
internal sealed class InTime(HandleInbound handle, TimeProvider clock)
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(2.5);

    /// <summary>The product's reply, or null with the work that goes on: the transport waits for it. It is not cut off when Slack hangs up.</summary>
    public async Task<(Reply? Reply, Task<Reply> Work)> AskAsync(InboundEvent inbound)
    {
        var work = handle(inbound, CancellationToken.None);
        if (!work.IsCompleted)
        {
            using var stop = new CancellationTokenSource();
            await Task.WhenAny(work, Task.Delay(Budget, clock, stop.Token));
            await stop.CancelAsync();
        }

        return (work.IsCompleted ? await work : null, work);
    }
}

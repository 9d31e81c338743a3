using System.Threading.Channels;

namespace Bot.Host.Scheduling;

/// <summary>By which whoever said something wakes this host's lanes. Rung before they look is the same ring: they look at what was saved before it.</summary>
public sealed class LaneBell
{
    private readonly Channel<bool> _rung = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Channel<TaskCompletionSource> _settling = Channel.CreateUnbounded<TaskCompletionSource>();

    public void Ring() => _rung.Writer.TryWrite(true);

    /// <summary>Rings, and returns when what could be delivered then is.</summary>
    public async Task SettleAsync(CancellationToken ct)
    {
        var settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _settling.Writer.TryWrite(settled);
        Ring();
        await settled.Task.WaitAsync(ct);
    }

    /// <summary>Ends when it is rung, or after a while; and not before a gap, so that who rings all the time is not looked for all the time, unless somebody waits for the end.</summary>
    public async Task WaitAsync(TimeSpan gap, TimeSpan atMost, CancellationToken ct)
    {
        if (!await ComesAsync(_settling.Reader, gap, ct))
        {
            await ComesAsync(_rung.Reader, atMost, ct);
        }

        _rung.Reader.TryRead(out _);
    }

    /// <summary>Those who wait for the end of what is looked for now.</summary>
    public IReadOnlyList<TaskCompletionSource> TakeSettling()
    {
        var taken = new List<TaskCompletionSource>();
        while (_settling.Reader.TryRead(out var settled))
        {
            taken.Add(settled);
        }

        return taken;
    }

    private static async Task<bool> ComesAsync<T>(ChannelReader<T> reader, TimeSpan within, CancellationToken ct)
    {
        using var pause = new CancellationTokenSource(within, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(pause.Token, ct);
        try
        {
            return await reader.WaitToReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return false;
        }
    }
}

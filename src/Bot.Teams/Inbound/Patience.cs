namespace Bot.Teams.Inbound;

/// <summary>How long an invoke can wait for its answer, counted from when it arrived; what takes longer goes on.</summary>
internal sealed class Patience(TimeProvider clock)
{
    /// <summary>Teams gives up on an invoke after five seconds ("Universal Actions for Adaptive Cards"); the way there and back is part of them.</summary>
    private static readonly TimeSpan Whole = TimeSpan.FromSeconds(4);
    private readonly DateTimeOffset _ends = clock.GetUtcNow() + Whole;

    /// <summary>Whether it is done in time. It is not cut off where it is not.</summary>
    public async Task<bool> IsDoneAsync(Task work)
    {
        if (!work.IsCompleted && _ends - clock.GetUtcNow() is var left && left > TimeSpan.Zero)
        {
            using var stop = new CancellationTokenSource();
            await Task.WhenAny(work, Task.Delay(left, clock, stop.Token));
            await stop.CancelAsync();
        }

        return work.IsCompleted;
    }
}

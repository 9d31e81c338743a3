namespace Bot.Teams.Inbound;

/// <summary>Waits for work as long as an invoke can wait for its answer; what takes longer goes on.</summary>
internal sealed class InTime(TimeProvider clock)
{
    /// <summary>Teams gives up on an invoke after five seconds ("Universal Actions for Adaptive Cards"); the way there and back is part of them.</summary>
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(3);

    /// <summary>Whether it is done. It is not cut off where it is not.</summary>
    public async Task<bool> IsDoneAsync(Task work)
    {
        if (!work.IsCompleted)
        {
            using var stop = new CancellationTokenSource();
            await Task.WhenAny(work, Task.Delay(Budget, clock, stop.Token));
            await stop.CancelAsync();
        }

        return work.IsCompleted;
    }
}

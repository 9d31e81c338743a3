using System.Threading.RateLimiting;

namespace Bot.Chat;

/// <summary>
/// Admission of what platforms bring: so much is worked on at once, the rest stands in line, and what does not come to its turn in time is not begun. A
/// host that took on whatever comes would answer nobody in time once it is too much, and fill the memory.
/// </summary>
public sealed class Admission(TimeProvider clock) : IDisposable
{
    /// <summary>Each works on a connection to the store, of which a host has a hundred.</summary>
    private const int AtOnce = 32;
    private const int Line = 2_000;

    /// <summary>Platforms wait three seconds and more; the work itself takes some of them.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);
    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions { PermitLimit = AtOnce, QueueLimit = Line, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });

    /// <returns>To be disposed of when the work is done; null where its turn did not come, or the line was too long.</returns>
    public async ValueTask<IDisposable?> EnterAsync()
    {
        var atOnce = _limiter.AttemptAcquire();
        if (atOnce.IsAcquired)
        {
            return atOnce;
        }

        using var patience = new CancellationTokenSource(Patience, clock);
        try
        {
            var turn = await _limiter.AcquireAsync(cancellationToken: patience.Token);
            return turn.IsAcquired ? turn : null;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    public void Dispose() => _limiter.Dispose();
}

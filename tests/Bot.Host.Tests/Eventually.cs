using System.Diagnostics;

namespace Bot.Host.Tests;

/// <summary>Waits for what another process does: asks again every few milliseconds, and fails with what it waited for when that takes too long.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(30);

    public static Task HoldsAsync(string what, Func<bool> condition, TimeSpan? within = null) =>
        HoldsAsync(what, () => Task.FromResult(condition()), within);

    public static async Task HoldsAsync(string what, Func<Task<bool>> condition, TimeSpan? within = null)
    {
        if (!await BecomesAsync(condition, within ?? LongEnough))
        {
            Assert.Fail($"Within {(within ?? LongEnough).TotalSeconds:0.#} seconds this did not come true: {what}.");
        }
    }

    /// <summary>False when it did not come true in time.</summary>
    public static async Task<bool> BecomesAsync(Func<Task<bool>> condition, TimeSpan within)
    {
        using var timer = new PeriodicTimer(Pause);
        var since = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(since) > within)
            {
                return false;
            }

            await timer.WaitForNextTickAsync();
        }

        return true;
    }
}

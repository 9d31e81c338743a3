using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Bot.Web.Playground;

/// <summary>Tells open pages that something was stored. It carries no content: each page asks again for what its person may see.</summary>
public sealed class Pulse : SaveChangesInterceptor
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends with the next change after this was read.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Beat() => Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        Beat();
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Beat();
        return ValueTask.FromResult(result);
    }
}

namespace Bot.Web.Playground;

/// <summary>What the host offers behind "Load the sample portfolio"; the page hides the offer where none is registered.</summary>
/// <param name="LoadAsync">Brings the sample in; a second time changes nothing.</param>
/// <param name="RemoveAsync">Takes away what it brought.</param>
/// <param name="IsLoadedAsync">Which of the two to offer; null: both.</param>
public sealed record SamplePortfolio(
    Func<CancellationToken, Task> LoadAsync, Func<CancellationToken, Task> RemoveAsync, Func<CancellationToken, Task<bool>>? IsLoadedAsync = null);

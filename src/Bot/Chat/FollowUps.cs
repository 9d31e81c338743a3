using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bot.Chat;

/// <summary>
/// Does what follows an acknowledgement. Beside the connection it came by: the next request on a connection that is kept open would wait
/// for it. A stop of the host waits for all of it.
/// </summary>
public sealed partial class FollowUps(ILogger<FollowUps> log) : IHostedService
{
    private readonly Underway _underway = new();

    public void Begin(Func<CancellationToken, Task> follow) => _underway.Add(RunAsync(follow));

    /// <summary>Until all that was begun is done.</summary>
    public Task AllAsync() => _underway.AllAsync();

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => AllAsync().WaitAsync(cancellationToken);

    private async Task RunAsync(Func<CancellationToken, Task> follow)
    {
        var work = Task.Run(() => follow(CancellationToken.None));
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (work.Exception is { } failed)
        {
            LogFailed(failed.InnerException ?? failed);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What follows an acknowledgement was not done")]
    private partial void LogFailed(Exception failed);
}

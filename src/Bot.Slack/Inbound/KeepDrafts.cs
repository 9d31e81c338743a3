using System.Collections.Concurrent;
using Bot.Chat;
using Bot.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bot.Slack.Inbound;

/// <summary>
/// Keeps what people type into forms, two seconds after they typed. Slack tells of each character, always with everything in the form:
/// what waits here is replaced by what comes next, and a stop of the host saves it.
/// </summary>
public sealed partial class KeepDrafts(HandleInbound handle, TimeProvider clock, ILogger<KeepDrafts> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<string, FormClosed> _typed = new();

    /// <param name="viewId">Of the window it stands in.</param>
    public void Note(string viewId, FormClosed typed) => _typed[viewId] = typed;

    /// <summary>The form was sent: nothing of it is a draft any more.</summary>
    public void Forget(string viewId) => _typed.TryRemove(viewId, out _);

    public async Task SaveAsync(CancellationToken ct)
    {
        foreach (var viewId in _typed.Keys)
        {
            if (!_typed.TryRemove(viewId, out var typed))
            {
                continue;
            }

            try
            {
                await handle(typed, ct);
            }
            catch (Exception unsaved) when (StoreAway.Is(unsaved))
            {
                // The store is away: tried again, unless more was typed meanwhile.
                _typed.TryAdd(viewId, typed);
                LogNotSaved(unsaved);
            }
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await SaveAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await SaveAsync(CancellationToken.None);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; what is left is saved by StopAsync.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A draft was not saved and is tried again")]
    private partial void LogNotSaved(Exception unsaved);
}

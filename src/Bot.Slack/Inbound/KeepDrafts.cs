using System.Collections.Concurrent;
using System.Data.Common;
using Bot.Chat;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bot.Slack.Inbound;

/// <summary>
/// Keeps what people type into forms, two seconds after they typed. Slack tells of each character, always with everything in the form:
/// what waits here is replaced by what comes next, and a stop of the host saves it.
/// </summary>
internal sealed partial class KeepDrafts(HandleInbound handle, TimeProvider clock, ILogger<KeepDrafts> log) : BackgroundService
{
    private const int MostSent = 10_000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<string, FormClosed> _typed = new();
    private readonly ConcurrentDictionary<string, byte> _sent = new();
    private readonly SemaphoreSlim _saving = new(1, 1);

    /// <param name="viewId">Of the window it stands in.</param>
    public void Note(string viewId, FormClosed typed)
    {
        // The last letters may be told after the form that was sent with them.
        if (!_sent.ContainsKey(viewId))
        {
            _typed[viewId] = typed;
        }
    }

    /// <summary>The form is being sent: nothing of it is a draft any more, and none is on its way to the store when this returns.</summary>
    public async Task EndAsync(string viewId)
    {
        if (_sent.Count >= MostSent)
        {
            _sent.Clear();
        }

        _sent[viewId] = 0;
        _typed.TryRemove(viewId, out _);
        await _saving.WaitAsync();
        _saving.Release();
    }

    /// <summary>The window stands open after all.</summary>
    public void GoOn(string viewId) => _sent.TryRemove(viewId, out _);

    public async Task SaveAsync(CancellationToken ct)
    {
        foreach (var viewId in _typed.Keys)
        {
            await _saving.WaitAsync(ct);
            try
            {
                if (_typed.TryRemove(viewId, out var typed))
                {
                    await SaveAsync(viewId, typed, ct);
                }
            }
            finally
            {
                _saving.Release();
            }
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await SaveAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _saving.Dispose();
        base.Dispose();
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

    private async Task SaveAsync(string viewId, FormClosed typed, CancellationToken ct)
    {
        try
        {
            await handle(typed, ct);
        }
        catch (Exception unsaved) when (unsaved is DbException or DbUpdateException)
        {
            // The store is away: tried again, unless more was typed meanwhile.
            _typed.TryAdd(viewId, typed);
            LogNotSaved(unsaved);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A draft was not saved and is tried again")]
    private partial void LogNotSaved(Exception unsaved);
}

using Bot.Delivery;
using Bot.Store;
using Bot.Telemetry;
using Microsoft.EntityFrameworkCore;

namespace Bot.Host.Telemetry;

/// <summary>
/// Counts what waits and what was given up, twice a minute, by one query over the index of states: not when somebody reads the measures, who would wait for the store. Runs only where
/// measures are sent. Hosts that share a store each tell of all of it: take the largest, not the sum.
/// </summary>
public sealed partial class MeasureOutbox(IServiceScopeFactory scopes, Measures measures, ILogger<MeasureOutbox> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var turns = new PeriodicTimer(Pause, TimeProvider.System);
        do
        {
            try
            {
                await MeasureAsync(stoppingToken);
            }
            catch (Exception away) when (StoreAway.Is(away))
            {
                LogAway(away);
            }
        }
        while (await turns.WaitForNextTickAsync(stoppingToken));
    }

    private async Task MeasureAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var counts = await scope.ServiceProvider.GetRequiredService<BotDb>().Outbox
            .Where(o => (o.State == OutboxState.Waiting || o.State == OutboxState.Dead) && o.Card != "")
            .GroupBy(o => o.State).Select(group => new { group.Key, Count = group.LongCount() }).ToDictionaryAsync(group => group.Key, group => group.Count, ct);
        measures.Outbox(counts.GetValueOrDefault(OutboxState.Waiting), counts.GetValueOrDefault(OutboxState.Dead));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What waits in the outbox was not counted; the store did not answer")]
    private partial void LogAway(Exception away);
}

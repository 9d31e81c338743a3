using Bot.Delivery;
using Bot.Initiatives;
using Bot.Portfolios;
using Bot.Reviews;
using Bot.Store;
using Bot.Telemetry;
using Bot.Warnings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bot.CheckIns;

/// <summary>Does every step of the ledger whose time has come, in batches of one save each; then what else waits for a time.</summary>
public sealed partial class DoWhatIsDue(IServiceScopeFactory scopes, AdvanceWorkshops workshops, PostPortfolio portfolio, Measures measures, TimeProvider clock, IAlarm alarm, ILogger<DoWhatIsDue> log)
{
    private const int Batch = 50;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    public async Task RunAsync(CancellationToken ct)
    {
        var did = false;
        while (await FindAsync(ct) is { Count: > 0 } due)
        {
            did = true;
            if (!await TryAsync(due, ct))
            {
                foreach (var step in due)
                {
                    await TryAloneAsync(step, ct);
                }
            }
        }

        did |= await workshops.RunAsync(ct);

        // After the rounds: what closes in the same minute is in it.
        did |= await portfolio.RunAsync(ct);
        if (did)
        {
            await alarm.DeliverAsync(ct);
        }
    }

    private async Task<List<RoundStep>> FindAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = clock.GetUtcNow();
        return await scope.ServiceProvider.GetRequiredService<BotDb>().RoundSteps.AsNoTracking()
            .Where(s => s.State == StepState.Due && s.DueAt <= now)
            .OrderBy(s => s.DueAt).ThenBy(s => s.RoundId).Take(Batch).ToListAsync(ct);
    }

    /// <summary>False when any step of the batch stands in the way; nothing is saved then.</summary>
    private async Task<bool> TryAsync(List<RoundStep> due, CancellationToken ct)
    {
        try
        {
            await DoAsync(due, ct);
            return true;
        }
        catch (Exception failed) when (failed is not OperationCanceledException && !StoreAway.IsItself(failed))
        {
            LogBatchFailed(failed, due.Count);
            return false;
        }
    }

    private async Task TryAloneAsync(RoundStep step, CancellationToken ct)
    {
        try
        {
            await DoAsync([step], ct);
        }
        catch (DbUpdateException collision) when (Collision.Is(collision))
        {
            LogDoneElsewhere(step.RoundId, step.Step);
        }
        catch (Exception failed) when (failed is not OperationCanceledException && !StoreAway.IsItself(failed))
        {
            // One loop that cannot be served must not hold up the others: it is tried again after a pause, and the log says why.
            LogStepFailed(failed, step.RoundId, step.Step);
            await using var scope = scopes.CreateAsyncScope();
            var later = clock.GetUtcNow() + Pause;
            await scope.ServiceProvider.GetRequiredService<BotDb>().RoundSteps
                .Where(s => s.RoundId == step.RoundId && s.Step == step.Step && s.State == StepState.Due)
                .ExecuteUpdateAsync(s => s.SetProperty(x => x.DueAt, later), ct);
        }
    }

    private async Task DoAsync(List<RoundStep> due, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var db = services.GetRequiredService<BotDb>();
        var ids = due.Select(s => s.RoundId).Distinct().ToList();
        var rounds = (await RoundInHand.LoadAsync(db, ids, ct)).ToDictionary(r => r.Round.Id);
        var ledger = await db.RoundSteps.Where(s => ids.Contains(s.RoundId)).ToListAsync(ct);
        var begun = clock.GetUtcNow();
        foreach (var (id, kind) in due.Select(s => (s.RoundId, s.Step)))
        {
            var step = ledger.Single(s => s.RoundId == id && s.Step == kind);
            if (step.State != StepState.Due)
            {
                continue;
            }

            using var activity = Traces.Begin("due step");
            activity?.SetTag("afterpilot.step", kind.ToString().ToLowerInvariant()).SetTag("afterpilot.round.id", id.ToString());
            var state = rounds.TryGetValue(id, out var round) ? await DoAsync(services, round, kind, ct) : StepState.Dropped;
            activity.Ended();
            step.State = state;
            step.DoneAt = clock.GetUtcNow();
        }

        await db.SaveChangesAsync(ct);
        foreach (var step in ledger.Where(s => s.DoneAt is not null && due.Exists(d => d.RoundId == s.RoundId && d.Step == s.Step)))
        {
            measures.Begun(step.Step, begun - step.DueAt);
            LogStepEnded(step.RoundId, step.Step, step.State);
        }
    }

    private static Task<StepState> DoAsync(IServiceProvider services, RoundInHand round, Step step, CancellationToken ct) => step switch
    {
        Step.Open => services.GetRequiredService<OpenDueRounds>().DoAsync(round, ct),
        Step.Remind => services.GetRequiredService<RemindTheSilent>().DoAsync(round, ct),
        Step.Review => services.GetRequiredService<OpenDueReviews>().DoAsync(round, ct),
        Step.Close => services.GetRequiredService<CloseDueRounds>().DoAsync(round, ct),
        Step.Warn => services.GetRequiredService<RaiseWarnings>().DoAsync(round, ct),
        _ => services.GetRequiredService<AdvanceAgenda>().DoAsync(round, step, ct),
    };

    [LoggerMessage(Level = LogLevel.Information, Message = "Step {Step} of round {RoundId} ended {State}")]
    private partial void LogStepEnded(RoundId roundId, Step step, StepState state);

    [LoggerMessage(Level = LogLevel.Information, Message = "Step {Step} of round {RoundId} was done elsewhere")]
    private partial void LogDoneElsewhere(RoundId roundId, Step step);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A batch of {Count} due steps failed; doing them one by one")]
    private partial void LogBatchFailed(Exception failed, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Step {Step} of round {RoundId} failed")]
    private partial void LogStepFailed(Exception failed, RoundId roundId, Step step);
}

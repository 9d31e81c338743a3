using Bot.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bot.Initiatives;

/// <summary>Announces the next part of each running workshop as its time comes, and its end.</summary>
public sealed partial class AdvanceWorkshops(IServiceScopeFactory scopes, TimeProvider clock, ILogger<AdvanceWorkshops> log)
{
    private const int Batch = 50;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    /// <returns>Whether anything was due.</returns>
    public async Task<bool> RunAsync(CancellationToken ct)
    {
        var did = false;
        while (await FindAsync(ct) is { Count: > 0 } due)
        {
            did = true;
            foreach (var id in due)
            {
                await TryAsync(id, ct);
            }
        }

        return did;
    }

    private async Task<List<WorkshopId>> FindAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = clock.GetUtcNow();
        return await scope.ServiceProvider.GetRequiredService<BotDb>().Workshops
            .Where(w => w.NextAt != null && w.NextAt <= now).OrderBy(w => w.NextAt).Take(Batch).Select(w => w.Id).ToListAsync(ct);
    }

    private async Task TryAsync(WorkshopId id, CancellationToken ct)
    {
        try
        {
            await AdvanceAsync(id, ct);
        }
        catch (DbUpdateException collision) when (Collision.Is(collision))
        {
            LogDoneElsewhere(id);
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            // As with the steps of a round: one that cannot be served must not hold up the others.
            LogFailed(failed, id);
            await using var scope = scopes.CreateAsyncScope();
            DateTimeOffset? later = clock.GetUtcNow() + Pause;
            await scope.ServiceProvider.GetRequiredService<BotDb>().Workshops.Where(w => w.Id == id && w.EndedAt == null)
                .ExecuteUpdateAsync(w => w.SetProperty(x => x.NextAt, later), ct);
        }
    }

    private async Task AdvanceAsync(WorkshopId id, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BotDb>();
        var post = scope.ServiceProvider.GetRequiredService<PostWorkshop>();
        var now = clock.GetUtcNow();
        var workshop = await db.Workshops.SingleAsync(w => w.Id == id, ct);
        if (workshop.NextAt is null || workshop.NextAt > now)
        {
            return;
        }

        // After downtime the parts whose fifteen minutes are over are left out: announced now they would only confuse.
        if (WorkshopParts.At(now - workshop.StartedAt) is var part && part < WorkshopParts.Count)
        {
            await post.AdvanceAsync(workshop, part, ct);
        }
        else
        {
            await post.EndAsync(workshop, ct);
        }

        await db.SaveChangesAsync(ct);
        LogAdvanced(id, workshop.Part);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Workshop {WorkshopId} came to part {Part}")]
    private partial void LogAdvanced(WorkshopId workshopId, int part);

    [LoggerMessage(Level = LogLevel.Information, Message = "A part of workshop {WorkshopId} was announced elsewhere")]
    private partial void LogDoneElsewhere(WorkshopId workshopId);

    [LoggerMessage(Level = LogLevel.Error, Message = "The next part of workshop {WorkshopId} could not be announced")]
    private partial void LogFailed(Exception failed, WorkshopId workshopId);
}

using Bot.Cards;
using Bot.Chat;
using Bot.Delivery;
using Bot.Loops;
using Bot.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bot.Portfolios;

/// <summary>Posts each workspace's portfolio digest when its time has come, once a date.</summary>
public sealed partial class PostPortfolio(IServiceScopeFactory scopes, TimeProvider clock, ILogger<PostPortfolio> log)
{
    private const int Batch = 50;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan OnTime = TimeSpan.FromMinutes(10);

    /// <summary>An older digest is news no more.</summary>
    private static readonly TimeSpan MakesSense = TimeSpan.FromHours(48);

    /// <returns>Whether anything was due.</returns>
    public async Task<bool> RunAsync(CancellationToken ct)
    {
        var did = false;
        while (await FindAsync(ct) is { Count: > 0 } due)
        {
            did = true;
            foreach (var workspace in due)
            {
                await TryAsync(workspace, ct);
            }
        }

        return did;
    }

    /// <summary>Portfolios the clock minds: a workspace that removed the bot gets nothing.</summary>
    public static IQueryable<Portfolio> Minded(BotDb db) => db.Portfolios.Where(p => db.Workspaces.Any(w => w.Id == p.WorkspaceId && w.RemovedAt == null));

    private async Task<List<WorkspaceId>> FindAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = clock.GetUtcNow();
        return await Minded(scope.ServiceProvider.GetRequiredService<BotDb>())
            .Where(p => p.NextAt <= now).OrderBy(p => p.NextAt).Take(Batch).Select(p => p.WorkspaceId).ToListAsync(ct);
    }

    private async Task TryAsync(WorkspaceId workspace, CancellationToken ct)
    {
        try
        {
            await PostAsync(workspace, ct);
        }
        catch (DbUpdateException collision) when (Collision.Is(collision))
        {
            LogDoneElsewhere(workspace);
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            // As with the steps of a round: one that cannot be written must not hold up the others.
            LogFailed(failed, workspace);
            await using var scope = scopes.CreateAsyncScope();
            var later = clock.GetUtcNow() + Pause;
            await scope.ServiceProvider.GetRequiredService<BotDb>().Portfolios.Where(p => p.WorkspaceId == workspace && p.NextAt < later)
                .ExecuteUpdateAsync(p => p.SetProperty(x => x.NextAt, later), ct);
        }
    }

    private async Task PostAsync(WorkspaceId workspace, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var db = services.GetRequiredService<BotDb>();
        var now = clock.GetUtcNow();
        if (await db.Portfolios.FindAsync([workspace], ct) is not { } portfolio || portfolio.NextAt > now)
        {
            return;
        }

        // The slot it was due at, also when it was put off since.
        var date = portfolio.Slot.FirstAfter(portfolio.NextAt).AddDays(-7);
        var late = now - portfolio.Slot.StartOn(date);
        var channel = await db.Channels.FindAsync([portfolio.ChannelId], ct);
        var outcome = late > MakesSense ? PostedPortfolio.TooLate : channel is null or { GoneAt: not null } ? PostedPortfolio.NoChannel : PostedPortfolio.Posted;
        switch (outcome)
        {
            case PostedPortfolio.Posted:
                await SayAsync(services, portfolio, date, late, ct);
                break;
            case PostedPortfolio.NoChannel:
                Tell(services, portfolio, channel, date);
                db.Portfolios.Remove(portfolio);
                break;
        }

        portfolio.NextAt = portfolio.Slot.StartOn(portfolio.Slot.FirstAfter(now));
        await db.SaveChangesAsync(ct);
        LogEnded(workspace, outcome);
    }

    private static async Task SayAsync(IServiceProvider services, Portfolio portfolio, DateOnly date, TimeSpan late, CancellationToken ct)
    {
        var key = portfolio.PostKey(date);
        if (await services.GetRequiredService<BotDb>().Outbox.AnyAsync(o => o.WorkspaceId == portfolio.WorkspaceId && o.Key == key, ct))
        {
            return;
        }

        var slot = portfolio.Slot;
        var facts = await services.GetRequiredService<ReadPortfolio>()
            .OfAsync(portfolio.WorkspaceId, slot.Zone, slot.StartOn(date.AddDays(-7)), slot.StartOn(date), ct);
        var card = ComposePortfolio.From(facts, late > OnTime ? $"This digest is {Say.Span(late)} late." : null);
        services.GetRequiredService<Outbox>().Post(portfolio.WorkspaceId, key, portfolio.ChannelId, services.GetRequiredService<CardBook>().Fill(card));
    }

    /// <summary>Where there is no channel any more, whoever chose it hears of it, once.</summary>
    private static void Tell(IServiceProvider services, Portfolio portfolio, Channel? channel, DateOnly date) => services.GetRequiredService<Outbox>().Post(
        portfolio.WorkspaceId, $"portfolio-gone:{portfolio.WorkspaceId}:{date:yyyy-MM-dd}", portfolio.SetBy,
        services.GetRequiredService<CardBook>().Fill(new Notice(
            $"The portfolio digest has nowhere to go: I am not in {channel?.Label ?? "its channel"} any more. `/pilot portfolio #channel` names another one.")));

    [LoggerMessage(Level = LogLevel.Information, Message = "The portfolio digest of workspace {WorkspaceId} ended {Outcome}")]
    private partial void LogEnded(WorkspaceId workspaceId, PostedPortfolio outcome);

    [LoggerMessage(Level = LogLevel.Information, Message = "The portfolio digest of workspace {WorkspaceId} was posted elsewhere")]
    private partial void LogDoneElsewhere(WorkspaceId workspaceId);

    [LoggerMessage(Level = LogLevel.Error, Message = "The portfolio digest of workspace {WorkspaceId} failed")]
    private partial void LogFailed(Exception failed, WorkspaceId workspaceId);
}

/// <summary>What became of a portfolio digest that was due.</summary>
public enum PostedPortfolio
{
    Posted,

    /// <summary>Its time was missed by more than two days.</summary>
    TooLate,
    NoChannel,
}

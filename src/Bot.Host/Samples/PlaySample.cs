using Bot.Chat;
using Bot.CheckIns;
using Bot.Delivery;
using Bot.Loops;
using Bot.Store;
using Bot.Web.Playground;
using Microsoft.EntityFrameworkCore;

namespace Bot.Host.Samples;

/// <summary>
/// Lives the past weeks of the sample portfolio with the product itself: in a file of its own and with a clock of its own, through the same
/// door as everybody, so that nothing of it is invented.
/// </summary>
internal sealed class PlaySample(IServiceProvider product, SampleClock clock, IReadOnlyList<ChatPerson> people)
{
    private static readonly TimeSpan BeforeOpening = TimeSpan.FromHours(1);
    private int _delivery;

    /// <summary>Registers the initiatives, starts their loops, and lives week after week up to the last review before now.</summary>
    public async Task LiveAsync(IReadOnlyList<SampleStory> portfolio, CancellationToken ct)
    {
        var loops = new List<PlayLoop>();
        foreach (var story in portfolio)
        {
            loops.Add(await PlayLoop.StartAsync(this, story, people, ct));
        }

        for (var week = 0; week < portfolio.Max(s => s.Weeks.Count); week++)
        {
            var times = await UseAsync(db => db.Rounds.AsNoTracking().Where(r => r.State == RoundState.Planned).OrderBy(r => r.ReviewDate).FirstAsync(ct));
            await EachAsync(times.OpensAt - BeforeOpening, loops, loop => loop.ResumeAsync(week, ct), ct);
            await EachAsync(times.OpensAt, loops, loop => loop.AnswerAsync(week, ct), ct);
            await EachAsync(times.ReviewAt, loops, loop => loop.ReviewAsync(week, ct), ct);
            await EachAsync(times.ClosesAt.AddMinutes(1), loops, loop => loop.MoveOnAsync(week, ct), ct);
        }

        await UseAsync(async db =>
        {
            await db.Initiatives.ForEachAsync(i => i.IsSample = true, ct);
            return await db.SaveChangesAsync(ct);
        });
    }

    public Task<Reply> HearAsync(Func<DeliveryId, InboundEvent> what, CancellationToken ct) =>
        product.GetRequiredService<HandleInbound>()(what(new DeliveryId($"sample-{++_delivery}")), ct);

    public async Task<T> UseAsync<T>(Func<BotDb, Task<T>> use)
    {
        await using var scope = product.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<BotDb>());
    }

    public async Task<T> AskAsync<TAsked, T>(Func<TAsked, Task<T>> ask)
        where TAsked : notnull
    {
        await using var scope = product.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<TAsked>());
    }

    public DateTimeOffset Now => clock.GetUtcNow();

    private async Task EachAsync(DateTimeOffset at, List<PlayLoop> loops, Func<PlayLoop, Task> does, CancellationToken ct)
    {
        await MoveToAsync(at, ct);
        foreach (var loop in loops)
        {
            await does(loop);
        }

        await DeliverAsync(ct);
    }

    private async Task MoveToAsync(DateTimeOffset target, CancellationToken ct)
    {
        var (next, due) = (product.GetRequiredService<FindUpcoming>(), product.GetRequiredService<DoWhatIsDue>());
        while (await next(ct) is { } step && step.At <= target)
        {
            clock.MoveTo(step.At);
            await due.RunAsync(ct);
            await DeliverAsync(ct);
        }

        clock.MoveTo(target);
    }

    private async Task DeliverAsync(CancellationToken ct)
    {
        var outbox = product.GetRequiredService<DeliverOutbox>();
        foreach (var lane in await outbox.LanesAsync(ct))
        {
            await outbox.RunAsync(lane, ct);
        }
    }
}

/// <summary>A clock that shows what the sample has come to.</summary>
internal sealed class SampleClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset _now = start;

    public void MoveTo(DateTimeOffset instant) => _now = instant > _now ? instant : _now;

    public override DateTimeOffset GetUtcNow() => _now;
}

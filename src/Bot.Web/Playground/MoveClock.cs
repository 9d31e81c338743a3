using Bot.Delivery;
using Bot.Loops;
using Bot.Web.Playground.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Bot.Web.Playground;

/// <summary>
/// Somebody moves the clock forward: to what comes next, or by an hour or a day. On the way it stops at everything that falls due, so
/// that a day skipped is a day lived through.
/// </summary>
public sealed partial class MoveClock(
    IDbContextFactory<PlaygroundDb> stores, PlaygroundClock clock, IAlarm alarm, FindUpcoming findUpcoming, ILogger<MoveClock> log) : IDisposable
{
    /// <summary>Milliseconds since 1970 of the instant to go to.</summary>
    public const string ToField = "to";

    public const string ByField = "by";
    public const string Hour = "hour";
    public const string Day = "day";

    private static readonly TimeSpan Farthest = TimeSpan.FromDays(366);

    /// <summary>Just after the instant itself, so that what is due "at" it is due.</summary>
    private static readonly TimeSpan JustAfter = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _oneAtATime = new(1);

    public static async Task<IResult> HandleAsync(HttpContext call, MoveClock move, PlaygroundClock clock)
    {
        var ct = call.RequestAborted;
        await using var store = await call.StoreAsync();
        if (await call.PlaceAsync(store) is not { } place)
        {
            return Plain.NotFound();
        }

        var now = clock.GetUtcNow();
        DateTimeOffset? target = call.Request.Form[ByField].ToString() switch
        {
            Hour => now.AddHours(1),
            Day => now.AddDays(1),
            _ => Place.ReadId(call.Request.Form[ToField]) is { } to and < 253_402_300_799_000 ? DateTimeOffset.FromUnixTimeMilliseconds(to) + JustAfter : null,
        };
        if (target is not { } instant || instant - now > Farthest)
        {
            return Plain.Page(StatusCodes.Status400BadRequest, "Not that far", "The clock moves forward by at most a year at once. Nothing was changed.");
        }

        await move.ForwardAsync(instant, ct);
        return Then.Show(place);
    }

    /// <summary>An instant that has passed already, by a second press, only looks once more at what is due.</summary>
    public async Task ForwardAsync(DateTimeOffset target, CancellationToken ct)
    {
        await _oneAtATime.WaitAsync(ct);
        try
        {
            var reached = DateTimeOffset.MinValue;
            while (reached < target)
            {
                var next = await findUpcoming(ct) is { } upcoming && upcoming.At + JustAfter is var stop && stop < target ? stop : target;

                // The same thing due again means that nobody did it; then on without it.
                reached = next > reached ? next : target;
                await SetAsync(reached, ct);
                await alarm.SettleAsync(ct);
            }
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public void Dispose() => _oneAtATime.Dispose();

    /// <summary>Stored first: after a restart the clock is never behind what it has shown.</summary>
    private async Task SetAsync(DateTimeOffset instant, CancellationToken ct)
    {
        if (instant <= clock.GetUtcNow())
        {
            return;
        }

        await using var store = await stores.CreateDbContextAsync(ct);
        var setting = await store.Clock.SingleOrDefaultAsync(ct) ?? store.Clock.Add(new ClockSetting()).Entity;
        setting.AheadMilliseconds = (long)Math.Ceiling(clock.AheadAt(instant).TotalMilliseconds);
        setting.NotBefore = instant;
        await store.SaveChangesAsync(ct);
        clock.Set(TimeSpan.FromMilliseconds(setting.AheadMilliseconds), setting.NotBefore);
        Moved(instant);
    }

    [LoggerMessage(LogLevel.Information, "Moved the playground's clock to {Instant}")]
    private partial void Moved(DateTimeOffset instant);
}

using System.Globalization;
using System.Threading.RateLimiting;
using Bot.Web;
using Microsoft.AspNetCore.RateLimiting;

namespace Bot.Host.Guard;

/// <summary>
/// Counts requests against their source. Doors that verify who asks switch the counting off and are counted only where they refuse: anybody can
/// have Slack or Microsoft post to us, so an address that failed is not kept from being verified; it is told to wait instead of why.
/// </summary>
public sealed class CountSources(DoorLimits limits) : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<HttpContext> _unverified = PartitionedRateLimiter.Create<HttpContext, Source>(call => RateLimitPartition.GetFixedWindowLimiter(
        Of(call), _ => new FixedWindowRateLimiterOptions { PermitLimit = limits.UnverifiedPerMinute, Window = Minute, QueueLimit = 0 }));

    /// <summary>Everything but the doors that verify.</summary>
    public static void Limit(RateLimiterOptions options, DoorLimits limits)
    {
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, Source>(call => RateLimitPartition.GetTokenBucketLimiter(
            Of(call), _ => new TokenBucketRateLimiterOptions { TokenLimit = limits.Burst, TokensPerPeriod = limits.PerSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0 }));
        options.OnRejected = (rejected, _) =>
        {
            TellToWait(rejected.HttpContext, rejected.Lease);
            return ValueTask.CompletedTask;
        };
    }

    /// <summary>Everything that a door refused to take.</summary>
    public async Task CountRefusedAsync(HttpContext call, RequestDelegate next)
    {
        await next(call);
        if (call.Response is { StatusCode: StatusCodes.Status401Unauthorized, HasStarted: false })
        {
            using var lease = _unverified.AttemptAcquire(call);
            if (!lease.IsAcquired)
            {
                TellToWait(call, lease);
            }
        }
    }

    public void Dispose() => _unverified.Dispose();

    private static Source Of(HttpContext call) => Source.Of(call.Connection.RemoteIpAddress);

    private static void TellToWait(HttpContext call, RateLimitLease lease)
    {
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var known) ? known : Minute;
        call.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        call.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
    }
}

using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace Bot.Slack.Install;

/// <summary>How often one source may begin or finish an installation: each leaves a row in the store or a call to Slack.</summary>
internal sealed class InstallLimits : IDisposable
{
    public const int PerMinute = 30;
    private const int PrefixBytes = 8;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<HttpContext> _limiter = PartitionedRateLimiter.Create<HttpContext, string>(call => RateLimitPartition.GetFixedWindowLimiter(
        Source(call.Connection.RemoteIpAddress), _ => new FixedWindowRateLimiterOptions { PermitLimit = PerMinute, Window = Minute, QueueLimit = 0 }));

    public async ValueTask<object?> FilterAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        using var lease = _limiter.AttemptAcquire(call.HttpContext);
        if (lease.IsAcquired)
        {
            return await next(call);
        }

        call.HttpContext.Response.Headers.RetryAfter = $"{Minute.TotalSeconds:0}";
        return FinishInstallation.Say(StatusCodes.Status429TooManyRequests, "Too often", "This was asked for too often from where you are. Wait a minute.", "/slack/install", "Begin again");
    }

    public void Dispose() => _limiter.Dispose();

    /// <summary>One household or host of IPv6 has a whole /64.</summary>
    private static string Source(IPAddress? address) => address switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, PrefixBytes)),
        _ => address.ToString(),
    };
}

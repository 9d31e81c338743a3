using System.Net;
using System.Threading.RateLimiting;
using Bot.Evidence;

namespace Bot.Web.Evidence;

/// <summary>
/// Counts reports by key and refusals by source. Only refusals count against a source: monitors often share one, and one with a wrong key
/// must not keep the others out. A key of 256 random bits is not found by trying.
/// </summary>
public sealed class EvidenceLimits(EvidenceOptions options) : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<EvidenceKeyId> _posts = ByMinute<EvidenceKeyId>(options.PostsPerMinute);
    private readonly PartitionedRateLimiter<Source> _refusals = ByMinute<Source>(options.RefusalsPerMinute);

    /// <summary>Null when the report may come in; otherwise how long to wait.</summary>
    public TimeSpan? Wait(EvidenceKeyId key) => Wait(_posts, key);

    /// <summary>Null when the refusal is to be told; otherwise how long to wait.</summary>
    public TimeSpan? WaitAfterRefusal(IPAddress? address) => Wait(_refusals, Source.Of(address));

    public void Dispose()
    {
        _posts.Dispose();
        _refusals.Dispose();
    }

    private static TimeSpan? Wait<T>(PartitionedRateLimiter<T> limiter, T of)
    {
        using var lease = limiter.AttemptAcquire(of);
        return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : Minute;
    }

    private static PartitionedRateLimiter<T> ByMinute<T>(int most)
        where T : notnull => PartitionedRateLimiter.Create<T, T>(of => RateLimitPartition.GetFixedWindowLimiter(
            of, _ => new FixedWindowRateLimiterOptions { PermitLimit = most, Window = Minute, QueueLimit = 0 }));
}

namespace Bot.Teams.Connector;

/// <summary>
/// All requests of a tenant, evenly: the connector takes 50 a second from an app in a tenant. Of 40 a second, up to five may go at once, so that two
/// people who ask in the same moment do not wait for each other; what a slow line crowds into a tenth of a second more still passes.
/// </summary>
internal sealed class TenantPace
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1.0 / 40);

    /// <summary>How far a request may go before its even turn.</summary>
    private static readonly TimeSpan Ahead = 4 * Step;
    private readonly Lock _gate = new();
    private DateTimeOffset _next = DateTimeOffset.MinValue;

    /// <summary>How long until the next request may go. Takes a place in the row, unless that is longer than <paramref name="atMost"/>.</summary>
    public TimeSpan Take(DateTimeOffset now, TimeSpan atMost)
    {
        lock (_gate)
        {
            var even = _next > now ? _next : now;
            var wait = even - Ahead > now ? even - Ahead - now : TimeSpan.Zero;
            if (wait <= atMost)
            {
                _next = even + Step;
            }

            return wait;
        }
    }

    public void Close(DateTimeOffset until)
    {
        lock (_gate)
        {
            _next = _next > until + Ahead ? _next : until + Ahead;
        }
    }
}

namespace Bot.Teams.Connector;

/// <summary>
/// All requests of a tenant, evenly: the connector takes 50 a second from an app in a tenant, and a quarter-second's crowd that a slow line
/// made still passes at 40.
/// </summary>
internal sealed class TenantPace
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1.0 / 40);
    private readonly Lock _gate = new();
    private DateTimeOffset _next = DateTimeOffset.MinValue;

    /// <summary>How long until the next request may go. Takes a place in the row, unless that is longer than <paramref name="atMost"/>.</summary>
    public TimeSpan Take(DateTimeOffset now, TimeSpan atMost)
    {
        lock (_gate)
        {
            var turn = _next > now ? _next : now;
            if (turn - now <= atMost)
            {
                _next = turn + Step;
            }

            return turn - now;
        }
    }

    public void Close(DateTimeOffset until)
    {
        lock (_gate)
        {
            _next = _next > until ? _next : until;
        }
    }
}

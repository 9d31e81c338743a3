namespace Bot.Teams.Connector;

/// <summary>What is counted together: what is said in one conversation, the reading of its roster, or the opening of chats and threads in it.</summary>
public enum Traffic
{
    Saying,
    Opening,
    Reading,
}

/// <summary>
/// Keeps to the connector's rates ("Rate limiting for agents"): one request at a time in a conversation, no more of them than its windows
/// allow, and an even pace of all requests in a tenant.
/// </summary>
public sealed class Turns(TimeProvider clock)
{
    private const int TooMany = 10_000;
    private readonly Lock _gate = new();
    private readonly Dictionary<(Traffic Traffic, string Tenant, string Conversation), Lane> _lanes = [];
    private readonly Dictionary<string, TenantPace> _paces = [];

    /// <summary>Waits until nobody else speaks there.</summary>
    public async Task<Turn> EnterAsync(Traffic traffic, string tenantId, string conversationId, CancellationToken ct)
    {
        Lane? lane;
        TenantPace? pace;
        lock (_gate)
        {
            if (!_lanes.TryGetValue((traffic, tenantId, conversationId), out lane))
            {
                DropIdle();
                lane = _lanes[(traffic, tenantId, conversationId)] = new Lane(traffic == Traffic.Reading ? Window.OfReading : Window.OfSaying);
            }

            if (!_paces.TryGetValue(tenantId, out pace))
            {
                pace = _paces[tenantId] = new TenantPace();
            }

            lane.Users++;
        }

        try
        {
            await lane.Door.WaitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            Left(lane);
            throw;
        }

        return new Turn(lane, pace, clock, Left);
    }

    private void Left(Lane lane)
    {
        lock (_gate)
        {
            lane.Users--;
        }
    }

    private void DropIdle()
    {
        if (_lanes.Count < TooMany)
        {
            return;
        }

        var now = clock.GetUtcNow();
        foreach (var (key, lane) in _lanes.Where(l => l.Value.Users == 0 && l.Value.IsIdle(now)).ToList())
        {
            lane.Door.Dispose();
            _lanes.Remove(key);
        }
    }
}

/// <summary>A number of requests in a span of time.</summary>
internal sealed record Window(int Most, TimeSpan Span)
{
    public static IReadOnlyList<Window> OfSaying { get; } =
        [new(7, TimeSpan.FromSeconds(1)), new(8, TimeSpan.FromSeconds(2)), new(60, TimeSpan.FromSeconds(30)), new(1800, TimeSpan.FromHours(1))];

    public static IReadOnlyList<Window> OfReading { get; } = [.. OfSaying.Select(window => window with { Most = window.Most * 2 })];
}

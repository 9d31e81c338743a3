namespace FakeSlack.Api;

/// <summary>Rate limits per app and workspace ("Rate limits"): calls of a method a minute, messages in a channel and in all.</summary>
public sealed class Limits(TimeProvider clock)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly Dictionary<(string Workspace, string Method), Queue<DateTimeOffset>> _calls = [];
    private readonly Dictionary<string, DateTimeOffset> _channels = [];
    private readonly Dictionary<(string Workspace, string Method), DateTimeOffset> _closedUntil = [];

    /// <summary>Over one message a second, Slack allows "short bursts" of a length it does not tell; null: as many as are sent.</summary>
    public int? ChannelBurst { get; set; } = 4;

    /// <summary>Messages a second in a whole workspace; Slack speaks of several hundred a minute. Null: as many as are sent.</summary>
    public int? WorkspaceMessagesPerSecond { get; set; }

    /// <summary>Calls a minute by method, over what its tier promises.</summary>
    public IDictionary<string, int> PerMinute { get; } = new Dictionary<string, int>();

    /// <summary>Off: nothing is counted.</summary>
    public bool AreOn { get; set; } = true;

    /// <summary>Refuses a method in every workspace for some time, as after too many calls.</summary>
    public void Close(string method, TimeSpan period)
    {
        lock (_calls)
        {
            _closedUntil[("", method)] = clock.GetUtcNow() + period;
        }
    }

    /// <summary>Null when it may be done; otherwise how long it is refused.</summary>
    /// <param name="channel">Of a message.</param>
    internal TimeSpan? Count(string workspace, string method, int perMinute, string? channel)
    {
        lock (_calls)
        {
            var now = clock.GetUtcNow();
            if ((Closed(workspace, method, now) ?? Closed("", method, now)) is { } closed)
            {
                return closed;
            }

            if (!AreOn)
            {
                return null;
            }

            var wait = channel is null ? Over((workspace, method), Minute, PerMinute.TryGetValue(method, out var set) ? set : perMinute, now)
                : (WorkspaceMessagesPerSecond is { } most ? Over((workspace, "messages"), Second, most, now) : null) ?? Full(channel, now);
            // Only whole seconds are told.
            if (wait is { } until)
            {
                wait = TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling(until.TotalSeconds)));
                if (channel is null)
                {
                    _closedUntil[(workspace, method)] = now + wait.Value;
                }
            }

            return wait;
        }
    }

    private TimeSpan? Closed(string workspace, string method, DateTimeOffset now) =>
        _closedUntil.TryGetValue((workspace, method), out var until) && until > now ? until - now : null;

    private TimeSpan? Over((string, string) counted, TimeSpan window, int most, DateTimeOffset now)
    {
        if (!_calls.TryGetValue(counted, out var calls))
        {
            _calls[counted] = calls = new Queue<DateTimeOffset>();
        }

        while (calls.TryPeek(out var oldest) && now - oldest >= window)
        {
            calls.Dequeue();
        }

        if (calls.Count >= most)
        {
            return calls.TryPeek(out var first) ? first + window - now : window;
        }

        calls.Enqueue(now);
        return null;
    }

    private TimeSpan? Full(string channel, DateTimeOffset now)
    {
        if (ChannelBurst is not { } burst)
        {
            return null;
        }

        var filled = _channels.TryGetValue(channel, out var until) && until > now ? until : now;
        if (filled - now > Second * (burst - 1))
        {
            return filled - now - (Second * (burst - 1));
        }

        _channels[channel] = filled + Second;
        return null;
    }
}

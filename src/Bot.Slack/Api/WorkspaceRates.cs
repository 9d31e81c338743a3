namespace Bot.Slack.Api;

/// <summary>What may be called when in one workspace.</summary>
internal sealed class WorkspaceRates
{
    /// <summary>"Short bursts" over one message a second are allowed; how short is not said.</summary>
    private const int ChannelBurst = 3;
    private const int MostChannels = 10_000;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _closedUntil = [];
    private readonly Dictionary<string, Bucket> _methods = [];
    private readonly Dictionary<string, Bucket> _channels = [];
    private MessagePace _pace = new();
    private DateTimeOffset _latest = DateTimeOffset.MinValue;

    /// <summary>How long until the call's turn, which is its own from now on; one longer than <paramref name="longest"/> is not kept for it.</summary>
    public SlackResult.Wait Take(SlackMethod method, string? channel, DateTimeOffset now, TimeSpan longest)
    {
        lock (_gate)
        {
            ForgetIfSetBack(now);
            var perMinute = method.PerMinute > 0 ? Of(_methods, method.Name, TimeSpan.FromMinutes(1) / method.PerMinute, method.PerMinute) : null;
            var inChannel = channel is not null ? Of(_channels, channel, Second, ChannelBurst) : null;
            var ofMethod = Latest(now, _closedUntil.GetValueOrDefault(method.Name), perMinute?.Next ?? now);
            if (ofMethod - now > longest)
            {
                return new SlackResult.Wait(ofMethod - now, ForAll: true);
            }

            // The pace holds up one message and not all of them: it saves no turns, so those in which nobody came would be lost.
            var turn = Latest(ofMethod, inChannel?.Next ?? now, channel is not null ? _pace.Next(now) : now);
            if (turn - now <= longest)
            {
                perMinute?.Take(turn);
                inChannel?.Take(turn);
                if (channel is not null)
                {
                    _pace.Take(turn);
                }

                ForgetIdleChannels(now);
            }

            return new SlackResult.Wait(turn - now);
        }
    }

    /// <summary>Whether a call that is no message may be made now, without taking its turn.</summary>
    public bool IsFree(SlackMethod method, DateTimeOffset now)
    {
        lock (_gate)
        {
            return _closedUntil.GetValueOrDefault(method.Name) <= now && (!_methods.TryGetValue(method.Name, out var perMinute) || perMinute.Next <= now);
        }
    }

    public bool IsClosed(SlackMethod method, DateTimeOffset now)
    {
        lock (_gate)
        {
            return _closedUntil.GetValueOrDefault(method.Name) > now;
        }
    }

    public void Heard(SlackMethod method, bool isMessage, DateTimeOffset now, SlackResult result)
    {
        lock (_gate)
        {
            if (result is SlackResult.Wait wait)
            {
                _closedUntil[method.Name] = now + wait.After;
            }

            if (isMessage)
            {
                _pace.Heard(now, result);
            }
        }
    }

    private static DateTimeOffset Latest(params DateTimeOffset[] turns) => turns.Max();

    private static Bucket Of(Dictionary<string, Bucket> buckets, string name, TimeSpan interval, int burst)
    {
        if (!buckets.TryGetValue(name, out var bucket))
        {
            buckets[name] = bucket = new Bucket(interval, burst);
        }

        return bucket;
    }

    /// <summary>Where the machine's clock was set back, turns counted by it would be as far away as it was wrong.</summary>
    private void ForgetIfSetBack(DateTimeOffset now)
    {
        if (_latest - now > Second)
        {
            _closedUntil.Clear();
            _methods.Clear();
            _channels.Clear();
            _pace = new MessagePace();
        }

        _latest = now;
    }

    private void ForgetIdleChannels(DateTimeOffset now)
    {
        if (_channels.Count > MostChannels)
        {
            foreach (var (idle, _) in _channels.Where(channel => channel.Value.IsEmptyAt(now)).ToList())
            {
                _channels.Remove(idle);
            }
        }
    }

    /// <summary>A leaky bucket: what it holds runs out evenly.</summary>
    private sealed class Bucket(TimeSpan interval, int burst)
    {
        private DateTimeOffset _full = DateTimeOffset.MinValue;

        public DateTimeOffset Next => _full == DateTimeOffset.MinValue ? _full : _full - (interval * (burst - 1));

        public void Take(DateTimeOffset turn) => _full = (_full > turn ? _full : turn) + interval;

        public bool IsEmptyAt(DateTimeOffset now) => _full <= now;
    }
}

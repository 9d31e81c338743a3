namespace FakeTeams.Connector;

/// <summary>What is counted together ("Rate limiting for agents").</summary>
internal enum Operation
{
    Send,
    Create,
    Read,
}

/// <summary>The table of rates: for a bot in a conversation, and for an app in a tenant.</summary>
internal sealed class Limits(TimeProvider clock)
{
    private const int TenantPerSecond = 50;
    private static readonly (int Most, TimeSpan Span)[] Windows =
        [(7, TimeSpan.FromSeconds(1)), (8, TimeSpan.FromSeconds(2)), (60, TimeSpan.FromSeconds(30)), (1800, TimeSpan.FromHours(1))];

    private readonly Lock _gate = new();
    private readonly Dictionary<(Operation Operation, string Conversation), List<DateTimeOffset>> _conversations = [];
    private readonly Queue<DateTimeOffset> _tenant = new();

    /// <summary>Null when it may be done; otherwise how long the caller is told to wait, in whole seconds.</summary>
    public int? Ask(Operation operation, string conversation)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            while (_tenant.TryPeek(out var oldest) && now - oldest >= TimeSpan.FromSeconds(1))
            {
                _tenant.Dequeue();
            }

            if (_tenant.Count >= TenantPerSecond)
            {
                return 1;
            }

            if (!_conversations.TryGetValue((operation, conversation), out var taken))
            {
                taken = _conversations[(operation, conversation)] = [];
            }

            var factor = operation == Operation.Read ? 2 : 1;
            foreach (var (most, span) in Windows)
            {
                if (taken.Count >= most * factor && taken[^(most * factor)] + span is var free && free > now)
                {
                    return (int)Math.Ceiling((free - now).TotalSeconds);
                }
            }

            _tenant.Enqueue(now);
            taken.Add(now);
            return null;
        }
    }
}

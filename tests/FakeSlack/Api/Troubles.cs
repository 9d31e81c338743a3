namespace FakeSlack.Api;

/// <summary>How a call goes wrong on purpose.</summary>
public abstract record Trouble
{
    private Trouble()
    {
    }

    /// <summary>An HTTP status and no JSON, as from a broken gateway.</summary>
    public sealed record Status(int Code) : Trouble;

    /// <summary>A refusal by name, for example <c>is_archived</c> or <c>internal_error</c>.</summary>
    public sealed record Refusal(string Error) : Trouble;

    /// <summary>Too many calls: 429 with <c>Retry-After</c>.</summary>
    public sealed record TooMany(TimeSpan RetryAfter) : Trouble;

    /// <summary>No answer until the caller gives up; nothing is done.</summary>
    public sealed record Silence : Trouble;

    /// <summary>It is done, and the connection breaks before the answer.</summary>
    public sealed record LostAnswer : Trouble;
}

/// <summary>Troubles that are still to come, by method.</summary>
internal sealed class Troubles
{
    private readonly Dictionary<string, Queue<Trouble>> _coming = [];

    /// <summary>What goes wrong until it is set to null, by method and the workspace whose token called, if any.</summary>
    public Func<string, string?, Trouble?>? Outage { get; set; }

    /// <summary>From the moment a call is done until its answer is on its way.</summary>
    public TimeSpan AnswersAfter { get; set; }

    public void Add(string method, Trouble trouble, int times)
    {
        lock (_coming)
        {
            if (!_coming.TryGetValue(method, out var queue))
            {
                _coming[method] = queue = new Queue<Trouble>();
            }

            for (var i = 0; i < times; i++)
            {
                queue.Enqueue(trouble);
            }
        }
    }

    public Trouble? Next(string method, string? workspace)
    {
        if (Outage?.Invoke(method, workspace) is { } lasting)
        {
            return lasting;
        }

        lock (_coming)
        {
            return _coming.TryGetValue(method, out var queue) && queue.TryDequeue(out var trouble) ? trouble : null;
        }
    }
}

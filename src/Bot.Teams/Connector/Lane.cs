namespace Bot.Teams.Connector;

/// <summary>One conversation's requests: who is in it, and when the earlier ones ended.</summary>
internal sealed class Lane(IReadOnlyList<Window> windows)
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);
    private readonly List<DateTimeOffset> _ended = [];
    private DateTimeOffset _closedUntil = DateTimeOffset.MinValue;

    /// <summary>One at a time: parallel edits of a conversation are refused with 412.</summary>
    public SemaphoreSlim Door { get; } = new(1, 1);

    public int Users { get; set; }

    /// <summary>When the next request may go; asked and told by whoever is inside only.</summary>
    public DateTimeOffset Free(DateTimeOffset now)
    {
        _ended.RemoveAll(at => now - at > Longest);
        return windows.Where(window => _ended.Count >= window.Most).Select(window => _ended[^window.Most] + window.Span).Append(_closedUntil).Append(now).Max();
    }

    /// <summary>Counted when it ended: it reached the connector then or before, so that the windows hold there too.</summary>
    public void Ended(DateTimeOffset now) => _ended.Add(now);

    public void Close(DateTimeOffset until) => _closedUntil = until;

    /// <summary>Whether it was hardly used of late, so that a refusal for being too fast cannot be this conversation's own.</summary>
    public bool IsQuiet(DateTimeOffset now) => _ended.Count(at => now - at < windows[^2].Span) <= 1;

    /// <summary>Whether it can be forgotten: so little was said in it that no window would remember.</summary>
    public bool IsIdle(DateTimeOffset now) => _closedUntil < now && _ended.All(at => now - at > windows[^2].Span) && _ended.Count < windows[^2].Most;
}

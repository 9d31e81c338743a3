namespace Bot.Slack.Api;

/// <summary>
/// How fast messages go out in one workspace, which Slack does not say ("several hundred a minute"). It begins fast; at the first refusal
/// it learns how many the last second took and goes on evenly a little below that, slower after each further refusal, and a tenth faster
/// after ten minutes without one. Not safe for several threads.
/// </summary>
internal sealed class MessagePace
{
    private const double FastestPerSecond = 50;
    private const double SlowestPerSecond = 1;
    private const double Below = 0.98;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(10);

    private readonly Queue<DateTimeOffset> _taken = new();
    private double _perSecond = FastestPerSecond;
    private DateTimeOffset _next = DateTimeOffset.MinValue;
    private DateTimeOffset _changed = DateTimeOffset.MinValue;

    /// <summary>When the next message may go.</summary>
    public DateTimeOffset Next(DateTimeOffset now)
    {
        if (_perSecond < FastestPerSecond && now - _changed > Quiet)
        {
            (_perSecond, _changed) = (Math.Min(FastestPerSecond, _perSecond * 1.1), now);
        }

        return _next > now ? _next : now;
    }

    public void Take(DateTimeOffset turn) => _next = turn + (Second / _perSecond);

    public void Heard(DateTimeOffset now, SlackResult result)
    {
        while (_taken.TryPeek(out var oldest) && now - oldest >= Second)
        {
            _taken.Dequeue();
        }

        switch (result)
        {
            case SlackResult.Ok:
                _taken.Enqueue(now);
                break;
            // Those that were on their way together are refused together: that is one lesson.
            case SlackResult.Wait wait when now - _changed > Second:
                _perSecond = Math.Max(SlowestPerSecond, Math.Min(_taken.Count, _perSecond) * Below);
                (_changed, _next) = (now, now + wait.After);
                break;
        }
    }
}

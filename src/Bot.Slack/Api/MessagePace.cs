namespace Bot.Slack.Api;

/// <summary>
/// How fast messages go out in one workspace. It begins fast; at the first refusal it learns how many the last second took and goes on
/// evenly at that, a little below after each further refusal, and a little faster after each quiet minute.
/// </summary>
internal sealed class MessagePace
{
    private const double FastestPerSecond = 50;
    private const double SlowestPerSecond = 1;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly Queue<DateTimeOffset> _taken = new();
    private double _perSecond = FastestPerSecond;
    private DateTimeOffset _next = DateTimeOffset.MinValue;
    private DateTimeOffset _changed = DateTimeOffset.MinValue;

    /// <summary>When the next message may go; each call takes a place in the row.</summary>
    public DateTimeOffset Next(DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_perSecond < FastestPerSecond && now - _changed > Quiet)
            {
                (_perSecond, _changed) = (Math.Min(FastestPerSecond, _perSecond * 1.1), now);
            }

            var turn = _next > now ? _next : now;
            _next = turn + (Second / _perSecond);
            return turn;
        }
    }

    public void Heard(DateTimeOffset now, SlackResult result)
    {
        lock (_gate)
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
                    _perSecond = Math.Max(SlowestPerSecond, Math.Min(_taken.Count, _perSecond * 0.95));
                    (_changed, _next) = (now, now + wait.After);
                    break;
            }
        }
    }
}

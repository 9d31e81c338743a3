using System.Collections.Concurrent;

namespace Bot.Slack.Api;

/// <summary>
/// Keeps to Slack's rates, which it tells only by refusing: one message a second in a channel with short bursts, a pace for all messages of
/// a workspace that is learnt from its refusals, and a pause of a method in a workspace for as long as Slack asks.
/// </summary>
public sealed class Rates(TimeProvider clock)
{
    /// <summary>"Short bursts" over one message a second are allowed; how short is not said.</summary>
    private const int ChannelBurst = 3;
    private static readonly TimeSpan ChannelPause = TimeSpan.FromSeconds(1);

    /// <summary>Longer than this is not waited for on the spot: the caller comes again.</summary>
    private static readonly TimeSpan LongestStay = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<(string Workspace, string Method), DateTimeOffset> _closedUntil = new();
    private readonly ConcurrentDictionary<(string Workspace, string Channel), DateTimeOffset> _channels = new();
    private readonly ConcurrentDictionary<string, MessagePace> _paces = new();

    /// <summary>Waits its turn.</summary>
    /// <param name="channel">Of a message; null for other methods.</param>
    /// <returns>Null when the call may be made now; otherwise how long it is not worth trying.</returns>
    public async Task<TimeSpan?> AskAsync(string workspace, SlackMethod method, string? channel, CancellationToken ct)
    {
        if (_closedUntil.TryGetValue((workspace, method.Name), out var until) && until > clock.GetUtcNow())
        {
            if (until - clock.GetUtcNow() is var closed && closed > LongestStay)
            {
                return closed;
            }

            await Task.Delay(until - clock.GetUtcNow(), clock, ct);
        }

        if (channel is null)
        {
            return null;
        }

        if (ChannelWait(workspace, channel) is { } full)
        {
            return full;
        }

        var turn = _paces.GetOrAdd(workspace, _ => new MessagePace()).Next(clock.GetUtcNow()) - clock.GetUtcNow();
        if (turn > TimeSpan.Zero)
        {
            await Task.Delay(turn, clock, ct);
        }

        return null;
    }

    public void Heard(string workspace, SlackMethod method, string? channel, SlackResult result)
    {
        var now = clock.GetUtcNow();
        if (result is SlackResult.Wait wait)
        {
            _closedUntil[(workspace, method.Name)] = now + wait.After;
        }

        if (channel is not null && _paces.TryGetValue(workspace, out var pace))
        {
            pace.Heard(now, result);
        }
    }

    /// <summary>A leaky bucket: the instant until which the channel has been filled, at one message a second.</summary>
    private TimeSpan? ChannelWait(string workspace, string channel)
    {
        var now = clock.GetUtcNow();
        TimeSpan? wait = null;
        _channels.AddOrUpdate(
            (workspace, channel),
            _ => now + ChannelPause,
            (_, filled) =>
            {
                filled = filled < now ? now : filled;
                wait = filled - now > ChannelPause * (ChannelBurst - 1) ? filled - now - (ChannelPause * (ChannelBurst - 1)) : null;
                return wait is null ? filled + ChannelPause : filled;
            });
        if (_channels.Count > 10_000)
        {
            foreach (var idle in _channels.Where(c => c.Value < now))
            {
                _channels.TryRemove(idle);
            }
        }

        return wait;
    }
}

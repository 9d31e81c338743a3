using System.Collections.Concurrent;

namespace Bot.Slack.Api;

/// <summary>
/// Keeps to Slack's rates ("Rate limits"): a method's calls a minute in a workspace, one message a second in a channel with short bursts,
/// a pace for all messages of a workspace that is learnt from its refusals, and a pause of a method for as long as Slack asks.
/// </summary>
public sealed class Rates(TimeProvider clock)
{
    /// <summary>Longer than this is not waited for on the spot: the caller comes again.</summary>
    internal static readonly TimeSpan LongestStay = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<string, WorkspaceRates> _workspaces = new();

    /// <summary>Waits its turn.</summary>
    /// <param name="workspace">Whose rates count.</param>
    /// <param name="method">What is to be called.</param>
    /// <param name="channel">Of a message; null for other methods.</param>
    /// <param name="ct">Gives up the wait.</param>
    /// <returns>Null when the call may be made now; otherwise how long it is not worth trying.</returns>
    public async Task<SlackResult.Wait?> AskAsync(string workspace, SlackMethod method, string? channel, CancellationToken ct)
    {
        var rates = Of(workspace);
        while (true)
        {
            var wait = rates.Take(method, channel, clock.GetUtcNow(), LongestStay);
            if (wait.After > LongestStay)
            {
                return wait;
            }

            if (wait.After <= TimeSpan.Zero)
            {
                return null;
            }

            await Task.Delay(wait.After, clock, ct);
            if (!rates.IsClosed(method, clock.GetUtcNow()))
            {
                return null;
            }
        }
    }

    /// <summary>Whether a call that is no message would be made at once.</summary>
    public bool IsFree(string workspace, SlackMethod method) => Of(workspace).IsFree(method, clock.GetUtcNow());

    public void Heard(string workspace, SlackMethod method, string? channel, SlackResult result) => Of(workspace).Heard(method, channel is not null, clock.GetUtcNow(), result);

    private WorkspaceRates Of(string workspace) => _workspaces.GetOrAdd(workspace, _ => new WorkspaceRates());
}

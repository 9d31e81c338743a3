using System.Collections.Concurrent;
using Bot.Chat;

namespace Bot.Delivery;

/// <summary>
/// Lanes whose platform did not answer. They are left alone for a while, longer each time, and then one card asks whether it is back: an
/// outage costs a few calls however many cards wait, and ends for all of them within <see cref="Longest"/>.
/// </summary>
public sealed class PausedLanes(TimeProvider clock)
{
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<WorkspaceId, Pause> _paused = new();

    /// <summary>The platform did not answer the last time.</summary>
    public bool IsInDoubt(WorkspaceId workspace) => _paused.ContainsKey(workspace);

    public bool IsPaused(WorkspaceId workspace) => _paused.TryGetValue(workspace, out var pause) && IsOn(pause);

    /// <summary>Of several that fail at once, the first begins the pause.</summary>
    /// <returns>Whether this one did.</returns>
    public bool Failed(WorkspaceId workspace)
    {
        var mine = new Pause(clock.GetTimestamp(), TimeSpan.FromSeconds(1));
        var now = _paused.AddOrUpdate(workspace, mine, (_, last) => IsOn(last) ? last : mine = mine with { Length = last.Length * 2 < Longest ? last.Length * 2 : Longest });
        return ReferenceEquals(now, mine);
    }

    public void Answered(WorkspaceId workspace) => _paused.TryRemove(workspace, out _);

    private bool IsOn(Pause pause) => clock.GetElapsedTime(pause.Since) < pause.Length;

    private sealed record Pause(long Since, TimeSpan Length);
}

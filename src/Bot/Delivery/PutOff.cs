using System.Collections.Concurrent;
using Bot.Chat;

namespace Bot.Delivery;

/// <summary>
/// Posts, or updates, of which a workspace takes none for a while. They are left as they lie in the store until then, however many they are. After a
/// restart nothing is put off: the first card is told anew.
/// </summary>
public sealed class PutOff(TimeProvider clock)
{
    private readonly ConcurrentDictionary<(WorkspaceId Workspace, CardKind Kind), Wait> _waits = new();

    public void Add(WorkspaceId workspace, CardKind kind, TimeSpan length) => _waits[(workspace, kind)] = new Wait(clock.GetTimestamp(), length);

    public bool IsPutOff(WorkspaceId workspace, CardKind kind) => _waits.TryGetValue((workspace, kind), out var wait) && !IsOver(wait);

    /// <summary>Where this kind is put off now.</summary>
    public IReadOnlyList<WorkspaceId> Now(CardKind kind)
    {
        foreach (var over in _waits.Where(put => IsOver(put.Value)))
        {
            _waits.TryRemove(over);
        }

        return [.. _waits.Keys.Where(put => put.Kind == kind).Select(put => put.Workspace)];
    }

    private bool IsOver(Wait wait) => clock.GetElapsedTime(wait.Since) >= wait.Length;

    private sealed record Wait(long Since, TimeSpan Length);
}

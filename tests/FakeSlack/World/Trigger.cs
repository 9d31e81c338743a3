namespace FakeSlack.World;

/// <summary>What a person just did, as leave to open one view within three seconds.</summary>
internal sealed class Trigger(string id, Workspace workspace, string userId, View? from, DateTimeOffset at)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(3);

    public string Id { get; } = id;

    public Workspace Workspace { get; } = workspace;

    public string UserId { get; } = userId;

    /// <summary>The modal in which it was done; null elsewhere.</summary>
    public View? From { get; } = from;

    public DateTimeOffset At { get; } = at;

    public bool IsUsed { get; set; }
}

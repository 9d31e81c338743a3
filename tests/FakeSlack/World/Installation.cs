namespace FakeSlack.World;

/// <summary>The app in one workspace, or in an organisation with the workspaces that were granted to it.</summary>
public sealed class Installation
{
    private readonly List<Workspace> _workspaces = [];

    internal Installation(string token, string botUserId, string botId, string installedBy, IEnumerable<string> scopes, Enterprise? organisation)
    {
        Token = token;
        BotUserId = botUserId;
        BotId = botId;
        InstalledBy = installedBy;
        Scopes = [.. scopes];
        Organisation = organisation;
    }

    /// <summary>Begins with xoxb-.</summary>
    public string Token { get; }

    public string BotUserId { get; }

    public string BotId { get; }

    public string InstalledBy { get; }

    public HashSet<string> Scopes { get; }

    /// <summary>Set for an org-wide installation.</summary>
    public Enterprise? Organisation { get; }

    public bool IsOrgWide => Organisation is not null;

    public IReadOnlyList<Workspace> Workspaces => _workspaces;

    /// <summary>The error its token now meets, <c>token_revoked</c> or <c>account_inactive</c>; null while it is good.</summary>
    public string? EndedWith { get; internal set; }

    internal Member Bot { get; init; } = null!;

    internal void Grant(Workspace workspace)
    {
        _workspaces.Add(workspace);
        workspace.AddBot(Bot);
    }
}

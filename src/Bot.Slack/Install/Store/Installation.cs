namespace Bot.Slack.Install.Store;

/// <summary>One installation of the app: in a workspace, or in an Enterprise organisation for all workspaces that add it.</summary>
public sealed class Installation
{
    /// <summary>The team's id, or the organisation's where it is org-wide.</summary>
    public required string Id { get; init; }

    /// <summary>Sealed by Data Protection; empty once Slack no longer takes it.</summary>
    public required string Token { get; set; }
    public required string BotUserId { get; set; }
    public required string AppId { get; set; }
    public required string InstallerId { get; set; }
    public required string Scopes { get; set; }
    public required DateTimeOffset InstalledAt { get; set; }
    public DateTimeOffset? StoppedAt { get; set; }
    public string? StoppedBecause { get; set; }
}

/// <summary>A workspace that belongs to an organisation: its token may be the organisation's.</summary>
public sealed class OrganisationTeam
{
    public required string TeamId { get; init; }
    public required string EnterpriseId { get; set; }
}

/// <summary>An installation that was begun in a browser and is not finished. Only hashes are kept.</summary>
public sealed class BegunInstallation
{
    public required string StateHash { get; init; }
    public required string BrowserHash { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>When somebody was last told that the bot is missing in a channel.</summary>
public sealed class ToldInstaller
{
    public required string TeamId { get; init; }
    public required string ChannelId { get; init; }
    public required DateTimeOffset At { get; set; }
}

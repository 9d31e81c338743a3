namespace Bot.Slack.Install;

/// <summary>What the app asks for, and what for.</summary>
/// <param name="IsOptional">Whoever installs it may leave it out.</param>
public sealed record Scope(string Name, string What, bool IsOptional = false)
{
    public const string Email = "users:read.email";

    /// <summary>All of them; the app's manifest lists the same.</summary>
    public static IReadOnlyList<Scope> All { get; } =
    [
        new("commands", "offer /pilot and the shortcut \"Answer my check-in\""),
        new("chat:write", "send check-ins as direct messages, post reviews and digests in the channels it was invited to"),
        new("im:history", "read what you write to the bot in its direct chat"),
        new("app_mentions:read", "read messages that mention the bot"),
        new("users:read", "know names, time zones and who administers the workspace"),
        new("channels:read", "see who is in a public channel, so that they can be asked, and its name"),
        new("groups:read", "see the same of private channels it was invited to"),
        new(Email, "count a person once who takes part in the same initiative elsewhere too, where two admins have agreed to it; no address is kept", IsOptional: true),
    ];

    public static string Joined { get; } = string.Join(',', All.Select(scope => scope.Name));
}

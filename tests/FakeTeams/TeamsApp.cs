namespace FakeTeams;

/// <summary>The bot as it is registered.</summary>
/// <param name="TenantId">Its home tenant.</param>
/// <param name="Secret">What the login takes from it.</param>
public sealed record TeamsApp(string AppId, string TenantId, string Secret)
{
    public static TeamsApp Example { get; } = new("7d8b7a3e-50f0-4a0c-9a51-3b1f0a6a6f11", "3c1f1b9a-2f44-4c0e-8a55-5d0c5c1f9e01", "a secret of the app");

    public string Name { get; init; } = "Afterpilot";

    /// <summary>As a member of conversations.</summary>
    public string BotId => "28:" + AppId;
}

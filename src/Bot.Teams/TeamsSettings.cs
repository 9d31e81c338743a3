using Microsoft.Extensions.Configuration;

namespace Bot.Teams;

/// <summary>What an operator set for Microsoft Teams, checked for halves.</summary>
public static class TeamsSettings
{
    private const string Section = "Teams";

    /// <summary>Why the host must not start with this; empty when Teams is not set at all.</summary>
    public static IEnumerable<string> Refusals(IConfiguration configuration)
    {
        var teams = configuration.GetSection(Section);
        if (!teams.GetChildren().Any(key => !string.IsNullOrWhiteSpace(key.Value)))
        {
            yield break;
        }

        foreach (var key in new[] { "AppId", "TenantId", "ClientSecret" })
        {
            if (string.IsNullOrWhiteSpace(teams[key]))
            {
                yield return $"Teams is set without Teams__{key}: set it, or remove every Teams__ key.";
            }
        }

        yield return "This build has no Teams adapter yet: remove every Teams__ key to start.";
    }
}

using System.Text.Json.Nodes;

namespace Bot.Slack.Inbound;

/// <summary>
/// The installation a payload is for. In a channel that companies share, a payload also names the workspace and organisation of whoever
/// acted there, which are not ours to answer by.
/// </summary>
/// <param name="Team">The workspace in which the app is installed.</param>
/// <param name="Organisation">Set where the payload says that it is the organisation's installation.</param>
internal sealed record Whose(string Team, string? Organisation)
{
    /// <summary>Null where no workspace is named.</summary>
    public static Whose? Of(JsonObject payload)
    {
        if (payload.Text("type") == "event_callback")
        {
            // "Events API": team_id is where it happened, authorizations whom it is told to.
            var told = payload.Array("authorizations") is [JsonObject first, ..] ? first : null;
            return (Workspace(told.Text("team_id")) ?? payload.Text("team_id")) is { } team
                ? new Whose(team, told.IsOn("is_enterprise_install") ? told.Text("enterprise_id") : null)
                : null;
        }

        // Forms sent from a shared channel name the sender's workspace; only the view says whose app it is. Of an organisation's app it names the organisation.
        var acted = payload.Text("team", "id") ?? payload.Text("team_id");
        var installed = Workspace(payload.Text("view", "app_installed_team_id")) ?? acted ?? Workspace(payload.Text("view", "team_id")) ?? payload.Text("user", "team_id");
        var isOrganisations = payload.IsOn("is_enterprise_install") || payload.Text("is_enterprise_install") == "true";
        var organisation = isOrganisations && (acted is null || acted == installed) ? payload.Text("enterprise", "id") ?? payload.Text("enterprise_id") : null;
        return installed is null ? null : new Whose(installed, organisation);
    }

    private static string? Workspace(string? id) => id?.StartsWith('T') == true ? id : null;
}

using System.Text.Json.Nodes;
using Bot.Chat;
using Bot.Slack.Install;

namespace Bot.Slack.Inbound;

/// <summary>An organisation lets its one installation into workspaces, or takes it out of them ("team_access_granted", "team_access_revoked").</summary>
internal sealed class TakeAccess(HandleInbound handle, Installations installations)
{
    public static bool IsAbout(JsonObject payload) => payload.Text("event", "type") is "team_access_granted" or "team_access_revoked";

    public async Task<SlackAnswer> TakeAsync(JsonObject envelope, CancellationToken ct)
    {
        var organisation = envelope.Text("enterprise_id") ?? (envelope.Array("authorizations") is [JsonObject first, ..] ? first.Text("enterprise_id") : null);
        if (organisation is null || envelope.Text("event_id") is not { } id)
        {
            return new SlackAnswer();
        }

        var isGranted = envelope.Text("event", "type") == "team_access_granted";
        foreach (var team in (envelope.Array("event", "team_ids") ?? []).Select(team => team.Text()).OfType<string>())
        {
            var (delivery, workspace) = (new DeliveryId($"ev:{id}:{team}"), new WorkspaceRef(SlackPlatform.PlatformName, team));
            if (!isGranted)
            {
                await installations.LeaveAsync(team, organisation, ct);
                await handle(new BotRemoved(delivery, workspace, null, null), ct);
            }
            else if (await installations.JoinAsync(team, organisation, ct) is { } installed)
            {
                await handle(new BotAdded(delivery, workspace, installed.InstallerId is { } installer ? new ChatPerson(installer) : null, null), ct);
            }
        }

        return new SlackAnswer();
    }
}

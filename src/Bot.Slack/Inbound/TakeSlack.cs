using System.Text.Json.Nodes;
using Bot.Chat;
using Bot.Slack.Install;
using Microsoft.Extensions.Logging;

namespace Bot.Slack.Inbound;

/// <summary>One thing Slack told us, verified, whichever way it came.</summary>
internal sealed partial class TakeSlack(TakeEvent events, TakeCommand commands, TakeAction actions, TakeView views, Installations installations, ILogger<TakeSlack> log)
{
    /// <param name="payload">An Events API envelope, an interaction, or a slash command's fields as one object.</param>
    public async Task<SlackAnswer> TakeAsync(JsonObject payload, CancellationToken ct)
    {
        var type = payload.Text("type");
        if (type == "url_verification")
        {
            return new SlackAnswer(new JsonObject { ["challenge"] = payload.Text("challenge") });
        }

        var team = payload.Text("team", "id") ?? payload.Text("team_id") ?? payload.Text("view", "app_installed_team_id") ?? payload.Text("user", "team_id");
        if (team is null)
        {
            return new SlackAnswer();
        }

        var enterprise = payload.Text("enterprise", "id") ?? payload.Text("enterprise_id") ?? (payload.Array("authorizations") is [JsonObject authorized, ..] ? authorized.Text("enterprise_id") : null);
        if (await installations.OfPayloadAsync(team, enterprise, ct) is not { } installed)
        {
            LogNotInstalled(team, type ?? "command");
            return type == "event_callback" ? await events.LastAsync(payload, team, ct) : new SlackAnswer();
        }

        var workspace = new WorkspaceRef(SlackPlatform.PlatformName, team, payload.Text("team", "domain") is { } domain && type is not null ? domain : payload.Text("team_domain"));
        return type switch
        {
            "event_callback" => await events.TakeAsync(payload, workspace, installed, ct),
            "block_actions" => await actions.TakeAsync(payload, workspace, installed, ct),
            "shortcut" => await commands.TakeShortcutAsync(payload, workspace, installed, ct),
            "view_submission" => await views.SubmittedAsync(payload, workspace, installed, ct),
            "view_closed" => await views.ClosedAsync(payload, workspace, installed, ct),
            null when payload.Text("command") is not null => await commands.TakeAsync(payload, workspace, installed, ct),
            _ => new SlackAnswer(),
        };
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Ignored a {Type} of workspace {Workspace}: the app is not installed there")]
    private partial void LogNotInstalled(string workspace, string type);
}

using System.Diagnostics;
using System.Text.Json.Nodes;
using Bot.Chat;
using Bot.Slack.Api;
using Bot.Slack.Inbound;
using Bot.Slack.Install.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging;

namespace Bot.Slack.Install;

/// <summary>The browser comes back from Slack's consent page: the code becomes a token, and whoever installed it is welcomed.</summary>
public sealed partial class FinishInstallation(BeginInstallation begin, SlackApi api, Installations installations, HandleInbound handle, SlackOptions options, ILogger<FinishInstallation> log)
{
    public async Task<IResult> HandleAsync(HttpContext call)
    {
        var query = call.Request.Query;
        if (!await begin.TakeStateAsync(call, query["state"].ToString()))
        {
            // An installation begun on Slack's own admin pages carries no state either: it is begun here instead.
            return Say(StatusCodes.Status403Forbidden, "Please begin here", "This did not begin in this browser within the last ten minutes, so nothing was installed.", "/slack/install", "Begin the installation");
        }

        if (query["code"].ToString() is not { Length: > 0 } code)
        {
            return Say(StatusCodes.Status200OK, "Nothing was installed", "Slack was told no. That can be changed at any time.", "/slack/install", "Begin again");
        }

        switch (await api.ExchangeAsync(options.ClientId!, options.ClientSecret!, new JsonObject { ["code"] = code, ["redirect_uri"] = begin.RedirectUri.AbsoluteUri }, call.RequestAborted))
        {
            case SlackResult.Ok ok:
                // The code is spent: what it was exchanged for is kept, whether the browser waits or not.
                return await KeepAsync(ok.Body, code, CancellationToken.None);
            case SlackResult.Failed failed:
                LogExchangeFailed(failed.Error);
                return Say(StatusCodes.Status400BadRequest, "Nothing was installed", $"Slack answered {failed.Error}. {WhatToDo(failed.Error)}", "/slack/install", "Begin again");
            case SlackResult.Wait or SlackResult.Unreachable:
                return Say(StatusCodes.Status503ServiceUnavailable, "Nothing was installed", "Slack could not be reached. Try again in a minute.", "/slack/install", "Begin again");
            default:
                throw new UnreachableException();
        }
    }

    private async Task<IResult> KeepAsync(JsonObject body, string code, CancellationToken ct)
    {
        var (team, enterprise) = (body.Text("team", "id"), body.Text("enterprise", "id"));
        var (app, installer) = (body.Text("app_id") ?? "", body.Text("authed_user", "id") ?? "");
        var isOrgWide = body.IsOn("is_enterprise_install");
        if ((isOrgWide ? enterprise : team) is not { } id || body.Text("access_token") is not { Length: > 0 } token)
        {
            LogExchangeFailed("no token or workspace in the answer");
            return Say(StatusCodes.Status502BadGateway, "Nothing was installed", "Slack's answer names no workspace or holds no bot token. Check that the app has a bot user.", "/slack/install", "Begin again");
        }

        await installations.KeepAsync(id, new SlackToken(token), body.Text("bot_user_id") ?? "", app, installer, body.Text("scope") ?? "", ct);
        if (isOrgWide || team is null)
        {
            return Say(
                StatusCodes.Status200OK, "One more step", "Afterpilot is installed for your organisation, and in no workspace yet. Choose the workspaces that get it.",
                $"https://app.slack.com/manage/{Uri.EscapeDataString(id)}/integrations/profile/{Uri.EscapeDataString(app)}/workspaces/add", "Add workspaces");
        }

        await handle(new BotAdded(new DeliveryId("install:" + code), new WorkspaceRef(SlackPlatform.PlatformName, team, body.Text("team", "name")), new ChatPerson(installer), null), ct);
        return Say(
            StatusCodes.Status200OK, "Afterpilot is installed", "It writes to you in Slack. Invite it to the channel of the people who use your system (/invite @afterpilot) and type /pilot loop there.",
            $"https://app.slack.com/client/{Uri.EscapeDataString(team)}", "Open Slack");
    }

    private static string WhatToDo(string error) => error switch
    {
        "invalid_code" or "code_already_used" => "The code lives for ten minutes and works once.",
        "bad_redirect_uri" => "The operator of this bot has to list its address under Redirect URLs in the app's settings.",
        "invalid_client_id" or "bad_client_secret" => "The operator of this bot has to check Slack__ClientId and Slack__ClientSecret.",
        _ => "Begin again; if it stays, tell the operator of this bot.",
    };

    public static IResult Say(int status, string title, string text, string link, string linkText) =>
        new RazorComponentResult<SaidPage>(new { Title = title, Text = text, Link = link, LinkText = linkText }) { StatusCode = status, PreventStreamingRendering = true };

    [LoggerMessage(Level = LogLevel.Warning, Message = "An installation was not finished: {Error}")]
    private partial void LogExchangeFailed(string error);
}

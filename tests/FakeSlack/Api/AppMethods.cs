using System.Text.Json.Nodes;
using FakeSlack.Rules;
using FakeSlack.Sockets;
using FakeSlack.World;

namespace FakeSlack.Api;

/// <summary>auth.test, the app's own methods, and the check of blocks.</summary>
internal sealed class AppMethods(SlackWorld world, SocketDoor sockets)
{
    public IEnumerable<ApiMethod> All =>
    [
        new("auth.test", true, false, TokenKind.Bot, null, 500, [], Who),
        new("apps.connections.open", true, false, TokenKind.App, "connections:write", 50, [], Connect),
        new("apps.event.authorizations.list", true, false, TokenKind.App, "authorizations:read", 100, ["event_context!", "cursor", "limit:number"], Authorizations),
        new("blocks.validate", true, false, TokenKind.None, null, 100, ["blocks", "view", "message"], Validate),
    ];

    private ApiAnswer Who(ApiCall call)
    {
        var by = call.By!;
        var workspace = by.Workspaces.Count > 0 ? by.Workspaces[0] : null;
        var said = new JsonObject
        {
            ["url"] = $"https://{workspace?.Domain ?? by.Organisation!.Name}.slack.com/",
            ["team"] = by.Organisation?.Name ?? workspace!.Name,
            ["user"] = by.Bot.Name,
            ["team_id"] = by.Organisation?.Id ?? workspace!.Id,
            ["user_id"] = by.BotUserId,
            ["bot_id"] = by.BotId,
            ["is_enterprise_install"] = by.IsOrgWide,
        };
        if ((by.Organisation ?? workspace?.Enterprise) is { } enterprise)
        {
            said["enterprise_id"] = enterprise.Id;
        }

        return ApiAnswer.Ok(said);
    }

    private ApiAnswer Connect(ApiCall call) => world.App.IsSocketMode
        ? ApiAnswer.Ok(new JsonObject { ["url"] = sockets.NewUrl().AbsoluteUri })
        : ApiAnswer.Refused("forbidden_team", "Socket Mode is switched off for this app");

    private ApiAnswer Authorizations(ApiCall call) => world.EventContexts.TryGetValue(call.Arguments.Text("event_context")!, out var all)
        ? Page.Of("authorizations", all, call.Arguments, usual: 100)
        : ApiAnswer.Refused("invalid_event_context");

    private static ApiAnswer Validate(ApiCall call)
    {
        if (call.Arguments.All.Count != 1)
        {
            return ApiAnswer.Refused("invalid_arguments", "exactly one of blocks, view and message");
        }

        var (kind, text) = call.Arguments.All.First();
        JsonNode? given;
        try
        {
            given = JsonNode.Parse((string)text!);
        }
        catch (System.Text.Json.JsonException)
        {
            return ApiAnswer.Refused("invalid_json");
        }

        var faults = kind == "view" ? BlockRules.View(given ?? new JsonObject()) : BlockRules.Message((kind == "message" ? given?["blocks"] : given) ?? new JsonObject());
        return faults.Count == 0 ? ApiAnswer.Ok()
            : new ApiAnswer(new JsonObject
            {
                ["ok"] = false,
                ["error"] = $"invalid_{kind}",
                ["errors"] = new JsonArray([.. faults.Select(fault => new JsonObject { ["code"] = fault.Code, ["message"] = fault.Message, ["pointer"] = fault.Pointer })]),
            });
    }
}

using System.Text.Json.Nodes;
using FakeSlack.Api;
using FakeSlack.World;

namespace FakeSlack.Deliver;

/// <summary>Commands and interactions, in the shapes that Slack's own types give them (SlashCommand, BlockAction, ViewSubmitAction, GlobalShortcut ...).</summary>
internal sealed class Payloads(SlackWorld world, ViewStacks stacks, ResponseUrls responseUrls)
{
    private const string Deprecated = "deprecated";

    public JsonObject Command(Channel channel, Member by, string command, string text)
    {
        var workspace = channel.Workspace;
        var fields = new JsonObject
        {
            ["token"] = Deprecated,
            ["team_id"] = workspace.Id,
            ["team_domain"] = workspace.Domain,
        };
        if (workspace.Enterprise is { } enterprise)
        {
            fields["enterprise_id"] = enterprise.Id;
            fields["enterprise_name"] = enterprise.Name;
        }

        fields["channel_id"] = channel.Id;
        fields["channel_name"] = channel.NameInPayload;
        fields["user_id"] = by.Id;
        fields["user_name"] = by.Name;
        fields["command"] = command;
        fields["text"] = text;
        fields["api_app_id"] = world.App.Id;
        fields["is_enterprise_install"] = IsOrgWide(workspace) ? "true" : "false";
        fields["response_url"] = responseUrls.New(channel, by.Id, null).AbsoluteUri;
        fields["trigger_id"] = world.NewTrigger(workspace, by.Id, null).Id;
        return fields;
    }

    public JsonObject OnMessage(Message message, Member by, JsonObject action)
    {
        var workspace = message.Channel.Workspace;
        var payload = Common("block_actions", workspace, by, "username");
        payload["container"] = new JsonObject
        {
            ["type"] = "message", ["message_ts"] = message.Ts, ["channel_id"] = message.Channel.Id, ["is_ephemeral"] = message.OnlyFor is not null,
        };
        if (message.ThreadTs is not null)
        {
            payload["container"]!["thread_ts"] = message.ThreadTs;
        }

        payload["trigger_id"] = world.NewTrigger(workspace, by.Id, null).Id;
        payload["channel"] = new JsonObject { ["id"] = message.Channel.Id, ["name"] = message.Channel.NameInPayload };
        // Of a message that only one person sees, Slack shows no content.
        if (message.OnlyFor is null)
        {
            payload["message"] = message.Show(workspace.Id, world.App.Id);
        }

        payload["state"] = new JsonObject { ["values"] = message.TypedBy(by.Id).Show() };
        payload["response_url"] = responseUrls.New(message.Channel, by.Id, message).AbsoluteUri;
        payload["actions"] = new JsonArray(action);
        return payload;
    }

    public JsonObject OnView(View view, Member by, JsonObject action)
    {
        var payload = Common("block_actions", view.Workspace, by, "username");
        payload["container"] = new JsonObject { ["type"] = "view", ["view_id"] = view.Id };
        payload["trigger_id"] = world.NewTrigger(view.Workspace, by.Id, view.Type == "modal" ? view : null).Id;
        payload["view"] = Show(view);
        payload["actions"] = new JsonArray(action);
        return payload;
    }

    public JsonObject Submission(View view, Member by)
    {
        var payload = Common("view_submission", view.Workspace, by, "username");
        payload["trigger_id"] = world.NewTrigger(view.Workspace, by.Id, view).Id;
        payload["view"] = Show(view);
        payload["response_urls"] = new JsonArray();
        return payload;
    }

    public JsonObject Closed(View view, Member by, bool isCleared)
    {
        var payload = Common("view_closed", view.Workspace, by, "username");
        payload["view"] = Show(view);
        // The page of view_closed shows no input; whoever needs it asks for it while it is typed.
        payload["view"]!["state"] = new JsonObject { ["values"] = new JsonObject() };
        payload["is_cleared"] = isCleared;
        return payload;
    }

    public JsonObject Shortcut(Workspace workspace, Member by, string callbackId)
    {
        var payload = Common("shortcut", workspace, by, "username");
        payload["action_ts"] = world.Ids.Ts();
        payload["callback_id"] = callbackId;
        payload["trigger_id"] = world.NewTrigger(workspace, by.Id, null).Id;
        return payload;
    }

    public JsonObject MessageShortcut(Message message, Member by, string callbackId)
    {
        var payload = Common("message_action", message.Channel.Workspace, by, "name");
        payload["action_ts"] = world.Ids.Ts();
        payload["callback_id"] = callbackId;
        payload["trigger_id"] = world.NewTrigger(message.Channel.Workspace, by.Id, null).Id;
        payload["response_url"] = responseUrls.New(message.Channel, by.Id, message).AbsoluteUri;
        payload["message_ts"] = message.Ts;
        payload["channel"] = new JsonObject { ["id"] = message.Channel.Id, ["name"] = message.Channel.NameInPayload };
        payload["message"] = message.Show(message.Channel.Workspace.Id, world.App.Id);
        return payload;
    }

    private JsonObject Show(View view) => world.InstalledIn(view.Workspace) is { } installed
        ? stacks.Show(view, installed)
        : view.Show(world.App, "", view.Workspace.Id);

    /// <summary>An org-wide installation gets no team: whose it is, is in the user and in the view.</summary>
    private JsonObject Common(string type, Workspace workspace, Member by, string nameAs)
    {
        var user = new JsonObject { ["id"] = by.Id, [nameAs] = by.Name, ["name"] = by.Name, ["team_id"] = workspace.Id };
        return new JsonObject
        {
            ["type"] = type,
            ["team"] = IsOrgWide(workspace) ? null : workspace.ShowTeam(),
            ["user"] = user,
            ["api_app_id"] = world.App.Id,
            ["token"] = Deprecated,
            ["enterprise"] = workspace.Enterprise is { } enterprise ? new JsonObject { ["id"] = enterprise.Id, ["name"] = enterprise.Name } : null,
            ["is_enterprise_install"] = IsOrgWide(workspace),
        };
    }

    private bool IsOrgWide(Workspace workspace) => world.InstalledIn(workspace)?.IsOrgWide == true;
}

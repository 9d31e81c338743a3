using System.Text.Json.Nodes;

namespace FakeSlack.World;

/// <summary>A modal or a Home tab as it stands.</summary>
internal sealed class View(string id, Workspace workspace, string userId)
{
    public string Id { get; } = id;

    public Workspace Workspace { get; } = workspace;

    public string UserId { get; } = userId;

    /// <summary>As the app sent it, with the ids Slack gives to blocks and elements without one.</summary>
    public JsonObject Content { get; private set; } = [];

    public string Hash { get; private set; } = "";

    public string? RootId { get; init; }

    public string? PreviousId { get; init; }

    public bool IsOpen { get; set; } = true;

    public FormState State { get; } = new();

    /// <summary>By block id, as the last submission was answered.</summary>
    public Dictionary<string, string> Errors { get; } = [];

    public string Type => (string?)Content["type"] ?? "";

    public string Title => (string?)Content["title"]?["text"] ?? "";

    public string ExternalId => (string?)Content["external_id"] ?? "";

    public JsonArray Blocks => Content["blocks"] as JsonArray ?? [];

    public bool NotifiesOnClose => Content["notify_on_close"]?.GetValue<bool>() == true;

    public bool ClearsOnClose => Content["clear_on_close"]?.GetValue<bool>() == true;

    /// <summary>What was typed into a field that is still there stays.</summary>
    public void Become(JsonObject content, string hash)
    {
        Content = content;
        Hash = hash;
        Errors.Clear();
        State.Follow(Blocks);
    }

    /// <param name="installedIn">The organisation's id where the app is installed org-wide.</param>
    public JsonObject Show(SlackApp app, string botId, string installedIn)
    {
        var shown = new JsonObject
        {
            ["id"] = Id,
            ["team_id"] = Workspace.Id,
            ["type"] = Type,
            ["blocks"] = Blocks.DeepClone(),
            ["private_metadata"] = (string?)Content["private_metadata"] ?? "",
            ["callback_id"] = (string?)Content["callback_id"] ?? "",
            ["state"] = new JsonObject { ["values"] = State.Show() },
            ["hash"] = Hash,
            ["title"] = Content["title"]?.DeepClone() ?? new JsonObject { ["type"] = "plain_text", ["text"] = "View Title", ["emoji"] = true },
            ["clear_on_close"] = ClearsOnClose,
            ["notify_on_close"] = NotifiesOnClose,
            ["close"] = Content["close"]?.DeepClone(),
            ["submit"] = Content["submit"]?.DeepClone(),
            ["previous_view_id"] = PreviousId,
            ["root_view_id"] = RootId ?? Id,
            ["app_id"] = app.Id,
            ["external_id"] = ExternalId,
            ["app_installed_team_id"] = installedIn,
            ["bot_id"] = botId,
        };
        return shown;
    }
}

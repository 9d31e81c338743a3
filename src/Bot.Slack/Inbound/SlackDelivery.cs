using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Bot.Chat;

namespace Bot.Slack.Inbound;

/// <summary>Which delivery a payload is, by what it is about: the same event, press or form may come under several ids.</summary>
internal static class SlackDelivery
{
    /// <summary>Null for what may come any number of times.</summary>
    public static DeliveryId? Of(JsonObject payload) => payload.Text("type") switch
    {
        "event_callback" => payload.Text("event_id") is { } id ? new DeliveryId("ev:" + id) : null,
        "block_actions" when payload.Array("actions") is [JsonObject pressed, ..] && pressed.Text("type") == "button" => Hashed(
            "act", payload.Text("user", "id"), payload.Text("container", "message_ts") ?? payload.Text("container", "view_id"), payload.Text("container", "channel_id"),
            pressed.Text("action_id"), pressed.Text("value"), pressed.Text("action_ts")),
        // The window's id is the secret of the hash and goes with the window: typed words cannot be guessed from it later.
        "view_submission" when payload.Object("view") is { } view => Hashed(
            "view", view.Text("id") ?? "", payload.Text("user", "id"), view.Text("callback_id"), view.Text("private_metadata"), view.Object("state", "values")?.ToJsonString()),
        "shortcut" or null => payload.Text("trigger_id") is { } trigger ? new DeliveryId("cmd:" + trigger) : null,
        _ => null,
    };

    /// <summary>Of a closed set, for measuring.</summary>
    public static string Kind(JsonObject payload) => payload.Text("type") switch
    {
        "event_callback" => "event",
        "block_actions" => "action",
        "view_submission" => "form",
        "view_closed" => "form_closed",
        "shortcut" => "shortcut",
        null => "command",
        _ => "other",
    };

    /// <summary>One state of a form that is not sent.</summary>
    public static DeliveryId Draft(string viewId, JsonObject? state) => Hashed("draft", viewId, state?.ToJsonString());

    private static DeliveryId Hashed(string kind, string? secret, params ReadOnlySpan<string?> parts)
    {
        var joined = string.Join('\u001f', parts.ToArray());
        return new DeliveryId($"{kind}:{Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret ?? ""), Encoding.UTF8.GetBytes(joined)))}");
    }
}

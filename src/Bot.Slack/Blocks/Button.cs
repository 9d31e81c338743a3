using System.Text.Json.Nodes;
using Bot.Cards;

namespace Bot.Slack.Blocks;

/// <summary>A card's button.</summary>
internal static class Button
{
    private const string Link = "open-url";
    private const int LongestText = 75;
    private const int LongestUrl = 3000;

    /// <summary>Null for an address that Slack does not take in a button.</summary>
    public static JsonObject? Render(JsonObject action, int number)
    {
        var button = new JsonObject { ["type"] = "button", ["text"] = PlainText.Object(action["title"]?.ToString() ?? "", LongestText) };
        if ((string?)action["type"] == "Action.OpenUrl")
        {
            // Slack tells of a pressed link too; the id lets it be acknowledged and nothing more.
            button["action_id"] = ActionId.Of(Link, number);
            if (Addresses.Absolute(action["url"]?.ToString()) is not { Length: <= LongestUrl } url)
            {
                return null;
            }

            button["url"] = url;
        }
        else
        {
            button["action_id"] = ActionId.Of((string)action["verb"]!, number);
            if (action["data"]?["_ap"]?.ToString() is { Length: > 0 } key)
            {
                button["value"] = key;
            }
        }

        switch ((string?)action["style"])
        {
            case "positive":
                button["style"] = "primary";
                break;
            case "destructive":
                button["style"] = "danger";
                break;
        }

        return button;
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace FakeTeams.Connector;

/// <summary>What Teams refuses in an activity.</summary>
internal static class CheckActivity
{
    private const string CardType = "application/vnd.microsoft.card.adaptive";
    private const int MostBytes = 100 * 1024;

    private static readonly HashSet<string> Known =
    [
        "type", "id", "text", "textFormat", "attachments", "attachmentLayout", "summary", "entities", "channelData", "from", "conversation", "recipient", "replyToId", "importance", "locale", "inputHint", "suggestedActions",
    ];

    /// <summary>Null when it is taken.</summary>
    public static Answer? Refuse(JsonObject activity)
    {
        if (activity.Select(member => member.Key).FirstOrDefault(key => !Known.Contains(key)) is { } unknown)
        {
            return Answer.Error(400, "BadSyntax", $"Could not find member '{unknown}'");
        }

        if ((string?)activity["type"] is not ("message" or "typing"))
        {
            return Answer.Error(400, "BadArgument", "Unknown activity type");
        }

        if (Size(activity) > MostBytes)
        {
            return Answer.Error(413, "MessageSizeTooBig", "Message size too large");
        }

        foreach (var attachment in Attachments(activity))
        {
            if (attachment["contentType"]?.GetValueKind() != JsonValueKind.String || attachment.Any(member => member.Key is not ("contentType" or "content" or "contentUrl" or "name" or "thumbnailUrl")))
            {
                return Answer.Error(400, "BadSyntax", "Attachment");
            }

            if ((string?)attachment["contentType"] == CardType && !IsCard(attachment["content"] as JsonObject))
            {
                return Answer.Error(400, "BadArgument", "Unknown attachment type or card");
            }
        }

        var words = Words(activity);
        return Entities(activity).Where(e => (string?)e["type"] == "mention").All(mention => IsMention(mention) && words.Contains((string)mention["text"]!, StringComparison.Ordinal))
            ? null
            : Answer.Error(400, "BadArgument", "Mention entity does not match text");
    }

    /// <summary>A text and a card become two messages, of which no id is told.</summary>
    public static bool IsSplit(JsonObject activity) => !string.IsNullOrEmpty((string?)activity["text"]) && Attachments(activity).Any();

    private static bool IsCard(JsonObject? card) => card is not null && (string?)card["type"] == "AdaptiveCard" && (string?)card["version"] is "1.0" or "1.1" or "1.2" or "1.3" or "1.4" or "1.5"
        && card["body"] is JsonArray;

    private static bool IsMention(JsonObject mention) =>
        (string?)mention["mentioned"]?["id"] is { Length: > 0 } && (string?)mention["mentioned"]?["name"] is { } name && (string?)mention["text"] == $"<at>{name}</at>";

    private static IEnumerable<JsonObject> Attachments(JsonObject activity) => (activity["attachments"] as JsonArray ?? []).Select(a => a as JsonObject ?? []);

    /// <summary>Of the message and of its cards.</summary>
    private static IEnumerable<JsonObject> Entities(JsonObject activity) =>
        new[] { activity["entities"] }.Concat(Attachments(activity).Select(a => a["content"]?["msteams"]?["entities"])).OfType<JsonArray>().SelectMany(list => list).OfType<JsonObject>();

    private static string Words(JsonNode? node) => node switch
    {
        JsonObject members => string.Join('\n', members.Where(m => m.Key is not ("entities" or "mentioned")).Select(m => Words(m.Value))),
        JsonArray items => string.Join('\n', items.Select(Words)),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => (string)value!,
        _ => "",
    };

    private static int Size(JsonNode? node) => node switch
    {
        JsonObject members => 2 + members.Sum(m => (m.Key.Length * 2) + 4 + Size(m.Value)),
        JsonArray items => 2 + items.Sum(item => 2 + Size(item)),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => ((string)value!).StartsWith("data:image/", StringComparison.Ordinal) ? 0 : ((string)value!).Length * 2,
        null => 8,
        _ => node.ToJsonString().Length * 2,
    };
}

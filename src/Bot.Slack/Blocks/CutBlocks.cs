using System.Text.Json.Nodes;

namespace Bot.Slack.Blocks;

/// <summary>Leaves out, visibly and from the end, what is more than Slack takes.</summary>
internal static class CutBlocks
{
    /// <summary>
    /// The number of words in a message is limited beside the documented limits: chat.postMessage says msg_blocks_too_long somewhere above
    /// 11,000 characters ("12,000 text characters with a buffer for block containers", slackapi/bolt-js issues 2509 and 2867).
    /// </summary>
    public static readonly Room MostInMessage = new(50, 10_000);

    /// <summary>A view has 250 KB (views.open, view_too_large), and a character takes up to six bytes in JSON.</summary>
    public static readonly Room MostInView = new(100, 30_000);

    /// <param name="Words">In characters.</param>
    public sealed record Room(int Blocks, int Words);

    /// <summary>A message or page: its end goes, with the buttons that stand in it; what is at its foot stays.</summary>
    public static JsonArray Card(List<JsonObject> body, List<JsonObject> foot, Room room)
    {
        var stays = foot.Count < room.Blocks ? foot.ToHashSet() : [];
        return new JsonArray([.. Cut([.. body, .. foot], stays.Contains, room)]);
    }

    /// <summary>A form: every input and button stays.</summary>
    /// <exception cref="InvalidOperationException">They alone are more than a window takes.</exception>
    public static JsonArray Form(List<JsonObject> blocks, Room room)
    {
        var cut = Cut(blocks, block => (string?)block["type"] is "input" or "actions" or "header" || block.ContainsKey("accessory"), room);
        return cut.Count <= room.Blocks ? new JsonArray([.. cut]) : throw new InvalidOperationException($"A form has {cut.Count} inputs and rows of buttons; Slack takes {room.Blocks}.");
    }

    public static int Length(JsonNode? within) => within switch
    {
        JsonObject map => map.Sum(member => member.Key is "text" or "url" && member.Value is JsonValue value ? value.ToString().Length : Length(member.Value)),
        JsonArray list => list.Sum(Length),
        _ => 0,
    };

    private static List<JsonObject> Cut(List<JsonObject> blocks, Func<JsonObject, bool> stays, Room room)
    {
        var kept = blocks.ToList();
        // Lines between go first: nothing is lost with them.
        for (var i = kept.Count - 1; i >= 0 && kept.Count > room.Blocks; i--)
        {
            if ((string?)kept[i]["type"] == "divider")
            {
                kept.RemoveAt(i);
            }
        }

        var words = kept.Sum(Length);
        if (kept.Count <= room.Blocks && words <= room.Words)
        {
            return kept;
        }

        var (last, buttons) = (-1, 0);
        for (var i = kept.Count - 1; i >= 0 && (kept.Count >= room.Blocks || words > room.Words); i--)
        {
            if (!stays(kept[i]))
            {
                words -= Length(kept[i]);
                buttons += Buttons(kept[i]);
                kept.RemoveAt(i);
                last = i;
            }
        }

        if (last >= 0)
        {
            kept.Insert(last, Paragraphs.Subtle(buttons == 0 ? "… shortened" : $"… shortened, with {Cards.Say.Count(buttons, "button")}"));
        }

        return kept;
    }

    private static int Buttons(JsonObject block) => (block.ContainsKey("accessory") ? 1 : 0) + ((string?)block["type"] == "actions" ? block["elements"]!.AsArray().Count : 0);
}

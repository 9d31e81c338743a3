using System.Text.Json.Nodes;
using static FakeSlack.Rules.Must;

namespace FakeSlack.Rules;

/// <summary>What holds for all blocks of a message or view together.</summary>
internal static class WholeSurface
{
    public const int MostMarkdown = 12_000;
    private const int MostTables = 1;
    private const int MostCharts = 2;

    /// <summary>
    /// Not documented for other blocks than markdown: chat.postMessage answers msg_blocks_too_long above "12,000 text characters with a
    /// buffer for block containers" (a maintainer in slackapi/bolt-js #2509). A table has its own limit.
    /// </summary>
    private const int MostWords = 12_000;

    public static void Check(JsonArray blocks, At at)
    {
        var objects = Objects(blocks, at).ToList();
        Differ(objects, "block_id");
        // Documented within one block; held for all of them, so that what is pressed can be told from its action_id alone.
        Differ(objects, "action_id");
        AtMost(objects.Where(o => o.Map["focus_on_load"]?.ToString() == "true"), 1, "too_many", "only one element may have the focus");
        AtMost(OfType("table"), MostTables, "too_many", "only one table allowed");
        AtMost(OfType("data_visualization"), MostCharts, "too_many", "no more than two charts allowed");
        foreach (var table in OfType("table").Concat(OfType("data_table")))
        {
            if (Length(table.Map) > Tables.MostText)
            {
                table.At.Refuse("too_long", $"a table must have less than {Tables.MostText + 1} characters");
            }
        }

        if (at.Surface == Surface.Message && blocks.OfType<JsonObject>().Where(block => Text(block["type"]) is not ("table" or "data_table")).Sum(Length) > MostWords)
        {
            at.Refuse("msg_blocks_too_long", $"a message must have less than {MostWords + 1} characters");
        }

        IEnumerable<(JsonObject Map, At At)> OfType(string type) => objects.Where(o => Text(o.Map["type"]) == type);
    }

    private static void Differ(IEnumerable<(JsonObject Map, At At)> objects, string id)
    {
        foreach (var (_, at) in objects.Where(o => Text(o.Map[id]) is not null).GroupBy(o => Text(o.Map[id])).SelectMany(same => same.Skip(1)))
        {
            at.Under(id).Refuse("not_unique", $"{id} already exists");
        }
    }

    private static void AtMost(IEnumerable<(JsonObject Map, At At)> objects, int most, string code, string message)
    {
        foreach (var (_, at) in objects.Skip(most))
        {
            at.Refuse(code, message);
        }
    }

    private static int Length(JsonNode? within) => within switch
    {
        JsonObject map => map.Sum(member => member.Key == "text" && Text(member.Value) is { } text ? text.Length : Length(member.Value)),
        JsonArray list => list.Sum(Length),
        _ => 0,
    };

    private static IEnumerable<(JsonObject Map, At At)> Objects(JsonNode? within, At at) => within switch
    {
        JsonObject map => map.SelectMany(member => Objects(member.Value, at.Under(member.Key))).Prepend((map, at)),
        JsonArray list => list.SelectMany((item, i) => Objects(item, at.Under(i))),
        _ => [],
    };
}

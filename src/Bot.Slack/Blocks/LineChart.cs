using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bot.Cards;

namespace Bot.Slack.Blocks;

/// <summary>A chart as Slack's data_visualization block, within the lower of the limits that are told of it.</summary>
internal static class LineChart
{
    private const int LongestTitle = 50;
    private const int MostSeries = 6;
    private const int MostPoints = 20;
    private const int LongestLabel = 20;

    /// <summary>Null where it cannot be shown: each series needs one number for each category, and the names have to differ.</summary>
    public static JsonObject? Render(JsonObject chart)
    {
        var lines = (chart["data"] as JsonArray ?? []).OfType<JsonObject>().Take(MostSeries).ToList();
        var categories = lines.SelectMany(line => Points(line).Select(point => Label(point["x"]))).Distinct().TakeLast(MostPoints).ToList();
        if (categories.Count == 0)
        {
            return null;
        }

        var series = new JsonArray();
        foreach (var line in lines)
        {
            var points = Points(line).DistinctBy(point => Label(point["x"])).ToDictionary(point => Label(point["x"]), point => Number(point["y"]));
            if (!categories.TrueForAll(category => points.GetValueOrDefault(category) is not null))
            {
                continue;
            }

            series.Add(new JsonObject
            {
                ["name"] = Say.Shortened(line["legend"]?.ToString() ?? "", LongestLabel),
                ["data"] = new JsonArray([.. categories.Select(category => new JsonObject { ["label"] = category, ["value"] = points[category] })]),
            });
        }

        if (series.Count == 0 || series.Select(s => s!["name"]!.ToString()).Distinct().Count() != series.Count)
        {
            return null;
        }

        return new JsonObject
        {
            ["type"] = "data_visualization",
            ["title"] = Say.Shortened(chart["title"]?.ToString() ?? "", LongestTitle),
            ["chart"] = new JsonObject
            {
                ["type"] = "line",
                ["series"] = series,
                ["axis_config"] = new JsonObject { ["categories"] = new JsonArray([.. categories.Select(category => JsonValue.Create(category))]) },
            },
        };
    }

    private static IEnumerable<JsonObject> Points(JsonObject line) => (line["values"] as JsonArray ?? []).OfType<JsonObject>();

    private static string Label(JsonNode? x) => Say.Shortened(x?.ToString() ?? "", LongestLabel);

    private static double? Number(JsonNode? y) => y?.GetValueKind() switch
    {
        JsonValueKind.Number => y.GetValue<double>(),
        JsonValueKind.String when double.TryParse(y.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };
}

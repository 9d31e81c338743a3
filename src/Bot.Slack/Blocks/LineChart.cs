using System.Globalization;
using System.Text.Json.Nodes;
using Bot.Cards;

namespace Bot.Slack.Blocks;

/// <summary>A chart as Slack's data_visualization block ("Data visualization block"), within the lower of the limits that are told of it.</summary>
internal static class LineChart
{
    private const int LongestTitle = 50;
    private const int LongestAxis = 50;
    private const int MostSeries = 6;
    private const int MostPoints = 20;
    private const int LongestLabel = 20;

    private sealed record Series(string Name, IReadOnlyList<(string X, double Y)> Points)
    {
        /// <summary>What the line is at a place: its point there, or its height where it runs level past it. A measured line is never filled in.</summary>
        public double? At(string x)
        {
            var there = Points.Where(point => point.X == x).Select(point => (double?)point.Y).FirstOrDefault();
            var isLevel = Points is [var from, var to] && from.Y == to.Y && string.CompareOrdinal(from.X, x) < 0 && string.CompareOrdinal(x, to.X) < 0;
            return there ?? (isLevel ? Points[0].Y : null);
        }
    }

    /// <summary>
    /// The first line says what is on the axis, the newest twenty of it; another is drawn with it where it has a value at each of them.
    /// Null where Slack would refuse it: nothing to draw, or names that are not told apart.
    /// </summary>
    public static JsonObject? Render(JsonObject chart)
    {
        var lines = Read(chart);
        if (lines is not [{ Points.Count: > 0 } first, ..])
        {
            return null;
        }

        var places = first.Points.Select(point => point.X).TakeLast(MostPoints).ToList();
        var drawn = lines.Where(line => places.TrueForAll(place => line.At(place) is not null)).Take(MostSeries).ToList();
        if (!Differ(places) || !Differ(drawn.Select(line => line.Name)))
        {
            return null;
        }

        var title = Text(chart, "title") is { Length: > 0 } given ? given : first.Name;
        return new JsonObject
        {
            ["type"] = "data_visualization",
            ["title"] = Say.Shortened(first.Points.Count > places.Count ? $"Last {places.Count}: {title}" : title, LongestTitle),
            ["chart"] = new JsonObject
            {
                ["type"] = "line",
                ["series"] = new JsonArray([.. drawn.Select(line => new JsonObject
                {
                    ["name"] = Label(line.Name),
                    ["data"] = new JsonArray([.. places.Select(place => new JsonObject { ["label"] = Label(place), ["value"] = line.At(place) })]),
                })]),
                ["axis_config"] = Axis(chart, places),
            },
        };
    }

    /// <summary>"performance: 3.5 (2026-08-27), 3.7 (2026-09-03)", a line for each: what is in the chart, for those who do not see it.</summary>
    public static string Numbers(JsonObject chart) => string.Join('\n', Read(chart).Select(line =>
        $"{line.Name}: {string.Join(", ", line.Points.Select(point => $"{Say.Number(point.Y)} ({point.X})"))}"));

    private static List<Series> Read(JsonObject chart) =>
    [
        .. (chart["data"] as JsonArray ?? []).OfType<JsonObject>().Select(line => new Series(Text(line, "legend"),
        [
            .. (line["values"] as JsonArray ?? []).OfType<JsonObject>().Where(point => Number(point["y"]) is not null).Select(point => (Text(point, "x"), Number(point["y"])!.Value)),
        ])),
    ];

    private static JsonObject Axis(JsonObject chart, List<string> places)
    {
        var axis = new JsonObject { ["categories"] = new JsonArray([.. places.Select(place => JsonValue.Create(Label(place)))]) };
        foreach (var (ours, slacks) in new[] { ("xAxisTitle", "x_label"), ("yAxisTitle", "y_label") })
        {
            if (Text(chart, ours) is { Length: > 0 } label)
            {
                axis[slacks] = Say.Shortened(label, LongestAxis);
            }
        }

        return axis;
    }

    /// <summary>As they will be shown: shortened, and none of them empty.</summary>
    private static bool Differ(IEnumerable<string> names)
    {
        var labels = names.Select(Label).ToList();
        return labels.TrueForAll(label => label.Length > 0) && labels.Distinct().Count() == labels.Count;
    }

    private static string Label(string text) => Say.Shortened(text, LongestLabel);

    private static string Text(JsonObject map, string property) => map[property]?.ToString() ?? "";

    private static double? Number(JsonNode? y) =>
        double.TryParse(y?.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}

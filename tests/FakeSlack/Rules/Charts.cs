using System.Text.Json.Nodes;
using static FakeSlack.Rules.Member;
using static FakeSlack.Rules.Must;

namespace FakeSlack.Rules;

/// <summary>Charts ("Data visualization block"), within the lower of the limits that are told of them.</summary>
internal static class Charts
{
    private const int MostSeries = 6;
    private const int MostPoints = 20;
    private const int LongestName = 20;
    private const int LongestAxis = 50;

    private static readonly Rule Point = BeObject(Needs("label", BeText(LongestName)), Needs("value", BeNumber));

    private static readonly Kind Plotted = new(Surface.Message, BeObject(
        Needs("type", BeText(100)),
        Needs("series", BeList(BeObject(Needs("name", BeText(LongestName)), Needs("data", BeList(Point, MostPoints))), MostSeries)),
        Needs("axis_config", BeObject(Needs("categories", BeList(BeText(LongestName), MostPoints)), May("x_label", BeText(LongestAxis)), May("y_label", BeText(LongestAxis))))).And(IsComplete));

    private static readonly IReadOnlyDictionary<string, Kind> Kinds = new Dictionary<string, Kind>
    {
        ["line"] = Plotted,
        ["bar"] = Plotted,
        ["area"] = Plotted,
        ["pie"] = new(Surface.Message, BeObject(Needs("type", BeText(100)), Needs("segments", BeList(Point.And(IsAboveZero), MostSeries)))),
    };

    public static Rule Any { get; } = BeAnyOf(Kinds);

    /// <summary>Each series has exactly one point for each category, in their order, and a name of its own.</summary>
    private static void IsComplete(JsonObject chart, At at)
    {
        var categories = (chart["axis_config"]?["categories"] as JsonArray ?? []).Select(Text).ToList();
        var series = (chart["series"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        if (categories.Distinct().Count() != categories.Count)
        {
            at.Under("axis_config").Under("categories").Refuse("not_unique", "two categories have the same name");
        }

        if (series.Select(one => Text(one["name"])).Distinct().Count() != series.Count)
        {
            at.Under("series").Refuse("not_unique", "two series have the same name");
        }

        for (var i = 0; i < series.Count; i++)
        {
            if (!categories.SequenceEqual((series[i]["data"] as JsonArray ?? []).Select(point => Text((point as JsonObject)?["label"]))))
            {
                at.Under("series").Under(i).Under("data").Refuse("bad_value", "needs exactly one point for each category");
            }
        }
    }

    private static void IsAboveZero(JsonObject segment, At at)
    {
        if (Number(segment["value"]) <= 0)
        {
            at.Under("value").Refuse("bad_value", "must be above 0");
        }
    }
}

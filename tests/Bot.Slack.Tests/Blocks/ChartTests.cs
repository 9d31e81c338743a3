using System.Text.Json.Nodes;
using Bot.Tests.Cards;

namespace Bot.Slack.Tests.Blocks;

/// <summary>
/// A chart of a card on Slack. 1. switched on: drawn, with its numbers in the text; 2. switched off: the sparkline, the same numbers;
/// 3. more weeks than Slack draws: the newest, and its title says so; 4. a limit that holds for a part only is left to the words; 5. nothing is
/// filled in; 6. no third chart in a message; 7. nothing to draw, or lines that are not told apart.
/// </summary>
public sealed class ChartTests
{
    [Fact]
    public void Switched_on_a_chart_is_drawn_with_its_limits_and_its_numbers_are_in_the_text()
    {
        var message = Rendered.WithCharts.Message(CardFiles.Fill("trend"));

        var chart = Assert.Single(Charts(message.Blocks));
        Assert.Equal(["performance", "upper limit", "mean", "lower limit"], Series(chart).Select(line => (string)line["name"]!));
        Assert.Equal(("Week of review", "performance"), ((string?)chart["chart"]!["axis_config"]!["x_label"], (string?)chart["chart"]!["axis_config"]!["y_label"]));
        Assert.Contains("performance: 3.5 (2026-08-27), 3.7 (2026-09-03)", message.Text);
        Assert.Contains("3.1 (2026-11-19)", message.Text);
        Assert.Contains("▄▅▅·▅▅▅▅▅▅▅▅▅", Rendered.Words(message.Blocks));
        Assert.Empty(Rendered.Faults(message.Blocks));
    }

    [Fact]
    public void Switched_off_there_is_the_sparkline_and_the_same_numbers_in_the_text()
    {
        var message = Rendered.WithoutCharts.Message(CardFiles.Fill("trend"));

        Assert.Empty(Charts(message.Blocks));
        Assert.Contains("▄▅▅·▅▅▅▅▅▅▅▅▅", Rendered.Words(message.Blocks));
        Assert.Contains("performance: 3.5 (2026-08-27), 3.7 (2026-09-03)", message.Text);
        Assert.DoesNotContain('▅', message.Text);
    }

    [Fact]
    public void Of_more_weeks_than_slack_draws_the_newest_are_drawn_and_the_title_says_so()
    {
        var blocks = Draw(Line("performance", [.. Enumerable.Range(1, 26).Select(week => ($"week {week:00}", week / 10.0))]));

        var chart = Assert.Single(Charts(blocks));
        Assert.Equal("Last 20: Performance", (string?)chart["title"]);
        Assert.Equal(Enumerable.Range(7, 20).Select(week => $"week {week:00}"), chart["chart"]!["axis_config"]!["categories"]!.AsArray().Select(category => (string)category!));
        Assert.Empty(Rendered.Faults(blocks));
    }

    [Fact]
    public void A_limit_that_holds_for_a_part_of_the_weeks_is_left_to_the_words()
    {
        var blocks = Draw(Line("performance", ("a", 1), ("b", 2), ("c", 3)), Line("mean", ("a", 2), ("c", 2)), Line("upper limit from b", ("b", 4), ("c", 4)));

        Assert.Equal(["performance", "mean"], Series(Assert.Single(Charts(blocks))).Select(line => (string)line["name"]!));
        Assert.Empty(Rendered.Faults(blocks));
    }

    [Fact]
    public void A_week_without_a_figure_is_not_filled_in()
    {
        var blocks = Draw(Line("performance", ("a", 1), ("b", 2), ("c", 3)), Line("answers", ("a", 5), ("c", 6)));

        var line = Assert.Single(Series(Assert.Single(Charts(blocks))));
        Assert.Equal([1, 2, 3], line["data"]!.AsArray().Select(point => (double)point!["value"]!));
    }

    [Fact]
    public void A_third_chart_is_its_sparkline()
    {
        var chart = Chart(Line("performance", ("a", 1)));

        var blocks = Rendered.WithCharts.Message(Rendered.Card("any", new JsonArray(chart, chart.DeepClone(), chart.DeepClone()))).Blocks;

        Assert.Equal(2, Charts(blocks).Count);
        Assert.Equal(3, Rendered.Words(blocks).Split("▁▂▃").Length - 1);
        Assert.Empty(Rendered.Faults(blocks));
    }

    [Fact]
    public void Where_there_is_nothing_to_tell_apart_there_is_no_chart()
    {
        Assert.Empty(Charts(Draw()));
        Assert.Empty(Charts(Draw(Line("performance"))));
        Assert.Empty(Charts(Draw(Line("the same name as another", ("a", 1)), Line("the same name as another one", ("a", 2)))));
        Assert.Empty(Charts(Draw(Line("performance", ("the week of 16 November", 1), ("the week of 16 November 2025", 2)))));
    }

    private static JsonArray Draw(params JsonObject[] lines) => Rendered.WithCharts.Message(Rendered.Card("any", new JsonArray(Chart(lines)))).Blocks;

    private static JsonObject Chart(params JsonObject[] lines) => new()
    {
        ["type"] = "Chart.Line",
        ["title"] = "Performance",
        ["data"] = new JsonArray([.. lines]),
        ["fallback"] = new JsonObject { ["type"] = "TextBlock", ["text"] = "▁▂▃" },
    };

    private static JsonObject Line(string legend, params (string X, double Y)[] points) => new()
    {
        ["legend"] = legend,
        ["values"] = new JsonArray([.. points.Select(point => new JsonObject { ["x"] = point.X, ["y"] = point.Y })]),
    };

    private static List<JsonObject> Charts(JsonArray blocks) => [.. CardFiles.OfType(blocks, "data_visualization")];

    private static IEnumerable<JsonObject> Series(JsonObject chart) => chart["chart"]!["series"]!.AsArray().Select(line => line!.AsObject());
}

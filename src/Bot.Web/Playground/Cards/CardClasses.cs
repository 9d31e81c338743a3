using System.Globalization;
using System.Text.Json.Nodes;

namespace Bot.Web.Playground.Cards;

/// <summary>Adaptive Cards' looks as class names of our style sheet: the content security policy allows no style attributes.</summary>
public static class CardClasses
{
    private const int WidthStep = 5;

    public static string Text(JsonObject text) => string.Join(' ', new[]
    {
        Prefixed("size-", text.Word("size", "small", "medium", "large", "extralarge")),
        Prefixed("weight-", text.Word("weight", "lighter", "bolder")),
        Prefixed("color-", text.Word("color", "accent", "good", "warning", "attention")),
        text.IsOn("isSubtle") ? "subtle" : "",
        text.IsOn("italic") ? "italic" : "",
        text.IsOn("strikethrough") ? "struck" : "",
        text.IsOn("underline") ? "underlined" : "",
        text.IsOn("highlight") ? "marked" : "",
        text.Word("fontType", "monospace") ?? "",
    }.Where(name => name.Length > 0));

    public static string Align(JsonObject element) => Prefixed("align-", element.Word("horizontalAlignment", "left", "center", "right"));

    public static string Around(JsonObject element) =>
        Prefixed("gap-", element.Word("spacing", "none", "small", "medium", "large", "extralarge", "padding") ?? "default")
        + (element.IsOn("separator") ? " ruled" : "");

    public static string Style(JsonObject element) => Prefixed("style-", element.Word("style", "emphasis", "good", "attention", "warning", "accent"));

    /// <summary>A weight is a plain number; a width in pixels is left to the content.</summary>
    public static double Weight(JsonObject column) =>
        double.TryParse(column.Text("width"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight) && double.IsFinite(weight) ? weight : 0;

    /// <summary>Weights become shares in steps of five percent.</summary>
    public static string Width(JsonObject column, double weights)
    {
        var weight = Weight(column);
        return weight > 0
            ? $"share-{Math.Clamp((int)Math.Round(weight / weights * 100 / WidthStep) * WidthStep, WidthStep, 100)}"
            : column.Text("width")?.ToLowerInvariant() is "auto" or [.., 'p', 'x'] ? "auto" : "stretch";
    }

    private static string Prefixed(string prefix, string? word) => word is null ? "" : prefix + word;
}

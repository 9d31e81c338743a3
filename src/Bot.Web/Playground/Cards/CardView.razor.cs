using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace Bot.Web.Playground.Cards;

public partial class CardView
{
    /// <summary>Every <c>type</c> of the card that is shown as itself; any other is shown as its fallback, or said to be missing.</summary>
    public static IReadOnlySet<string> Elements { get; } = FrozenSet.Create(
        StringComparer.Ordinal,
        "AdaptiveCard",
        "TextBlock", "RichTextBlock", "TextRun", "Image", "ImageSet",
        "Container", "ColumnSet", "Column", "FactSet", "Fact", "Table", "TableRow", "TableCell", "ActionSet",
        "Input.Text", "Input.Number", "Input.Date", "Input.Time", "Input.Toggle", "Input.ChoiceSet", "Input.Choice",
        "Action.Execute", "Action.OpenUrl",
        "Chart.Line");
}

/// <summary>What surrounds a card's elements.</summary>
/// <param name="Prefix">Makes element ids unique on the page.</param>
/// <param name="Typed">What somebody typed, by field; it goes before the card's own values.</param>
/// <param name="Errors">What is wrong, by field.</param>
public sealed record CardSheet(string Prefix, IReadOnlyDictionary<string, string> Typed, IReadOnlyDictionary<string, string> Errors)
{
    public static CardSheet Of(string prefix) => new(prefix, FrozenDictionary<string, string>.Empty, FrozenDictionary<string, string>.Empty);

    public string ElementId(string field) => $"{Prefix}-{field}";

    /// <summary>What takes the focus for an input: of several boxes the first.</summary>
    public string FocusId(JsonObject input) => ElementId(input.Text("id")!) + (IsGroup(input) ? "-0" : "");

    /// <summary>Whether an input is several boxes under one legend.</summary>
    public static bool IsGroup(JsonObject input) =>
        input.Type == "Input.ChoiceSet" && (input.IsOn("isMultiSelect") || input.Word("style", "expanded") is not null);

    public string ErrorId(string field) => $"{Prefix}-{field}-error";
}

using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Components;

namespace Bot.Web.Playground.Cards;

public partial class CardInput
{
    [Parameter, EditorRequired]
    public required JsonObject Element { get; set; }

    [Parameter]
    public string Class { get; set; } = "";

    [CascadingParameter]
    public required CardSheet Sheet { get; set; }

    private string Field => Element.Text("id") ?? "";

    private string Id => Sheet.ElementId(Field);

    private string HintId => Id + "-hint";

    private string Name => Typed.Prefix + Field;

    private string? Label => Element.Text("label");

    private bool IsRequired => Element.IsOn("isRequired");

    private bool IsMulti => Element.IsOn("isMultiSelect");

    private bool IsGroup => CardSheet.IsGroup(Element);

    private string On => Sheet.Typed.ContainsKey(Field) ? "true" : Element.Text("valueOn") ?? "true";

    private string Value => Sheet.Typed.GetValueOrDefault(Field) ?? Element.Text("value") ?? "";

    private string? Error => Sheet.Errors.GetValueOrDefault(Field);

    private string? DescribedBy => (Error, Hint) switch
    {
        (null, null) => null,
        (null, _) => HintId,
        (_, null) => Sheet.ErrorId(Field),
        _ => Sheet.ErrorId(Field) + " " + HintId,
    };

    /// <summary>
    /// A longest length is said and not enforced by the browser: it would cut off pasted text without a word, and the product
    /// answers with an error at the field and everything kept.
    /// </summary>
    private string? Hint => Element.Type == "Input.Text" && int.TryParse(Element.Text("maxLength"), out var most) ? $"Up to {most:N0} characters." : null;

    /// <summary>A number is typed as text: a browser's number field throws away what is no number, and with it what was typed.</summary>
    private string InputType => Element.Type switch
    {
        "Input.Date" => "date",
        "Input.Time" => "time",
        "Input.Text" => Element.Word("style", "tel", "url", "email", "password") ?? "text",
        _ => "text",
    };

    private Dictionary<string, object?> Always => new()
    {
        ["id"] = Id,
        ["name"] = Name,
        ["aria-label"] = Label is null ? Element.Text("placeholder") ?? Field : null,
        ["aria-describedby"] = DescribedBy,
        ["aria-invalid"] = Error is null ? null : "true",
        ["aria-required"] = IsRequired ? "true" : null,
    };

    private string? Bound(string property) => Element.Type is "Input.Date" or "Input.Time" ? Element.Text(property) : null;
}

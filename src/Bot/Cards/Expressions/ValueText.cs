using System.Text.Encodings.Web;
using System.Text.Json;

namespace Bot.Cards.Expressions;

/// <summary>Values as text.</summary>
internal static class ValueText
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>As a value appears in a card's text: a list is its items with commas, a map is '[object Object]' as in the reference.</summary>
    public static string AsText(this Value value) => value.Kind switch
    {
        ValueKind.Undefined => "undefined",
        ValueKind.Null => "null",
        ValueKind.Boolean => value.Boolean ? "true" : "false",
        ValueKind.Number => NumberText.Of(value.Number),
        ValueKind.List => Joined(value.Items(), ","),
        ValueKind.Map => "[object Object]",
        _ => value.Text,
    };

    public static string Joined(IEnumerable<Value> items, string separator) =>
        string.Join(separator, items.Select(item => item.IsMissing ? "" : item.AsText()));

    /// <summary>As concat() and string() see it: nothing for what is missing, JSON for lists and maps.</summary>
    public static string AsPart(this Value value) =>
        value.IsMissing ? "" : value.Kind is ValueKind.List or ValueKind.Map ? value.ToNode()!.ToJsonString(Plain) : value.AsText();
}

using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FakeSlack.World;

namespace FakeSlack.People;

/// <summary>What a client makes of what somebody types or chooses, and what it refuses before anything is sent.</summary>
internal static partial class Typing
{
    private const string Required = "Please complete this required field.";

    /// <summary>A field by its label, block or action; among several of the same words nobody knows which.</summary>
    public static Element Find(JsonArray blocks, string name, Func<Element, bool> kind)
    {
        var all = BlockTree.Elements(blocks).Where(kind).ToList();
        return all.FindAll(element => element.Is(name)) switch
        {
            [var one] => one,
            [] => throw new ImpossibleException($"There is no \"{name}\" here, but: {string.Join(", ", all.Select(element => $"\"{element.Label}\""))}."),
            _ => throw new ImpossibleException($"There are several \"{name}\" here: name it by its action id."),
        };
    }

    public static JsonNode? Value(Element field, string[] typed)
    {
        var one = typed.Length switch { 0 => "", 1 => typed[0], _ => null };
        switch (field.Type)
        {
            case "checkboxes" or "multi_static_select":
                return new JsonArray([.. typed.Select(name => Option(field, name))]);
            case "multi_users_select" or "multi_conversations_select" or "multi_channels_select":
                return new JsonArray([.. typed.Select(id => JsonValue.Create(id))]);
        }

        if (one is null)
        {
            throw new ImpossibleException($"{field.Type} \"{field.Label}\" takes one value.");
        }

        return field.Type switch
        {
            _ when one.Length == 0 => null,
            "static_select" or "radio_buttons" => Option(field, one),
            "datepicker" when DateOnly.TryParseExact(one, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) => one,
            "timepicker" when TimeOnly.TryParseExact(one, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) => one,
            "datepicker" or "timepicker" => throw new ImpossibleException($"{field.Type} \"{field.Label}\" cannot be {one}."),
            "datetimepicker" => long.Parse(one, CultureInfo.InvariantCulture),
            "plain_text_input" or "number_input" or "email_text_input" or "url_text_input" or "users_select" or "conversations_select" or "channels_select" => one,
            _ => throw new ImpossibleException($"This fake's people cannot fill in a {field.Type}."),
        };
    }

    /// <summary>The client holds these back: nothing is sent before they are mended.</summary>
    public static Dictionary<string, string> HeldBack(JsonArray blocks, FormState state)
    {
        var wrong = new Dictionary<string, string>();
        foreach (var field in BlockTree.Elements(blocks).Where(element => element.IsInput))
        {
            if (Fault(field, state.ValueOf(field)) is { } fault)
            {
                wrong[field.BlockId] = fault;
            }
        }

        return wrong;
    }

    /// <summary>Whether a change of this field is told to the app at once.</summary>
    public static bool Dispatches(Element field)
    {
        if (!field.IsInput)
        {
            return true;
        }

        var isText = field.Type is "plain_text_input" or "number_input" or "email_text_input" or "url_text_input" or "rich_text_input";
        return field.Block["dispatch_action"]?.GetValue<bool>() == true
            && (!isText || (field.Json["dispatch_action_config"]?["trigger_actions_on"] as JsonArray ?? []).Any(on => (string?)on == "on_character_entered"));
    }

    /// <summary>The entry of <c>actions</c> for a field with a value.</summary>
    public static JsonObject Action(Element field, FormState state, string ts)
    {
        var action = state.Of(field).DeepClone().AsObject();
        action["action_id"] = field.ActionId;
        action["block_id"] = field.BlockId;
        action["action_ts"] = ts;
        return action;
    }

    /// <summary>The entry of <c>actions</c> for a button, or an overflow menu's option.</summary>
    public static JsonObject Pressed(Element button, string? option, string ts)
    {
        var action = new JsonObject { ["type"] = button.Type, ["action_id"] = button.ActionId, ["block_id"] = button.BlockId, ["action_ts"] = ts };
        if (button.Type == "overflow")
        {
            action["selected_option"] = Option(button, option ?? throw new ImpossibleException("A menu is pressed by one of its options."));
            return action;
        }

        foreach (var copied in new[] { "text", "value", "url", "style", "confirm" }.Where(name => button.Json[name] is not null))
        {
            action[copied] = button.Json[copied]!.DeepClone();
        }

        return action;
    }

    public static bool IsPressed(Element element) => element.Type is "button" or "overflow" or "icon_button";

    private static string? Fault(Element field, JsonNode? value)
    {
        var isEmpty = value is null || (value is JsonArray { Count: 0 }) || (value is JsonValue text && text.TryGetValue<string>(out var said) && said.Length == 0);
        if (isEmpty)
        {
            return field.Block["optional"]?.GetValue<bool>() == true ? null : Required;
        }

        return field.Type switch
        {
            "plain_text_input" => Length((string)value!, field.Json),
            "number_input" => Number((string)value!, field.Json),
            "email_text_input" when !((string)value!).Contains('@', StringComparison.Ordinal) => "Please enter a valid email address.",
            "url_text_input" when !Uri.TryCreate((string)value!, UriKind.Absolute, out _) => "Please enter a valid URL.",
            "checkboxes" => null,
            _ when value is JsonArray chosen && field.Json["max_selected_items"] is { } most && chosen.Count > (int)most => $"Please select at most {most} items.",
            _ => null,
        };
    }

    private static string? Length(string text, JsonObject element) =>
        text.Length > ((int?)element["max_length"] ?? 3000) ? $"Please use at most {(int?)element["max_length"] ?? 3000} characters."
        : text.Length < ((int?)element["min_length"] ?? 0) ? $"Please use at least {element["min_length"]} characters."
        : null;

    private static string? Number(string text, JsonObject element)
    {
        if (!Digits().IsMatch(text) || !decimal.TryParse(text, CultureInfo.InvariantCulture, out var number))
        {
            return "Please enter a number.";
        }

        return element["is_decimal_allowed"]?.GetValue<bool>() != true && text.Contains('.', StringComparison.Ordinal) ? "Please enter a whole number."
            : Bound("min_value") is { } least && number < least ? $"Please enter a number of at least {least}."
            : Bound("max_value") is { } most && number > most ? $"Please enter a number of at most {most}."
            : null;

        decimal? Bound(string name) => (string?)element[name] is { } bound ? decimal.Parse(bound, CultureInfo.InvariantCulture) : null;
    }

    private static JsonNode Option(Element field, string name)
    {
        var groups = (field.Json["option_groups"] as JsonArray ?? []).SelectMany(group => group?["options"] as JsonArray ?? []);
        var options = (field.Json["options"] as JsonArray ?? []).Concat(groups).OfType<JsonObject>().ToList();
        var found = options.Find(option => (string?)option["text"]?["text"] == name) ?? options.Find(option => (string?)option["value"] == name);
        return found?.DeepClone()
            ?? throw new ImpossibleException($"\"{name}\" is no option of \"{field.Label}\", but: {string.Join(", ", options.Select(option => $"\"{option["text"]?["text"]}\""))}.");
    }

    [GeneratedRegex(@"^-?\d+(\.\d+)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Digits();
}

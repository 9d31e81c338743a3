using System.Text.Json.Nodes;

namespace FakeSlack.World;

/// <summary>What stands in the fields of a view or message: <c>state.values</c>.</summary>
internal sealed class FormState
{
    private readonly Dictionary<(string Block, string Action), JsonObject> _values = [];

    public static bool IsStateful(string type) => Key(type) is not null;

    /// <summary>After an update: the same block, action and type keep what was typed, the others begin with their initial value.</summary>
    public void Follow(JsonArray blocks)
    {
        var there = new HashSet<(string, string)>();
        foreach (var element in BlockTree.Elements(blocks).Where(element => IsStateful(element.Type)))
        {
            var at = (element.BlockId, element.ActionId);
            there.Add(at);
            if (!_values.TryGetValue(at, out var value) || (string?)value["type"] != element.Type)
            {
                _values[at] = Initial(element.Json, element.Type);
            }
        }

        foreach (var gone in _values.Keys.Where(at => !there.Contains(at)).ToList())
        {
            _values.Remove(gone);
        }
    }

    public JsonObject Of(Element element) => _values[(element.BlockId, element.ActionId)];

    public void Set(Element element, JsonNode? value) => _values[(element.BlockId, element.ActionId)][Key(element.Type)!] = value;

    /// <summary>The field's own value, without its type.</summary>
    public JsonNode? ValueOf(Element element) => Of(element)[Key(element.Type)!];

    public JsonObject Show()
    {
        var shown = new JsonObject();
        foreach (var ((block, action), value) in _values)
        {
            shown[block] ??= new JsonObject();
            shown[block]![action] = value.DeepClone();
        }

        return shown;
    }

    private static JsonObject Initial(JsonObject element, string type)
    {
        var key = Key(type)!;
        var initial = element["initial_" + key.Replace("selected_", "", StringComparison.Ordinal)]?.DeepClone();
        return new JsonObject { ["type"] = type, [key] = initial ?? (IsList(key) ? new JsonArray() : null) };
    }

    private static bool IsList(string key) => key is "files" || (key.StartsWith("selected_", StringComparison.Ordinal) && key.EndsWith('s'));

    private static string? Key(string type) => type switch
    {
        "plain_text_input" or "number_input" or "email_text_input" or "url_text_input" => "value",
        "static_select" or "external_select" or "radio_buttons" => "selected_option",
        "multi_static_select" or "multi_external_select" or "checkboxes" => "selected_options",
        "users_select" => "selected_user",
        "multi_users_select" => "selected_users",
        "conversations_select" => "selected_conversation",
        "multi_conversations_select" => "selected_conversations",
        "channels_select" => "selected_channel",
        "multi_channels_select" => "selected_channels",
        "datepicker" => "selected_date",
        "timepicker" => "selected_time",
        "datetimepicker" => "selected_date_time",
        "rich_text_input" => "rich_text_value",
        "file_input" => "files",
        _ => null,
    };
}

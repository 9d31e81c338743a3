using System.Text.Json.Nodes;

namespace Bot.Slack.Tests.Blocks;

/// <summary>What Slack sends as <c>view.state.values</c> of a window in which nobody has typed: what stood in it at first.</summary>
internal static class FormState
{
    public static JsonObject Of(JsonObject view)
    {
        var state = new JsonObject();
        foreach (var input in Rendered.Inputs(view))
        {
            var element = input["element"]!.AsObject();
            state[(string)input["block_id"]!] = new JsonObject { [(string)element["action_id"]!] = Element(element) };
        }

        return state;
    }

    private static JsonObject Element(JsonObject element)
    {
        var type = (string)element["type"]!;
        var (name, value) = type switch
        {
            "checkboxes" or "multi_static_select" => ("selected_options", element["initial_options"]?.DeepClone() ?? new JsonArray()),
            "radio_buttons" or "static_select" => ("selected_option", element["initial_option"]?.DeepClone()),
            "datepicker" => ("selected_date", element["initial_date"]?.DeepClone()),
            "timepicker" => ("selected_time", element["initial_time"]?.DeepClone()),
            _ => ("value", element["initial_value"]?.DeepClone()),
        };
        return new JsonObject { ["type"] = type, [name] = value };
    }
}

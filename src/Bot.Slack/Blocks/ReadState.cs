using System.Text.Json.Nodes;
using Bot.Chat;
using Bot.Slack.Inbound;

namespace Bot.Slack.Blocks;

/// <summary>Reads <c>view.state.values</c> back into what was typed; the counterpart of the inputs as they are rendered.</summary>
public static class ReadState
{
    /// <summary>The value of the option that stands where there is nothing to choose from.</summary>
    internal const string Nothing = "-";

    public static FormValues Read(JsonObject? state)
    {
        var values = new Dictionary<string, string>();
        foreach (var (field, actions) in state ?? [])
        {
            foreach (var (_, element) in actions as JsonObject ?? [])
            {
                if (element is JsonObject typed && Typed(typed) is { Length: > 0 } text)
                {
                    values[field] = text;
                }
            }
        }

        return new FormValues(values);
    }

    private static string? Typed(JsonObject element) => element.Text("type") switch
    {
        "checkboxes" or "multi_static_select" => string.Join(FormValues.Separator, (element.Array("selected_options") ?? []).Select(option => option.Text("value"))),
        "radio_buttons" or "static_select" => element.Text("selected_option", "value") is { } value && value != Nothing ? value : null,
        "datepicker" => element.Text("selected_date"),
        "timepicker" => element.Text("selected_time"),
        _ => element.Text("value"),
    };
}

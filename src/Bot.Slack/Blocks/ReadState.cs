using System.Text.Json.Nodes;
using Bot.Chat;

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
                if (element is JsonObject typed && Text(typed) is { Length: > 0 } text)
                {
                    values[field] = text;
                }
            }
        }

        return new FormValues(values);
    }

    private static string? Text(JsonObject element) => (element["type"] as JsonValue)?.ToString() switch
    {
        "checkboxes" or "multi_static_select" => string.Join(FormValues.Separator, (element["selected_options"] as JsonArray ?? []).Select(option => option?["value"]?.ToString())),
        "radio_buttons" or "static_select" => (element["selected_option"] as JsonObject)?["value"]?.ToString() is { } value && value != Nothing ? value : null,
        "datepicker" => element["selected_date"]?.ToString(),
        "timepicker" => element["selected_time"]?.ToString(),
        _ => element["value"]?.ToString(),
    };
}

using System.Globalization;
using System.Text.Json.Nodes;
using Bot.Cards;
using Bot.Chat;

namespace Bot.Slack.Blocks;

/// <summary>
/// A card's input as an input block: <c>block_id</c> and <c>action_id</c> are the field's id. What comes back is read by
/// <see cref="ReadState"/>: a choice is its value, several are joined by commas, a switch that is on is its value, a day yyyy-MM-dd, a time HH:mm.
/// </summary>
internal static class InputBlock
{
    private const int LongestLabel = 2000;
    private const int LongestPlaceholder = 150;
    private const int LongestOption = 75;
    private const int LongestText = 3000;
    private const int MostButtons = 10;
    private const int MostOptions = 100;

    public static string Label(JsonObject input) => input["label"]?.ToString() ?? input["title"]?.ToString() ?? "";

    public static JsonObject Render(JsonObject input)
    {
        var id = (string)input["id"]!;
        var element = Element(input);
        element["action_id"] = id;
        var block = new JsonObject
        {
            ["type"] = "input",
            ["block_id"] = id,
            ["label"] = PlainText.Object(Label(input), LongestLabel),
            ["element"] = element,
            ["optional"] = input["isRequired"]?.GetValue<bool>() != true,
            // What is typed is told as it is typed: it survives a form that is closed.
            ["dispatch_action"] = true,
        };
        return block;
    }

    private static JsonObject Element(JsonObject input) => (string?)input["type"] switch
    {
        "Input.ChoiceSet" => Choices(input),
        "Input.Toggle" => Toggle(input),
        "Input.Number" => Number(input),
        "Input.Date" => With(new JsonObject { ["type"] = "datepicker" }, "initial_date", Value(input)),
        "Input.Time" => With(new JsonObject { ["type"] = "timepicker" }, "initial_time", Value(input)),
        _ => Text(input),
    };

    private static JsonObject Text(JsonObject input)
    {
        var most = Math.Min(LongestText, input["maxLength"]?.GetValue<int>() ?? LongestText);
        var element = new JsonObject
        {
            ["type"] = "plain_text_input",
            ["multiline"] = input["isMultiline"]?.GetValue<bool>() == true,
            ["max_length"] = most,
            ["dispatch_action_config"] = new JsonObject { ["trigger_actions_on"] = new JsonArray("on_character_entered") },
        };
        Placeholder(element, input);
        return With(element, "initial_value", Value(input) is { } value ? Say.Shortened(value, most) : null);
    }

    private static JsonObject Number(JsonObject input)
    {
        var element = new JsonObject
        {
            ["type"] = "number_input",
            ["is_decimal_allowed"] = false,
            ["dispatch_action_config"] = new JsonObject { ["trigger_actions_on"] = new JsonArray("on_character_entered") },
        };
        With(element, "min_value", Bound("min"));
        With(element, "max_value", Bound("max"));
        return With(element, "initial_value", Value(input));

        string? Bound(string name) => input[name] is { } bound ? Convert.ToString(bound.GetValue<double>(), CultureInfo.InvariantCulture) : null;
    }

    private static JsonObject Toggle(JsonObject input)
    {
        var option = Option(input["title"]?.ToString() ?? "", input["valueOn"]?.ToString() ?? "true");
        var element = new JsonObject { ["type"] = "checkboxes", ["options"] = new JsonArray(option) };
        if (Value(input) == (string?)option["value"])
        {
            element["initial_options"] = new JsonArray(option.DeepClone());
        }

        return element;
    }

    private static JsonObject Choices(JsonObject input)
    {
        var several = input["isMultiSelect"]?.GetValue<bool>() == true;
        var options = (input["choices"] as JsonArray ?? []).OfType<JsonObject>().Take(MostOptions)
            .Select(choice => Option(choice["title"]?.ToString() ?? "", choice["value"]?.ToString() ?? "")).ToList();
        if (options.Count == 0)
        {
            // Slack refuses an empty list; the one choice there is says so and is no value.
            options.Add(Option("(nothing to choose from)", ReadState.Nothing));
        }

        var asButtons = (string?)input["style"] == "expanded" && options.Count <= MostButtons;
        var element = new JsonObject
        {
            ["type"] = (asButtons, several) switch
            {
                (true, true) => "checkboxes",
                (true, false) => "radio_buttons",
                (false, true) => "multi_static_select",
                _ => "static_select",
            },
            ["options"] = new JsonArray([.. options]),
        };
        if (!asButtons)
        {
            Placeholder(element, input);
        }

        var values = several ? (Value(input) ?? "").Split(FormValues.Separator) : [Value(input) ?? ""];
        var chosen = options.FindAll(option => values.Contains((string?)option["value"]));
        if (chosen.Count > 0)
        {
            element[several ? "initial_options" : "initial_option"] = several ? new JsonArray([.. chosen.Select(option => option.DeepClone())]) : chosen[0].DeepClone();
        }

        return element;
    }

    /// <summary>A long title goes on in the description.</summary>
    private static JsonObject Option(string title, string value)
    {
        var option = new JsonObject { ["text"] = PlainText.Object(title, LongestOption), ["value"] = value };
        if (title.Length > LongestOption)
        {
            option["description"] = PlainText.Object("…" + title[(LongestOption - 1)..], LongestOption);
        }

        return option;
    }

    private static void Placeholder(JsonObject element, JsonObject input)
    {
        if (input["placeholder"]?.ToString() is { Length: > 0 } placeholder)
        {
            element["placeholder"] = PlainText.Object(placeholder, LongestPlaceholder);
        }
    }

    private static string? Value(JsonObject input) => input["value"]?.ToString() is { Length: > 0 } value ? value : null;

    private static JsonObject With(JsonObject element, string property, string? value)
    {
        if (value is not null)
        {
            element[property] = value;
        }

        return element;
    }
}

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
    private const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

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
            // Closing a window does not tell what stood in it ("view_closed" has no input), so each change is told as it is made: a
            // choice at once, a text by its characters. The other way Slack knows, on_enter_pressed, would ask people to press Enter, and
            // tells nothing of what was typed before the window went away. What is told is one small request to us, with all of the form
            // in it and nothing to show in return; KeepDrafts saves the last of them.
            ["dispatch_action"] = true,
        };
        return block;
    }

    private static JsonObject Element(JsonObject input) => (string?)input["type"] switch
    {
        "Input.ChoiceSet" => Choices(input),
        "Input.Toggle" => Toggle(input),
        "Input.Number" => Number(input),
        "Input.Date" => With(new JsonObject { ["type"] = "datepicker" }, "initial_date", Value(input) is { } day && DateOnly.TryParseExact(day, "yyyy-MM-dd", out _) ? day : null),
        "Input.Time" => With(new JsonObject { ["type"] = "timepicker" }, "initial_time", Value(input) is { } time && TimeOnly.TryParseExact(time, "HH:mm", out _) ? time : null),
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

    /// <summary>Decimals are taken unless both bounds are whole. Slack refuses a value outside of the bounds: it is shown, and the bound is left to the form's reader.</summary>
    private static JsonObject Number(JsonObject input)
    {
        var (least, most, typed) = (Read("min"), Read("max"), Read("value"));
        var element = new JsonObject
        {
            ["type"] = "number_input",
            ["is_decimal_allowed"] = !(IsWhole(least) && IsWhole(most) && (typed is null || IsWhole(typed))),
            ["dispatch_action_config"] = new JsonObject { ["trigger_actions_on"] = new JsonArray("on_character_entered") },
        };
        Placeholder(element, input);
        With(element, "min_value", typed < least ? null : Written(least));
        With(element, "max_value", typed > most ? null : Written(most));
        return With(element, "initial_value", Written(typed));

        decimal? Read(string name) => decimal.TryParse(input[name]?.ToString(), Plain, CultureInfo.InvariantCulture, out var number) ? number : null;

        static bool IsWhole(decimal? number) => number is { } n && n == decimal.Truncate(n);

        static string? Written(decimal? number) => number?.ToString(CultureInfo.InvariantCulture);
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
        var options = (input["choices"] as JsonArray ?? []).OfType<JsonObject>()
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
        };
        List(element, options);
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

    /// <summary>A list has a hundred options at most, or as many groups of a hundred.</summary>
    private static void List(JsonObject element, List<JsonObject> options)
    {
        if (options.Count <= MostOptions)
        {
            element["options"] = new JsonArray([.. options]);
            return;
        }

        element["option_groups"] = new JsonArray([.. options.Chunk(MostOptions).Select((group, i) => new JsonObject
        {
            ["label"] = PlainText.Object($"{(i * MostOptions) + 1} to {(i * MostOptions) + group.Length}", LongestOption),
            ["options"] = new JsonArray([.. group]),
        })]);
    }

    /// <summary>A long title goes on in the description.</summary>
    private static JsonObject Option(string title, string value)
    {
        var shown = Say.Shortened(title, LongestOption);
        var option = new JsonObject { ["text"] = PlainText.Object(shown, LongestOption), ["value"] = value };
        if (title.Length > LongestOption)
        {
            option["description"] = PlainText.Object("…" + title[(shown.Length - 1)..], LongestOption);
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

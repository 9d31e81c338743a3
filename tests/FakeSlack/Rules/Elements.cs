using System.Globalization;
using System.Text.Json.Nodes;
using static FakeSlack.Rules.Composition;
using static FakeSlack.Rules.Member;
using static FakeSlack.Rules.Must;

namespace FakeSlack.Rules;

/// <summary>What stands in blocks: buttons, inputs, menus, pictures ("Block elements").</summary>
internal static class Elements
{
    public static readonly string[] Menus =
    [
        "static_select", "external_select", "users_select", "conversations_select", "channels_select",
        "multi_static_select", "multi_external_select", "multi_users_select", "multi_conversations_select", "multi_channels_select",
    ];

    public static readonly string[] Pickers = ["checkboxes", "radio_buttons", "datepicker", "timepicker", "datetimepicker"];

    /// <summary>Which of them each kind of block takes.</summary>
    public static readonly string[] InActions = [.. Menus, .. Pickers, "button", "overflow", "workflow_button", "rich_text_input"];
    public static readonly string[] InInput =
        [.. Menus, .. Pickers, "plain_text_input", "rich_text_input", "number_input", "email_text_input", "url_text_input", "file_input"];
    public static readonly string[] BesideSection = [.. Menus, .. Pickers, "button", "overflow", "workflow_button", "image"];

    private const Surface NotHome = Surface.Message | Surface.Modal;
    private const Surface Views = Surface.Modal | Surface.Home;

    public static IReadOnlyDictionary<string, Kind> Kinds { get; } = new Dictionary<string, Kind>
    {
        ["button"] = Acting(
            Surface.Everywhere, May("confirm", Confirm), Needs("text", Plain(75)), May("value", BeText(2000)), May("url", BeAddress(3000)),
            May("style", Style), May("accessibility_label", BeText(75))),
        ["workflow_button"] = Acting(NotHome, Needs("text", Plain(75)), Needs("workflow", (_, _) => { }), May("style", Style), May("accessibility_label", BeText(75))),
        ["overflow"] = Acting(Surface.Everywhere, May("confirm", Confirm), Needs("options", BeList(Option(withUrl: true), 5))).With(ValuesDiffer),
        ["feedback_buttons"] = Acting(Surface.Message, Needs("positive_button", Feedback), Needs("negative_button", Feedback)),
        ["icon_button"] = Acting(
            Surface.Message, Needs("icon", BeOneOf("trash")), Needs("text", Plain(75)), May("value", BeText(2000)), May("accessibility_label", BeText(75)),
            May("visible_to_user_ids", BeList(BeText(255), 100)), May("confirm", Confirm)),
        ["image"] = new(Surface.Everywhere, BeObject(Type, Needs("alt_text", BeText(2000)), May("image_url", BeAddress(3000)), May("slack_file", SlackFile))
            .And((image, at) => ExactlyOne(image, at, "image_url", "slack_file"))),
        ["checkboxes"] = Focusing(
            Surface.Everywhere, Needs("options", BeList(Option(marked: true), 10)),
            May("initial_options", BeList(Option(marked: true), 10))).With(InitialsAreOptions).With(ValuesDiffer),
        ["radio_buttons"] = Focusing(
            Surface.Everywhere, Needs("options", BeList(Option(marked: true), 10)), May("initial_option", Option(marked: true))).With(InitialsAreOptions).With(ValuesDiffer),
        ["datepicker"] = Typing(Surface.Everywhere, May("initial_date", BeDate)),
        ["timepicker"] = Typing(Surface.Everywhere, May("initial_time", BeTime), May("timezone", BeZone)),
        ["datetimepicker"] = Focusing(NotHome, May("initial_date_time", BeWhole(1_000_000_000, 9_999_999_999))),
        ["plain_text_input"] = Dispatching(
            Surface.Everywhere, May("initial_value", BeText(3000, 0)), May("multiline", BeSwitch), May("min_length", BeWhole(0, 3000)),
            May("max_length", BeWhole(1, 3000))).With(TextFits),
        ["rich_text_input"] = Dispatching(
            Views, May("initial_value", (value, at) => BlockKinds.Any("rich_text")(value, at)), May("min_lines", BeWhole(1, 100)), May("max_lines", BeWhole(1, 100))),
        ["number_input"] = Dispatching(
            Surface.Modal, Needs("is_decimal_allowed", BeSwitch), May("initial_value", BeWrittenNumber), May("min_value", BeWrittenNumber),
            May("max_value", BeWrittenNumber)).With(NumberFits),
        ["email_text_input"] = Dispatching(Surface.Modal, May("initial_value", BeText(3000))),
        ["url_text_input"] = Dispatching(Surface.Modal, May("initial_value", BeText(3000))),
        ["file_input"] = Acting(Surface.Modal, May("filetypes", BeList(BeText(50), 100)), May("max_files", BeWhole(1, 10))),
        ["static_select"] = Typing(Surface.Everywhere, [.. Menu, May("initial_option", Option())]).With(Choices),
        ["multi_static_select"] = Several([.. Menu, May("initial_options", BeList(Option(), 100))]).With(Choices),
        ["external_select"] = Typing(Surface.Everywhere, May("initial_option", Option()), May("min_query_length", BeWhole(0, 150))),
        ["multi_external_select"] = Several(May("initial_options", BeList(Option(), 100)), May("min_query_length", BeWhole(0, 150))),
        ["users_select"] = Typing(Surface.Everywhere, May("initial_user", Id)),
        ["multi_users_select"] = Several(May("initial_users", BeList(Id, 100))),
        ["channels_select"] = Typing(Surface.Everywhere, May("initial_channel", Id), May("response_url_enabled", BeSwitch)),
        ["multi_channels_select"] = Several(May("initial_channels", BeList(Id, 100))),
        ["conversations_select"] = Typing(
            Surface.Everywhere, May("initial_conversation", Id), May("response_url_enabled", BeSwitch), May("default_to_current_conversation", BeSwitch),
            May("filter", Conversations)),
        ["multi_conversations_select"] = Several(May("initial_conversations", BeList(Id, 100)), May("default_to_current_conversation", BeSwitch), May("filter", Conversations)),
    };

    public static Rule Any(params string[] only) => (value, at) => BeAnyOf(Kinds, only)(value, at);

    private static Member Type => Needs("type", BeText(100));

    private static Rule Id => BeText(255);

    private static Rule Feedback => BeObject(Needs("text", Plain(75)), Needs("value", BeText(2000)), May("accessibility_label", BeText(75)));

    private static Rule Conversations => BeObject(
        May("include", BeList(BeOneOf("im", "mpim", "private", "public"), 4)), May("exclude_external_shared_channels", BeSwitch), May("exclude_bot_users", BeSwitch));

    private static Kind Acting(Surface on, params Member[] members) => new(on, BeObject([Type, May("action_id", BeText(255)), .. members]));

    private static Kind Focusing(Surface on, params Member[] members) => Acting(on, [May("focus_on_load", BeSwitch), May("confirm", Confirm), .. members]);

    private static Kind Typing(Surface on, params Member[] members) => Focusing(on, [May("placeholder", Plain(150)), .. members]);

    private static Kind Dispatching(Surface on, params Member[] members) =>
        Acting(on, [May("focus_on_load", BeSwitch), May("placeholder", Plain(150)), May("dispatch_action_config", Dispatch), .. members]);

    private static Kind Several(params Member[] members) => Typing(Surface.Everywhere, [May("max_selected_items", BeWhole(1, 100)), .. members]);

    private static Kind With(this Kind kind, Action<JsonObject, At> more) => kind with { Rule = kind.Rule.And(more) };

    private static void Choices(JsonObject menu, At at)
    {
        ExactlyOne(menu, at, "options", "option_groups");
        InitialsAreOptions(menu, at);
        ValuesDiffer(menu, at);
    }

    private static void TextFits(JsonObject input, At at)
    {
        var (least, most) = (Number(input["min_length"]) ?? 0, Number(input["max_length"]) ?? 3000);
        if (least > most)
        {
            at.Refuse("bad_value", "min_length is above max_length");
        }

        if (Text(input["initial_value"]) is { } typed && typed.Length > most)
        {
            at.Under("initial_value").Refuse("too_long", $"must be less than {most + 1} characters");
        }
    }

    private static void NumberFits(JsonObject input, At at)
    {
        var (least, most, typed) = (Written("min_value"), Written("max_value"), Written("initial_value"));
        if (least > most)
        {
            at.Refuse("bad_value", "min_value is above max_value");
        }

        if (typed < least || typed > most || (input["is_decimal_allowed"]?.ToString() == "false" && typed is { } number && number != Math.Truncate(number)))
        {
            at.Under("initial_value").Refuse("bad_value", "the initial value is none that could be typed");
        }

        double? Written(string name) => double.TryParse(Text(input[name]), CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}

using System.Text.Json.Nodes;
using static FakeSlack.Rules.Member;
using static FakeSlack.Rules.Must;

namespace FakeSlack.Rules;

/// <summary>The objects that blocks and elements are made of ("Composition objects").</summary>
internal static class Composition
{
    public const int LongestText = 3000;
    private const int MostChoices = 100;

    public static Rule Style { get; } = BeOneOf("primary", "danger");

    public static Rule Confirm { get; } = BeObject(
        May("title", Plain(100)), Needs("text", Words(300)), May("confirm", Plain(30)), May("deny", Plain(30)), May("style", Style));

    public static Rule Dispatch { get; } = BeObject(Needs("trigger_actions_on", BeList(BeOneOf("on_enter_pressed", "on_character_entered"), 2)));

    public static Rule SlackFile { get; } = BeObject(May("id", BeText(255)), May("url", BeAddress(LongestText))).And((file, at) => ExactlyOne(file, at, "id", "url"));

    public static Rule Plain(int most) => BeObject(Needs("type", BeOneOf("plain_text")), Needs("text", BeText(Math.Min(most, LongestText))), May("emoji", BeSwitch));

    public static Rule Marked(int most) => BeObject(Needs("type", BeOneOf("mrkdwn")), Needs("text", BeText(Math.Min(most, LongestText))), May("verbatim", BeSwitch));

    public static Rule Words(int most) => (value, at) => (Text((value as JsonObject)?["type"]) == "mrkdwn" ? Marked(most) : Plain(most))(value, at);

    /// <summary>The value's limit is 150 by the option object's page; the types package still says 75.</summary>
    public static Rule Option(bool marked = false, bool withUrl = false) => BeObject(
    [
        Needs("text", marked ? Words(75) : Plain(75)), Needs("value", BeText(150)), May("description", marked ? Words(75) : Plain(75)),
        .. withUrl ? [May("url", BeAddress(LongestText))] : Array.Empty<Member>(),
    ]);

    /// <summary>The choices of a menu: a list, or groups of lists.</summary>
    public static Member[] Menu { get; } =
    [
        May("options", BeList(Option(), MostChoices)),
        May("option_groups", BeList(BeObject(Needs("label", Plain(75)), Needs("options", BeList(Option(), MostChoices))), MostChoices)),
    ];

    public static void ExactlyOne(JsonObject map, At at, string one, string other)
    {
        if (map.ContainsKey(one) == map.ContainsKey(other))
        {
            at.Refuse("missing", $"needs exactly one of {one}, {other}");
        }
    }

    /// <summary>What is chosen at first has to be one of the options, exactly as it stands there.</summary>
    public static void InitialsAreOptions(JsonObject element, At at)
    {
        var options = (element["options"] as JsonArray ?? [])
            .Concat((element["option_groups"] as JsonArray ?? []).OfType<JsonObject>().SelectMany(group => group["options"] as JsonArray ?? [])).ToList();
        if (element["initial_option"] is { } one)
        {
            IsOption(one, at.Under("initial_option"));
        }

        if (element["initial_options"] is JsonArray several)
        {
            for (var i = 0; i < several.Count; i++)
            {
                IsOption(several[i], at.Under("initial_options").Under(i));
            }

            if (several.Count > 0 && several.Select(option => option?.ToJsonString()).Distinct().Count() != several.Count)
            {
                at.Under("initial_options").Refuse("not_unique", "an option is chosen twice");
            }
        }

        void IsOption(JsonNode? chosen, At where)
        {
            if (!options.Exists(option => JsonNode.DeepEquals(option, chosen)))
            {
                where.Refuse("not_an_option", "must exactly match one of the options");
            }
        }
    }

    public static void ValuesDiffer(JsonObject element, At at)
    {
        var values = (element["options"] as JsonArray ?? []).Select(option => Text((option as JsonObject)?["value"])).ToList();
        if (values.Distinct().Count() != values.Count)
        {
            at.Under("options").Refuse("not_unique", "two options have the same value");
        }
    }
}

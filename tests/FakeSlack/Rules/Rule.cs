using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FakeSlack.Rules;

/// <summary>What a value has to be.</summary>
internal delegate void Rule(JsonNode? value, At at);

/// <summary>The rules others are made of. Lengths are counted in UTF-16 units of what is sent, the strictest reading of Slack's "characters".</summary>
internal static class Must
{
    public static Rule BeText(int most, int least = 1) => (value, at) =>
    {
        if (Text(value) is not { } text)
        {
            at.Refuse("wrong_kind", "must be a string");
        }
        else if (text.Length > most)
        {
            at.Refuse("too_long", $"must be less than {most + 1} characters");
        }
        else if (text.Length < least)
        {
            at.Refuse("too_short", $"must be more than {least - 1} characters");
        }
        else if (!IsWhole(text))
        {
            at.Refuse("bad_value", "a character is torn apart");
        }
    };

    public static Rule BeOneOf(params string[] words) => (value, at) =>
    {
        if (!words.Contains(Text(value)))
        {
            at.Refuse("not_one_of", $"must be one of {string.Join(", ", words)}");
        }
    };

    public static Rule BeAddress(int most) => (value, at) =>
    {
        BeText(most)(value, at);
        if (Text(value) is { } text && !(Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" or "mailto"))
        {
            at.Refuse("bad_value", "must be an absolute web address");
        }
    };

    public static Rule BeDate { get; } = Written("yyyy-MM-dd", text => DateOnly.TryParseExact(text, "yyyy-MM-dd", out _));

    public static Rule BeTime { get; } = Written("HH:mm", text => TimeOnly.TryParseExact(text, "HH:mm", out _));

    public static Rule BeZone { get; } = Written("an IANA time zone", text => TimeZoneInfo.TryConvertIanaIdToWindowsId(text, out _) || TimeZoneInfo.TryFindSystemTimeZoneById(text, out _));

    /// <summary>Numbers in number inputs are strings.</summary>
    public static Rule BeWrittenNumber { get; } = Written("a number", text => double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _));

    public static Rule BeSwitch { get; } = (value, at) =>
    {
        if (value?.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False))
        {
            at.Refuse("wrong_kind", "must be a boolean");
        }
    };

    public static Rule BeNumber { get; } = (value, at) =>
    {
        if (Number(value) is null)
        {
            at.Refuse("wrong_kind", "must be a number");
        }
    };

    public static Rule BeWhole(long least, long most) => (value, at) =>
    {
        if (Number(value) is not { } number || number != Math.Truncate(number) || number < least || number > most)
        {
            at.Refuse("bad_value", $"must be a whole number from {least} to {most}");
        }
    };

    public static Rule BeList(Rule each, int most, int least = 1) => (value, at) =>
    {
        if (value is not JsonArray list)
        {
            at.Refuse("wrong_kind", "must be an array");
            return;
        }

        if (list.Count > most)
        {
            at.Refuse("too_many", $"no more than {most} items allowed");
        }

        if (list.Count < least)
        {
            at.Refuse("too_few", $"no fewer than {least} items allowed");
        }

        for (var i = 0; i < list.Count; i++)
        {
            each(list[i], at.Under(i));
        }
    };

    public static Rule BeObject(params Member[] members) => (value, at) =>
    {
        if (value is not JsonObject map)
        {
            at.Refuse("wrong_kind", "must be an object");
            return;
        }

        foreach (var (name, _) in map.Where(member => Array.TrueForAll(members, known => known.Name != member.Key)))
        {
            at.Under(name).Refuse("unknown_property", $"invalid additional property: {name}");
        }

        foreach (var member in members)
        {
            if (map.TryGetPropertyValue(member.Name, out var own))
            {
                member.Rule(own, at.Under(member.Name));
            }
            else if (member.IsRequired)
            {
                at.Refuse("missing", $"missing required field: {member.Name}");
            }
        }
    };

    /// <summary>A further rule for what is the right kind of object already.</summary>
    public static Rule And(this Rule rule, Action<JsonObject, At> more) => (value, at) =>
    {
        rule(value, at);
        if (value is JsonObject map)
        {
            more(map, at);
        }
    };

    public static Rule BeAnyOf(IReadOnlyDictionary<string, Kind> kinds, params string[] only) => (value, at) =>
    {
        if (value is not JsonObject map)
        {
            at.Refuse("wrong_kind", "must be an object");
        }
        else if (Text(map["type"]) is not { } type)
        {
            at.Refuse("missing", "missing required field: type");
        }
        else if (!kinds.TryGetValue(type, out var kind) || (only.Length > 0 && !only.Contains(type)))
        {
            at.Under("type").Refuse("unknown_type", $"unsupported type: {type}");
        }
        else if (!kind.On.HasFlag(at.Surface))
        {
            at.Under("type").Refuse("wrong_surface", $"{type} is not allowed in a {at.Surface}");
        }
        else
        {
            kind.Rule(map, at);
        }
    };

    public static string? Text(JsonNode? value) => value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    public static double? Number(JsonNode? value) => value?.GetValueKind() == JsonValueKind.Number ? value.Deserialize<double>() : null;

    private static Rule Written(string how, Func<string, bool> isRight) => (value, at) =>
    {
        if (Text(value) is not { } text || !isRight(text))
        {
            at.Refuse("bad_value", $"must be {how}");
        }
    };

    private static bool IsWhole(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>A member of an object.</summary>
internal sealed record Member(string Name, Rule Rule, bool IsRequired)
{
    public static Member Needs(string name, Rule rule) => new(name, rule, true);

    public static Member May(string name, Rule rule) => new(name, rule, false);
}

/// <summary>One type of block or element: where it may stand and what it has.</summary>
internal sealed record Kind(Surface On, Rule Rule);

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace FakeSlack.Api;

/// <summary>The arguments of a call, checked against those the method knows.</summary>
internal sealed class Arguments
{
    private readonly JsonObject _values = [];

    public JsonObject All => _values;

    public string? Text(string name) => (string?)_values[name];

    public bool? Flag(string name) => (bool?)_values[name];

    public int? Number(string name) => (int?)_values[name];

    public JsonNode? Json(string name) => _values[name];

    /// <summary>What is wrong with what was sent; empty when nothing is.</summary>
    public List<string> Take(ApiMethod method, JsonObject sent, bool isJson)
    {
        var faults = new List<string>();
        // Slack's own client sends team_id with every call; most ignore it.
        var known = method.Arguments.Append("team_id").Distinct().Select(Known.Parse).ToDictionary(argument => argument.Name);
        foreach (var (name, value) in sent.Where(argument => argument.Value is not null))
        {
            if (!known.TryGetValue(name, out var argument))
            {
                faults.Add($"{method.Name} has no argument {name}");
            }
            else if (Read(argument, value!, isJson) is { } read)
            {
                _values[name] = read;
            }
            else
            {
                faults.Add($"{name} is not a {argument.Kind}");
            }
        }

        faults.AddRange(known.Values.Where(argument => argument.IsRequired && !_values.ContainsKey(argument.Name) && !sent.ContainsKey(argument.Name)).Select(argument => $"missing required field: {argument.Name}"));
        return faults;
    }

    /// <summary>Null: a body that is not what its content type says.</summary>
    public static async Task<(JsonObject? Sent, bool IsJson)> ReadAsync(HttpRequest request)
    {
        if (request.HasFormContentType)
        {
            var form = await request.ReadFormAsync();
            return (new JsonObject(form.Select(field => KeyValuePair.Create<string, JsonNode?>(field.Key, field.Value.ToString()))), false);
        }

        if (request.Method == "GET" || request.ContentLength is null or 0)
        {
            return (new JsonObject(request.Query.Select(field => KeyValuePair.Create<string, JsonNode?>(field.Key, field.Value.ToString()))), false);
        }

        try
        {
            return request.HasJsonContentType() ? (await JsonNode.ParseAsync(request.Body) as JsonObject, true) : (null, false);
        }
        catch (JsonException)
        {
            return (null, true);
        }
    }

    private static JsonNode? Read(Known argument, JsonNode value, bool isJson)
    {
        var text = value.GetValueKind() == JsonValueKind.String ? (string)value! : null;
        switch (argument.Kind)
        {
            case "flag" when isJson && value.GetValueKind() is JsonValueKind.True or JsonValueKind.False:
                return value.DeepClone();
            case "flag" when text is "true" or "1":
                return true;
            case "flag" when text is "false" or "0":
                return false;
            case "number" when isJson && value is JsonValue number && number.TryGetValue<int>(out var given):
                return given;
            case "number" when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var given):
                return given;
            case "json" when isJson && value is JsonArray or JsonObject:
                return value.DeepClone();
            case "json" when text is not null:
                return Parse(text);
            case "text" when text is not null:
                return text;
            default:
                return null;
        }
    }

    private static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Known(string Name, string Kind, bool IsRequired)
    {
        public static Known Parse(string written)
        {
            var parts = written.TrimEnd('!').Split(':');
            return new Known(parts[0], parts.Length > 1 ? parts[1] : "text", written.EndsWith('!'));
        }
    }
}

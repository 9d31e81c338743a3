using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bot.Cards.Expressions;

internal enum ValueKind { Undefined, Null, Boolean, Number, Text, List, Map, Failure }

/// <summary>What an expression yields; the odd ones: Undefined is what is not there at all, Failure carries a message instead of a value.</summary>
internal readonly struct Value
{
    private readonly double number;
    private readonly object? content;

    private Value(ValueKind kind, double number = 0, object? content = null)
    {
        Kind = kind;
        this.number = number;
        this.content = content;
    }

    public static Value Undefined => default;
    public static Value Null => new(ValueKind.Null);
    public static Value True => new(ValueKind.Boolean, 1);
    public static Value False => new(ValueKind.Boolean);

    public ValueKind Kind { get; }
    public bool IsFailure => Kind == ValueKind.Failure;
    public bool IsMissing => Kind is ValueKind.Undefined or ValueKind.Null;
    public bool IsNumber => Kind == ValueKind.Number;
    public bool IsText => Kind == ValueKind.Text;
    public bool IsList => Kind == ValueKind.List;
    public bool IsInteger => IsNumber && double.IsInteger(number);

    public double Number => number;
    public bool Boolean => number != 0;

    /// <summary>The text, or the message of a failure.</summary>
    public string Text => (string)content!;

    /// <summary>Everything is true except false, null and what is not there: 0 and '' are true.</summary>
    public bool IsTrue => Kind == ValueKind.Boolean ? Boolean : !IsMissing;

    public static Value Of(bool value) => value ? True : False;
    public static Value Of(double value) => new(ValueKind.Number, value);
    public static Value Of(string value) => new(ValueKind.Text, 0, value);
    public static Value Of(Value[] items) => new(ValueKind.List, 0, items);
    public static Value Of(KeyValuePair<string, Value>[] members) => new(ValueKind.Map, 0, members);
    public static Value Failure(string message) => new(ValueKind.Failure, 0, message);

    public static Value Of(JsonNode? node) => node switch
    {
        null => Null,
        JsonArray array => new Value(ValueKind.List, 0, array),
        JsonObject map => new Value(ValueKind.Map, 0, map),
        _ => OfScalar(node),
    };

    /// <summary>The items of a list; arrays from the data are wrapped, never copied deeply.</summary>
    public Value[] Items() => content is JsonArray array ? [.. array.Select(Of)] : (Value[])content!;

    /// <summary>The members of a map, in their order.</summary>
    public KeyValuePair<string, Value>[] Members() => content is JsonObject map
        ? [.. map.Select(member => KeyValuePair.Create(member.Key, Of(member.Value)))]
        : (KeyValuePair<string, Value>[])content!;

    public int Count => content switch
    {
        JsonArray array => array.Count,
        JsonObject map => map.Count,
        Value[] items => items.Length,
        KeyValuePair<string, Value>[] members => members.Length,
        string text => text.Length,
        _ => 0,
    };

    /// <summary>The item at a position, or Undefined outside the list.</summary>
    public Value Item(double position) =>
        position < 0 || position >= Count ? Undefined
        : content is JsonArray array ? Of(array[(int)position])
        : ((Value[])content!)[(int)position];

    /// <summary>The member of that name; case does not matter and the first in order wins, as in the reference.</summary>
    public Value Member(string name)
    {
        switch (content)
        {
            case JsonObject map:
                foreach (var (key, value) in map)
                    if (key.Equals(name, StringComparison.OrdinalIgnoreCase))
                        return Of(value);
                return Undefined;
            case KeyValuePair<string, Value>[] members:
                return Array.Find(members, member => member.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
            case JsonArray or Value[] when int.TryParse(name, out var position) && name == $"{position}":
                return Item(position);
            case string text when IsText && int.TryParse(name, out var position) && name == $"{position}" && position >= 0 && position < text.Length:
                return Of(text[position].ToString());
            default:
                return Undefined;
        }
    }

    /// <summary>Equal by worth: maps and lists by their content, null equals what is not there.</summary>
    public bool IsEqualTo(Value other)
    {
        if (IsMissing || other.IsMissing)
            return IsMissing && other.IsMissing;
        if (Kind != other.Kind)
            return false;
        return Kind switch
        {
            ValueKind.Boolean => Boolean == other.Boolean,
            ValueKind.Number => Number == other.Number || Math.Abs(Number - other.Number) < double.BitIncrement(1) - 1,
            ValueKind.Text => Text == other.Text,
            ValueKind.List => Count == other.Count && Items().Zip(other.Items()).All(pair => pair.First.IsEqualTo(pair.Second)),
            ValueKind.Map => Count == other.Count && SameMembers(other),
            _ => false,
        };
    }

    /// <summary>The same scalar, or the very same list or map: what indexOf, union and unique ask for.</summary>
    public bool IsSameAs(Value other) =>
        Kind == other.Kind && (Kind is ValueKind.List or ValueKind.Map ? ReferenceEquals(content, other.content) : Kind == ValueKind.Undefined || IsEqualTo(other));

    /// <summary>A fresh JSON node; what has no JSON form (Undefined, NaN, infinity) becomes null.</summary>
    public JsonNode? ToNode() => Kind switch
    {
        ValueKind.Boolean => JsonValue.Create(Boolean),
        // Parsed rather than created, so that a reader may ask for int as well as for double.
        ValueKind.Number => double.IsFinite(number) ? JsonNode.Parse(NumberText.Of(number)) : null,
        ValueKind.Text => JsonValue.Create(Text),
        ValueKind.List => content is JsonArray array ? array.DeepClone() : new JsonArray([.. Items().Select(item => item.ToNode())]),
        ValueKind.Map => content is JsonObject map ? map.DeepClone() : new JsonObject(Members().Select(member => KeyValuePair.Create(member.Key, member.Value.ToNode()))),
        _ => null,
    };

    private static Value OfScalar(JsonNode node)
    {
        var scalar = node.AsValue();
        switch (scalar.GetValueKind())
        {
            case JsonValueKind.True:
                return True;
            case JsonValueKind.False:
                return False;
            case JsonValueKind.Number:
                return Of(scalar.TryGetValue(out double number) ? number : scalar.TryGetValue(out int whole) ? whole : double.Parse(scalar.ToJsonString()));
            case JsonValueKind.String:
                return Of(scalar.TryGetValue(out string? text) ? text : JsonSerializer.Deserialize<string>(scalar.ToJsonString())!);
            default:
                return Null;
        }
    }

    private bool SameMembers(Value other)
    {
        var theirs = other.Members().ToDictionary(member => member.Key, member => member.Value);
        return Members().All(mine => theirs.TryGetValue(mine.Key, out var value) && mine.Value.IsEqualTo(value));
    }
}

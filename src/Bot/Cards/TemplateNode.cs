using System.Text.Json;
using System.Text.Json.Nodes;
using Bot.Cards.Expressions;

namespace Bot.Cards;

/// <summary>A place in a card: its name and a JSON pointer.</summary>
internal sealed record Place(string Card, string Pointer)
{
    public Place Within(string name) => this with { Pointer = $"{Pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}" };

    public Value Demand(Value value) => value.IsFailure ? throw new CardExpansionException(Card, Pointer, value.Text) : value;
}

/// <summary>A part of a parsed card.</summary>
internal abstract class TemplateNode
{
    /// <summary>Stands for nothing at all, which a property leaves out and an array shows as null; a real null is the other way round.</summary>
    public static readonly JsonNode Nothing = new JsonObject();

    public abstract JsonNode? Expand(Scope scope);
}

/// <summary>JSON without expressions, the same every time.</summary>
internal sealed class ConstantNode(JsonElement json) : TemplateNode
{
    public override JsonNode? Expand(Scope scope) => json.ValueKind switch
    {
        JsonValueKind.Object => JsonObject.Create(json),
        JsonValueKind.Array => JsonArray.Create(json),
        JsonValueKind.Null => null,
        _ => JsonValue.Create(json),
    };
}

/// <summary>A text with expressions, or a single expression, which keeps its type.</summary>
internal sealed class ExpressionNode(Expression expression, Place place) : TemplateNode
{
    public override JsonNode? Expand(Scope scope)
    {
        var value = place.Demand(expression.Evaluate(new Context(scope, null, ShowsMissing: true)));
        return value.Kind == ValueKind.Undefined ? Nothing : value.ToNode();
    }
}

/// <summary>An array; what expands to null vanishes, what expands to an array is laid flat into it.</summary>
internal sealed class ArrayNode(TemplateNode[] items) : TemplateNode
{
    public override JsonNode Expand(Scope scope)
    {
        var result = new JsonArray();
        foreach (var item in items)
        {
            switch (item.Expand(scope))
            {
                case null:
                    break;
                case JsonArray inner:
                    var moved = inner.ToArray();
                    inner.Clear();
                    foreach (var node in moved)
                        result.Add(node);
                    break;
                case var node:
                    result.Add(ReferenceEquals(node, Nothing) ? null : node);
                    break;
            }
        }
        return result;
    }
}

/// <summary>An object: <c>$data</c> repeats it for a list or narrows the scope, <c>$when</c> keeps it if true.</summary>
internal sealed class ObjectNode(KeyValuePair<string, TemplateNode>[] members, Expression? data, Expression? when, Place place) : TemplateNode
{
    public override JsonNode? Expand(Scope scope)
    {
        var source = data is null ? Value.Undefined : place.Within("$data").Demand(data.Evaluate(new Context(scope, null, ShowsMissing: true)));
        if (!source.IsList)
            return ExpandOne(source.Kind == ValueKind.Undefined ? scope : scope with { Data = source });

        var items = source.Items();
        var copies = new List<JsonNode>(items.Length);
        for (var i = 0; i < items.Length; i++)
            if (ExpandOne(scope with { Data = items[i], Index = Value.Of((double)i) }) is { } copy)
                copies.Add(copy);
        return copies switch { [] => null, [var only] => only, _ => new JsonArray([.. copies]) };
    }

    private JsonObject? ExpandOne(Scope scope)
    {
        if (when is not null && when.Evaluate(new Context(scope, null, ShowsMissing: false)) is not { Kind: ValueKind.Boolean, Boolean: true })
            return null;
        var result = new JsonObject();
        foreach (var (name, member) in members)
            if (member.Expand(scope) is var node && !ReferenceEquals(node, Nothing))
                result[name] = node;
        return result;
    }
}

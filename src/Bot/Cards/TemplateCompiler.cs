using System.Text.Json;
using System.Text.Json.Nodes;
using Bot.Cards.Expressions;

namespace Bot.Cards;

/// <summary>Turns a card's JSON into nodes, noting what it reads from the data.</summary>
/// <param name="escape">For what goes into Markdown; null leaves it as it is.</param>
internal sealed class TemplateCompiler(bool lenient, Func<string, string>? escape = null)
{
    /// <summary>What the platforms make of a part of the card: Markdown is a TextBlock's text, and the title and value of a FactSet's facts.</summary>
    private enum ReadAs
    {
        Plain,
        Markdown,
        Facts,
    }

    private static readonly Expression Never = new Constant(Value.False);
    private static readonly HashSet<string> Reserved = ["$data", "$when", "$root", "$index", "$host", "$_acTemplateVersion"];

    private readonly List<CardReference> references = [];

    public IReadOnlyList<CardReference> References => references;

    public TemplateNode Compile(JsonElement json, Place place, IReadOnlyList<string> scope) => Compile(json, place, scope, ReadAs.Plain);

    private TemplateNode Compile(JsonElement json, Place place, IReadOnlyList<string> scope, ReadAs readAs) => json.ValueKind switch
    {
        JsonValueKind.Object => CompileObject(json, place, scope, readAs),
        JsonValueKind.Array => CompileArray(json, place, scope, readAs),
        JsonValueKind.String when Read(json, place, scope, readAs == ReadAs.Markdown ? escape : null) is { } expression => new ExpressionNode(expression, place),
        _ => new ConstantNode(json),
    };

    private static ReadAs Within(string? type, ReadAs around, string property) => (type, property) switch
    {
        ("TextBlock", "text") => ReadAs.Markdown,
        ("FactSet", "facts") => ReadAs.Facts,
        (_, "title" or "value") when around == ReadAs.Facts => ReadAs.Markdown,
        _ => ReadAs.Plain,
    };

    private TemplateNode CompileArray(JsonElement json, Place place, IReadOnlyList<string> scope, ReadAs readAs)
    {
        var items = json.EnumerateArray().Select((item, i) => Compile(item, place.Within($"{i}"), scope, readAs)).ToArray();
        // An inner array is laid flat and a null vanishes, so only the simple items may be copied as they are.
        var isConstant = Array.TrueForAll(items, item => item is ConstantNode)
            && !json.EnumerateArray().Any(item => item.ValueKind is JsonValueKind.Null or JsonValueKind.Array);
        return isConstant ? new ConstantNode(json) : new ArrayNode(items);
    }

    private TemplateNode CompileObject(JsonElement json, Place place, IReadOnlyList<string> scope, ReadAs readAs)
    {
        var type = json.TryGetProperty("type", out var named) && named.ValueKind == JsonValueKind.String ? named.GetString() : null;
        var data = json.TryGetProperty("$data", out var source) ? CompileData(source, place.Within("$data"), ref scope) : null;
        var when = json.TryGetProperty("$when", out var condition) ? CompileWhen(condition, place.Within("$when"), scope) : null;
        var members = new List<KeyValuePair<string, TemplateNode>>();
        var isConstant = true;
        foreach (var property in json.EnumerateObject())
        {
            isConstant &= !Reserved.Contains(property.Name);
            if (!Reserved.Contains(property.Name))
                members.Add(KeyValuePair.Create(property.Name, Compile(property.Value, place.Within(property.Name), scope, Within(type, readAs, property.Name))));
        }
        return isConstant && members.TrueForAll(member => member.Value is ConstantNode) ? new ConstantNode(json) : new ObjectNode([.. members], data, when, place);
    }

    private Expression CompileData(JsonElement source, Place place, ref IReadOnlyList<string> scope)
    {
        if (source.ValueKind == JsonValueKind.String && Read(source, place, scope) is { } expression)
        {
            scope = [.. scope, PathReader.Read(expression, []) ?? source.GetString()!];
            return expression;
        }
        if (HoldsExpression(source))
            throw new CardTemplateException(place.Card, place.Pointer, "data written into the card cannot have ${...} inside; use a single ${...} for the whole $data");
        scope = [.. scope, source.GetRawText()];
        return new Constant(Value.Of(JsonNode.Parse(source.GetRawText())));
    }

    /// <summary>Only an expression that yields a boolean can be true; a literal drops the object unless it is empty, which the reference ignores.</summary>
    private Expression? CompileWhen(JsonElement condition, Place place, IReadOnlyList<string> scope)
    {
        if (condition.ValueKind == JsonValueKind.String && Read(condition, place, scope) is { } expression)
            return expression is Text ? Never : expression;
        var isEmpty = condition.ValueKind switch
        {
            JsonValueKind.Null or JsonValueKind.False => true,
            JsonValueKind.String => condition.GetString()!.Length == 0,
            JsonValueKind.Number => condition.GetDouble() == 0,
            _ => false,
        };
        return isEmpty ? null : Never;
    }

    private Expression? Read(JsonElement text, Place place, IReadOnlyList<string> scope, Func<string, string>? safely = null)
    {
        try
        {
            if (TextTemplate.Parse(text.GetString()!, lenient, safely) is not { } expression)
                return null;
            var paths = new List<string>();
            PathReader.Read(expression, paths);
            references.AddRange(paths.Select(path => new CardReference(place.Pointer, scope, path)));
            return expression;
        }
        catch (ExpressionException problem)
        {
            throw new CardTemplateException(place.Card, place.Pointer, problem.Message, problem);
        }
    }

    private static bool HoldsExpression(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString()!.Contains("${", StringComparison.Ordinal),
        JsonValueKind.Array => json.EnumerateArray().Any(HoldsExpression),
        JsonValueKind.Object => json.EnumerateObject().Any(property => HoldsExpression(property.Value)),
        _ => false,
    };
}

namespace Bot.Cards.Expressions;

/// <summary>Functions that look at each item in turn: <c>select(people, p, p.name)</c>.</summary>
internal static class LambdaFunctions
{
    public static IEnumerable<Function> All =>
    [
        new("select", Signature.Lambda, Kinds.List, Select),
        new("foreach", Signature.Lambda, Kinds.List, Select),
        new("where", Signature.Lambda, Kinds.List, Where),
        new("any", Signature.Lambda, Kinds.Boolean, (arguments, at) => Over(arguments, at, (_, items) => Value.Of(Array.Exists(items, item => Holds(arguments, at, item))))),
        new("all", Signature.Lambda, Kinds.Boolean, (arguments, at) => Over(arguments, at, (_, items) => Value.Of(Array.TrueForAll(items, item => Holds(arguments, at, item))))),
    ];

    private static Value Select(IReadOnlyList<Expression> arguments, Context at) => Over(arguments, at, (_, items) =>
    {
        var results = Array.ConvertAll(items, item => arguments[2].Evaluate(at.With(Variable(arguments), item)));
        var failed = Array.FindIndex(results, result => result.IsFailure);
        return failed < 0 ? Value.Of(results) : results[failed];
    });

    private static Value Where(IReadOnlyList<Expression> arguments, Context at) => Over(arguments, at, (source, items) =>
    {
        var kept = Array.FindAll(items, item => Holds(arguments, at, item));
        return source.IsList ? Value.Of(kept) : Value.Of([.. kept.Select(entry => KeyValuePair.Create(entry.Member("key").Text, entry.Member("value")))]);
    });

    private static Value Over(IReadOnlyList<Expression> arguments, Context at, Func<Value, Value[], Value> look)
    {
        var source = arguments[0].Evaluate(at);
        return source.Kind switch
        {
            ValueKind.Failure => source,
            ValueKind.List => look(source, source.Items()),
            ValueKind.Map => look(source, [.. source.Members().Select(Entry)]),
            _ => Value.Failure($"{arguments[0]} is neither a list nor a map."),
        };
    }

    private static Value Entry(KeyValuePair<string, Value> member) =>
        Value.Of([KeyValuePair.Create("key", Value.Of(member.Key)), KeyValuePair.Create("value", member.Value)]);

    private static bool Holds(IReadOnlyList<Expression> arguments, Context at, Value item)
    {
        var value = arguments[2].Evaluate(at.With(Variable(arguments), item));
        return value.IsTrue && !value.IsFailure;
    }

    private static string Variable(IReadOnlyList<Expression> arguments) => ((PropertyPath)arguments[1]).PlainName!;
}

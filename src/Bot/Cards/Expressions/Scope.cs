namespace Bot.Cards.Expressions;

/// <summary>What <c>$root</c>, <c>$data</c>, <c>$index</c> and <c>$host</c> stand for at one place of the card.</summary>
internal sealed record Scope(Value Root, Value Data, Value Index, Value Host)
{
    public Value this[string name] => name.ToUpperInvariant() switch
    {
        "$DATA" => Data,
        "$ROOT" => Root,
        "$INDEX" => Index,
        "$HOST" => Host,
        _ => Value.Undefined,
    };
}

/// <summary>The variable of a lambda and the item it holds.</summary>
internal sealed record Local(string Name, Value Item, Local? Outer);

/// <summary>Where an expression is evaluated; with <paramref name="ShowsMissing"/> a property that is not there reads as its own source, <c>${name}</c>.</summary>
internal readonly record struct Context(Scope Scope, Local? Locals, bool ShowsMissing)
{
    public Context Strict => this with { ShowsMissing = false };

    public Context With(string name, Value item) => this with { Locals = new Local(name, item, Locals) };

    public Value Find(ReadOnlySpan<string> segments)
    {
        for (var local = Locals; local is not null; local = local.Outer)
        {
            if (!local.Name.Equals(segments[0], StringComparison.OrdinalIgnoreCase))
                continue;
            var found = Walk(local.Item, segments[1..]);
            if (found.Kind != ValueKind.Undefined)
                return found;
        }
        return segments[0].StartsWith('$') ? Walk(Scope[segments[0]], segments[1..]) : Walk(Scope.Data, segments);
    }

    public static Value Walk(Value from, ReadOnlySpan<string> segments)
    {
        foreach (var segment in segments)
        {
            from = from.IsList && NumberText.Leading(segment, whole: true) is { } position ? from.Item(position) : from.Member(segment);
            if (from.Kind == ValueKind.Undefined)
                break;
        }
        return from;
    }
}

namespace Bot.Cards.Expressions;

/// <summary>Lists, and maps seen as lists of key and value.</summary>
internal static class ListFunctions
{
    /// <summary>Lengths come from data that people write; a card has no use for more.</summary>
    private const int LongestRange = 10_000;

    public static IEnumerable<Function> All =>
    [
        Function.Of("count", Signature.Of(Kinds.Text | Kinds.List), Kinds.Number, Demand.Container, values => Value.Of((double)values[0].Count)),
        Function.Of("first", Signature.Of(Kinds.Any), Kinds.Any, Demand.Nothing, values => End(values[0], 0)),
        Function.Of("last", Signature.Of(Kinds.Any), Kinds.Any, Demand.Nothing, values => End(values[0], values[0].Count - 1)),
        new("contains", Signature.Of(Kinds.Any, Kinds.Any), Kinds.Boolean, Contains),
        Function.Of("join", Signature.Of(Kinds.List, Kinds.Text).Maybe(Kinds.Text), Kinds.Text, Demand.Nothing, Join),
        Function.Of("indexOf", Signature.Of(Kinds.Text | Kinds.List, Kinds.Any), Kinds.Number, Demand.Nothing,
            values => Position("indexOf", values, (text, part) => text.IndexOf(part, StringComparison.Ordinal), Array.FindIndex)),
        Function.Of("lastIndexOf", Signature.Of(Kinds.Text | Kinds.List, Kinds.Any), Kinds.Number, Demand.Nothing,
            values => Position("lastIndexOf", values, (text, part) => text.LastIndexOf(part, StringComparison.Ordinal), Array.FindLastIndex)),
        Function.Of("createArray", Signature.Many(0, Kinds.Any), Kinds.List, Demand.Nothing, values => Value.Of(values)),
        Function.Of("range", Signature.Of(Kinds.Number, Kinds.Number), Kinds.List, Demand.Integer, Range),
        Function.Of("union", Signature.Many(1, Kinds.List), Kinds.List, Demand.List, values => Value.Of(Distinct(values.SelectMany(list => list.Items())))),
        Function.Of("intersection", Signature.Many(1, Kinds.List), Kinds.List, Demand.List, values => Value.Of(Distinct(
            values[0].Items().Where(item => Array.TrueForAll(values, list => Array.Exists(list.Items(), item.IsSameAs)))))),
        Function.Of("unique", Signature.Of(Kinds.List), Kinds.List, Demand.List, values => Value.Of(Distinct(values[0].Items()))),
        Function.Of("skip", Signature.Of(Kinds.List, Kinds.Number), Kinds.List, Demand.Nothing, values => Slice("skip", values, count => count..)),
        Function.Of("take", Signature.Of(Kinds.List | Kinds.Text, Kinds.Number), Kinds.List | Kinds.Text, Demand.Nothing, values => Slice("take", values, count => ..count)),
        Function.Of("subArray", Signature.Of(Kinds.List, Kinds.Number).Maybe(Kinds.Number), Kinds.List, Demand.Nothing, SubArray),
        Function.Of("reverse", Signature.Of(Kinds.List | Kinds.Text), Kinds.List | Kinds.Text, Demand.Container, values => Reverse(values[0])),
        Function.Of("sortBy", Signature.Of(Kinds.List).Maybe(Kinds.Text), Kinds.List, Demand.Nothing, values => Sort("sortBy", values)),
        Function.Of("sortByDescending", Signature.Of(Kinds.List).Maybe(Kinds.Text), Kinds.List, Demand.Nothing,
            values => Sort("sortByDescending", values) is { IsFailure: false } sorted ? Reverse(sorted) : Sort("sortByDescending", values)),
    ];

    /// <summary>Every value once, in the order of first sight.</summary>
    private static Value[] Distinct(IEnumerable<Value> items)
    {
        var seen = new List<Value>();
        foreach (var item in items)
            if (!seen.Exists(item.IsSameAs))
                seen.Add(item);
        return [.. seen];
    }

    private static Value End(Value value, int position) => value.IsList ? value.Item(position)
        : value.IsText && value.Count > 0 ? Value.Of(value.Text[position].ToString())
        : Value.Undefined;

    /// <summary>A part of a text, an item of a list or a key of a map; false rather than a failure for anything else.</summary>
    private static Value Contains(IReadOnlyList<Expression> arguments, Context at)
    {
        var (whole, part) = (arguments[0].Evaluate(at), arguments[1].Evaluate(at));
        if (whole.IsFailure || part.IsFailure)
            return Value.False;
        if (whole.IsText && part.IsText)
            return Value.Of(whole.Text.Contains(part.Text, StringComparison.Ordinal));
        if (whole.IsList)
            return Value.Of(Array.Exists(whole.Items(), item => item.IsEqualTo(part)));
        return Value.Of(part.IsText && whole.Member(part.Text).Kind != ValueKind.Undefined);
    }

    private static Value Join(Value[] values)
    {
        if (!values[0].IsList)
            return Value.Failure($"join takes a list, not {values[0].AsText()}.");
        var items = values[0].Items();
        var separator = values[1].Kind == ValueKind.Undefined ? "," : values[1].AsText();
        if (values.Length == 2)
            return Value.Of(ValueText.Joined(items, separator));
        var last = values[2].Kind == ValueKind.Undefined ? "," : values[2].AsText();
        return Value.Of(items.Length < 3 ? ValueText.Joined(items, last) : ValueText.Joined(items[..^1], separator) + last + items[^1].AsText());
    }

    private static Value Position(string name, Value[] values, Func<string, string, int> inText, Func<Value[], Predicate<Value>, int> inList)
    {
        var (whole, part) = (values[0], values[1]);
        if (whole.IsList)
            return Value.Of((double)inList(whole.Items(), part.IsSameAs));
        if (!whole.IsMissing && !whole.IsText || !part.IsText && part.Kind != ValueKind.Undefined)
            return Value.Failure($"{name} looks for a text in a text, or for an item in a list.");
        return Value.Of((double)inText(whole.IsText ? whole.Text : "", part.IsText ? part.Text : ""));
    }

    private static Value Range(Value[] values)
    {
        var (start, count) = (values[0].Number, values[1].Number);
        return count is > 0 and <= LongestRange
            ? Value.Of([.. Enumerable.Range(0, (int)count).Select(step => Value.Of(start + step))])
            : Value.Failure($"range takes a count from 1 to {LongestRange}, not {values[1].AsText()}.");
    }

    private static Value Slice(string name, Value[] values, Func<int, Range> part)
    {
        if (!values[1].IsInteger)
            return Value.Failure($"{name} takes a whole number, not {values[1].AsText()}.");
        var count = (int)Math.Clamp(values[1].Number, 0, values[0].Count);
        if (values[0].IsText && name == "take")
            return Value.Of(values[0].Text[part(count)]);
        return values[0].IsList ? Value.Of(values[0].Items()[part(count)]) : Value.Failure($"{name} takes a list, not {values[0].AsText()}.");
    }

    private static Value SubArray(Value[] values)
    {
        if (!values[0].IsList)
            return Value.Failure($"subArray takes a list, not {values[0].AsText()}.");
        var items = values[0].Items();
        var start = values[1];
        var end = values.Length == 3 ? values[2] : Value.Of((double)items.Length);
        foreach (var bound in new[] { start, end })
            if (!bound.IsInteger || bound.Number < 0 || bound.Number > items.Length)
                return Value.Failure($"{bound.AsText()} is outside of a list with {items.Length} items.");
        return Value.Of(start.Number < end.Number ? items[(int)start.Number..(int)end.Number] : Array.Empty<Value>());
    }

    private static Value Reverse(Value value)
    {
        if (value.IsText)
            return Value.Of(string.Concat(value.Text.Reverse()));
        return value.IsList ? Value.Of([.. value.Items().Reverse()]) : Value.Failure($"reverse takes a list or a text, not {value.AsText()}.");
    }

    /// <summary>Without a property the items are ordered by their texts ('10' before '9'), with one by its value; equals keep their order.</summary>
    private static Value Sort(string name, Value[] values)
    {
        if (!values[0].IsList)
            return Value.Failure($"{name} takes a list, not {values[0].AsText()}.");
        var items = values[0].Items();
        if (values.Length == 1)
            return Value.Of([.. items.OrderBy(item => item.Kind == ValueKind.Undefined).ThenBy(item => item.AsText(), StringComparer.Ordinal)]);
        var property = values[1].IsText ? values[1].Text : "";
        return Value.Of([.. items.OrderBy(item => item.Member(property), Comparer<Value>.Create(Compare))]);
    }

    private static int Compare(Value left, Value right) =>
        left.IsText && right.IsText ? string.CompareOrdinal(left.Text, right.Text)
        : left.IsNumber && right.IsNumber ? left.Number.CompareTo(right.Number)
        : 0;
}

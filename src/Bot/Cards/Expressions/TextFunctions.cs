namespace Bot.Cards.Expressions;

/// <summary>Texts; what is not there counts as an empty text, null does not.</summary>
internal static class TextFunctions
{
    public static IEnumerable<Function> All =>
    [
        Transform("toUpper", text => text.ToUpperInvariant()),
        Transform("toLower", text => text.ToLowerInvariant()),
        Transform("trim", text => text.Trim()),
        Function.Of("length", Signature.Of(Kinds.Text), Kinds.Number, Demand.Text, values => Value.Of((double)Read(values[0]).Length)),
        Function.Of("startsWith", Signature.Of(Kinds.Text, Kinds.Text), Kinds.Boolean, Demand.Text,
            values => Value.Of(Read(values[0]).StartsWith(Read(values[1]), StringComparison.Ordinal))),
        Function.Of("endsWith", Signature.Of(Kinds.Text, Kinds.Text), Kinds.Boolean, Demand.Text,
            values => Value.Of(Read(values[0]).EndsWith(Read(values[1]), StringComparison.Ordinal))),
        Function.Of("replace", Signature.Of(Kinds.Text, Kinds.Text, Kinds.Text), Kinds.Text, Demand.Text, Replace),
        Function.Of("split", Signature.Of(Kinds.Text).Maybe(Kinds.Text), Kinds.List, Demand.Text, Split),
        Function.Of("substring", Signature.Of(Kinds.Text, Kinds.Number).Maybe(Kinds.Number), Kinds.Text, Demand.Nothing, Substring),
        Function.Of("concat", Signature.Many(1, Kinds.Any), Kinds.Text | Kinds.List, Demand.Nothing, values => values.Aggregate(Concat)),
        Function.Of("string", Signature.Of(Kinds.Any), Kinds.Text, Demand.Nothing, values => Value.Of(Written(values[0]))),
        Function.Of("formatNumber", Signature.Of(Kinds.Number, Kinds.Number), Kinds.Text, Demand.Number, FormatNumber),
    ];

    private static Function Transform(string name, Func<string, string> change) =>
        Function.Of(name, Signature.Of(Kinds.Text), Kinds.Text, Demand.Text, values => Value.Of(change(Read(values[0]))));

    private static string Read(Value value) => value.IsText ? value.Text : "";

    private static Value Replace(Value[] values) => Read(values[1]) is { Length: > 0 } old
        ? Value.Of(Read(values[0]).Replace(old, Read(values[2]), StringComparison.Ordinal))
        : Value.Failure("replace needs a text to look for that is not empty.");

    private static Value Split(Value[] values)
    {
        var text = Read(values[0]);
        var separator = values.Length == 2 ? Read(values[1]) : "";
        return Value.Of([.. (separator.Length > 0 ? text.Split(separator) : text.Select(letter => letter.ToString())).Select(Value.Of)]);
    }

    private static Value Substring(Value[] values)
    {
        if (values[0].Kind == ValueKind.Undefined)
            return Value.Of("");
        if (!values[0].IsText)
            return Value.Failure("substring takes a text.");
        var text = values[0].Text;
        var start = values[1];
        if (!start.IsInteger || start.Number < 0 || start.Number > text.Length)
            return Value.Failure($"substring cannot start at {start.AsText()}: the text has {text.Length} characters.");
        var length = values.Length == 3 ? values[2] : Value.Of(text.Length - start.Number);
        if (!length.IsInteger || length.Number < 0 || start.Number + length.Number > text.Length)
            return Value.Failure($"substring cannot take {length.AsText()} characters from {start.AsText()} on: the text has {text.Length}.");
        return Value.Of(text.Substring((int)start.Number, (int)length.Number));
    }

    /// <summary>Two lists become one list, anything else a text.</summary>
    private static Value Concat(Value left, Value right)
    {
        if (left.IsMissing && right.IsMissing)
            return Value.Undefined;
        if (left.IsMissing && right.IsList)
            return right;
        if (right.IsMissing && left.IsList)
            return left;
        return left.IsList && right.IsList ? Value.Of([.. left.Items(), .. right.Items()]) : Value.Of(left.AsPart() + right.AsPart());
    }

    /// <summary>A number is grouped by thousands here (1234.5 is '1,234.5'), though not when it stands in a text by itself.</summary>
    private static string Written(Value value)
    {
        if (!value.IsNumber)
            return value.AsPart();
        var plain = NumberText.Of(value.Number);
        var point = plain.IndexOf('.', StringComparison.Ordinal);
        return NumberText.Grouped(value.Number, point < 0 ? 0 : plain.Length - point - 1);
    }

    private static Value FormatNumber(Value[] values) => values[1].IsInteger && values[1].Number is >= 0 and <= 20
        ? Value.Of(NumberText.Grouped(NumberText.Round(values[0].Number, (int)values[1].Number), (int)values[1].Number))
        : Value.Failure($"formatNumber takes 0 to 20 decimals, not {values[1].AsText()}.");
}

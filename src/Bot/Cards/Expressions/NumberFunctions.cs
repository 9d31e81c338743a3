namespace Bot.Cards.Expressions;

/// <summary>Arithmetic and rounding.</summary>
internal static class NumberFunctions
{
    private static readonly Signature Several = Signature.Many(2, Kinds.Number);

    public static IEnumerable<Function> All =>
    [
        Function.Of("+", Signature.Many(2, Kinds.Number | Kinds.Text), Kinds.Number | Kinds.Text, Demand.TextOrNumber, values => Fold(values, Add)),
        Function.Of("-", Several, Kinds.Number, Demand.Number, values => Fold(values, (left, right) => Value.Of(left.Number - right.Number))),
        Function.Of("*", Several, Kinds.Number, Demand.Number, values => Fold(values, (left, right) => Value.Of(left.Number * right.Number))),
        Function.Of("/", Several, Kinds.Number, Demand.Number, values => Fold(values, Divide)),
        Function.Of("%", Signature.Of(Kinds.Number, Kinds.Number), Kinds.Number, Demand.Integer, values => Modulo(values[0], values[1])),
        Function.Of("^", Several, Kinds.Number, Demand.Number, values => Fold(values, (left, right) => Value.Of(Math.Pow(left.Number, right.Number)))),
        Function.Of("abs", Signature.Of(Kinds.Number), Kinds.Number, Demand.Number, values => Value.Of(Math.Abs(values[0].Number))),
        Function.Of("floor", Signature.Of(Kinds.Number), Kinds.Number, Demand.Number, values => Value.Of(Math.Floor(values[0].Number))),
        Function.Of("ceiling", Signature.Of(Kinds.Number), Kinds.Number, Demand.Number, values => Value.Of(Math.Ceiling(values[0].Number))),
        Function.Of("round", Signature.Of(Kinds.Number).Maybe(Kinds.Number), Kinds.Number, Demand.Number, Round),
        Function.Of("min", Signature.Many(1, Kinds.Any), Kinds.Number, Demand.NumberOrNumbers, values => Value.Of(Numbers(values).Append(double.PositiveInfinity).Min())),
        Function.Of("max", Signature.Many(1, Kinds.Any), Kinds.Number, Demand.NumberOrNumbers, values => Value.Of(Numbers(values).Append(double.NegativeInfinity).Max())),
        Function.Of("sum", Signature.Of(Kinds.List), Kinds.Number, Demand.Numbers, values => Total(values, "sum", Enumerable.Sum)),
        Function.Of("average", Signature.Of(Kinds.Any), Kinds.Number, Demand.Numbers, values => Total(values, "average", Enumerable.Average)),
        Function.Of("int", Signature.Of(Kinds.Any), Kinds.Number, Demand.Nothing, values => Read(values[0], whole: true)),
        Function.Of("float", Signature.Of(Kinds.Any), Kinds.Number, Demand.Nothing, values => Read(values[0], whole: false)),
    ];

    private static Value Fold(Value[] values, Func<Value, Value, Value> step)
    {
        var result = values[0];
        for (var i = 1; i < values.Length && !result.IsFailure; i++)
            result = step(result, values[i]);
        return result;
    }

    private static Value Add(Value left, Value right)
    {
        if (left.IsNumber && right.IsNumber)
            return Value.Of(left.Number + right.Number);
        if ((left.IsMissing && right.IsNumber) || (left.IsNumber && right.IsMissing))
            return Value.Failure("A number cannot be added to what is not there.");
        return Value.Of((left.IsMissing ? "" : left.AsText()) + (right.IsMissing ? "" : right.AsText()));
    }

    /// <summary>Whole numbers divide to a whole number, rounded down: 7 / 2 is 3, -7 / 2 is -4.</summary>
    private static Value Divide(Value left, Value right)
    {
        if (right.Number == 0)
            return Value.Failure($"{left.AsText()} cannot be divided by 0.");
        var result = left.Number / right.Number;
        return Value.Of(left.IsInteger && right.IsInteger ? Math.Floor(result) : result);
    }

    private static Value Modulo(Value left, Value right) =>
        right.Number == 0 ? Value.Failure($"{left.AsText()} has no remainder by 0.") : Value.Of(left.Number % right.Number);

    private static Value Round(Value[] values)
    {
        var decimals = values.Length == 2 ? values[1] : Value.Of(0d);
        return decimals.IsInteger && decimals.Number is >= 0 and <= 15
            ? Value.Of(NumberText.Round(values[0].Number, (int)decimals.Number))
            : Value.Failure($"round takes 0 to 15 decimals, not {decimals.AsText()}.");
    }

    private static IEnumerable<double> Numbers(Value[] values) =>
        values.SelectMany(value => value.IsList ? value.Items().Select(item => item.Number) : [value.Number]);

    private static Value Total(Value[] values, string name, Func<IEnumerable<double>, double> total) =>
        values[0].Count == 0 ? Value.Failure($"There is no {name} of an empty list.") : Value.Of(total(Numbers(values)));

    /// <summary>Undefined for what is neither a number nor a text.</summary>
    private static Value Read(Value value, bool whole)
    {
        if (value.IsNumber)
            return Value.Of(whole ? Math.Truncate(value.Number) : value.Number);
        if (!value.IsText)
            return Value.Undefined;
        return NumberText.Leading(value.Text, whole) is { } number ? Value.Of(number) : Value.Failure($"'{value.Text}' does not begin with a number.");
    }
}

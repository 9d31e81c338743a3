namespace Bot.Cards.Expressions;

/// <summary>Choices and comparisons.</summary>
internal static class LogicFunctions
{
    public static IEnumerable<Function> All =>
    [
        new("if", Signature.Of(Kinds.Any, Kinds.Any, Kinds.Any), Kinds.Any, If),
        new("&&", Signature.Many(1, Kinds.Any), Kinds.Boolean, And),
        new("||", Signature.Many(1, Kinds.Any), Kinds.Boolean, Or),
        new("!", Signature.Of(Kinds.Any), Kinds.Boolean, Not),
        Function.Of("coalesce", Signature.Many(1, Kinds.Any), Kinds.Any, Demand.Nothing, values => Array.Find(values, value => !value.IsMissing)),
        Function.Asking("exists", Signature.Of(Kinds.Any), Demand.Present, _ => Value.True),
        Function.Asking("empty", Signature.Of(Kinds.Any), Demand.ContainerOrNothing, values => Value.Of(values[0].Count == 0)),
        Function.Asking("bool", Signature.Of(Kinds.Any), Demand.Nothing, values => Value.Of(Truth(values[0]))),
        Function.Asking("==", Signature.Of(Kinds.Any, Kinds.Any), Demand.Nothing, values => Value.Of(values[0].IsEqualTo(values[1]))),
        Function.Asking("!=", Signature.Of(Kinds.Any, Kinds.Any), Demand.Nothing, values => Value.Of(!values[0].IsEqualTo(values[1]))),
        Ordering("<", (left, right) => left < right, order => order < 0),
        Ordering("<=", (left, right) => left <= right, order => order <= 0),
        Ordering(">", (left, right) => left > right, order => order > 0),
        Ordering(">=", (left, right) => left >= right, order => order >= 0),
    ];

    private static Function Ordering(string sign, Func<double, double, bool> numbers, Func<int, bool> texts) =>
        Function.Asking(sign, Signature.Of(Kinds.Any, Kinds.Any), Demand.Present, values =>
            values[0].IsNumber && values[1].IsNumber ? Value.Of(numbers(values[0].Number, values[1].Number))
            : values[0].IsText && values[1].IsText ? Value.Of(texts(string.CompareOrdinal(values[0].Text, values[1].Text)))
            : Value.Failure($"{values[0].AsText()} and {values[1].AsText()} cannot be compared: both must be numbers or both texts."));

    private static Value If(IReadOnlyList<Expression> arguments, Context at)
    {
        var condition = arguments[0].Evaluate(at.Strict);
        return (condition.IsTrue && !condition.IsFailure ? arguments[1] : arguments[2]).Evaluate(at);
    }

    private static Value And(IReadOnlyList<Expression> arguments, Context at)
    {
        foreach (var argument in arguments)
        {
            var value = argument.Evaluate(at.Strict);
            if (value.IsFailure || !value.IsTrue)
                return Value.False;
        }
        return Value.True;
    }

    /// <summary>Yields the last value when none is true, so <c>missing || alsoMissing</c> is missing rather than false, as in the reference.</summary>
    private static Value Or(IReadOnlyList<Expression> arguments, Context at)
    {
        var last = Value.False;
        foreach (var argument in arguments)
        {
            last = argument.Evaluate(at.Strict);
            if (last.IsFailure)
                last = argument.Gives == Kinds.Boolean ? Value.False : Value.Undefined;
            else if (last.IsTrue)
                return Value.True;
        }
        return last;
    }

    private static Value Not(IReadOnlyList<Expression> arguments, Context at)
    {
        var value = arguments[0].Evaluate(at.Strict);
        return Value.Of(value.IsFailure || !value.IsTrue);
    }

    private static bool Truth(Value value) =>
        value.IsNumber ? value.Number != 0 : !value.AsText().Contains("false", StringComparison.OrdinalIgnoreCase) && value.IsTrue;
}

namespace Bot.Cards.Expressions;

/// <summary>What an argument may be, as far as the parser can tell; Any is decided when there is data.</summary>
[Flags]
internal enum Kinds
{
    None = 0,
    Boolean = 1,
    Number = 2,
    Text = 4,
    List = 8,
    Any = 16,
}

internal delegate Value Body(IReadOnlyList<Expression> arguments, Context at);

/// <summary>What a function asks of a value, and how to say so.</summary>
internal sealed record Demand(string Words, Func<Value, bool> Holds)
{
    public static readonly Demand Nothing = new("anything", _ => true);
    public static readonly Demand Number = new("a number", value => value.IsNumber);
    public static readonly Demand Integer = new("a whole number", value => value.IsInteger);
    public static readonly Demand Present = new("present", value => !value.IsMissing);
    public static readonly Demand List = new("a list", value => value.IsList);
    public static readonly Demand Numbers = new("a list of numbers", value => value.IsList && value.Items().All(item => item.IsNumber));
    public static readonly Demand NumberOrNumbers = new("a number or a list of numbers", value => value.IsNumber || Numbers.Holds(value));
    public static readonly Demand Text = new("a text", value => value.IsText || value.Kind == ValueKind.Undefined);
    public static readonly Demand TextOrNumber = new("a text or a number", value => value.IsNumber || Text.Holds(value));
    public static readonly Demand Container = new("a text, a list or a map", value => value.Kind is ValueKind.Text or ValueKind.List or ValueKind.Map);
    public static readonly Demand ContainerOrNothing = new("a text, a list, a map or nothing", value => value.IsMissing || Container.Holds(value));
}

/// <summary>How many arguments a function takes and of what kind; a last kind may repeat, a lambda is <c>list, name, expression</c>.</summary>
internal sealed record Signature(Kinds[] Required, Kinds[] Optional, Kinds? Repeated = null, bool IsLambda = false)
{
    public static readonly Signature Lambda = new([Kinds.Any, Kinds.Any, Kinds.Any], [], IsLambda: true);

    public static Signature Of(params Kinds[] required) => new(required, []);

    public static Signature Many(int atLeast, Kinds kind) => new([.. Enumerable.Repeat(kind, atLeast)], [], kind);

    public Signature Maybe(params Kinds[] optional) => this with { Optional = optional };

    /// <summary>What is wrong with a call, or null.</summary>
    public string? Refuse(string name, IReadOnlyList<Expression> arguments)
    {
        var most = Repeated is null ? Required.Length + Optional.Length : int.MaxValue;
        if (arguments.Count < Required.Length || arguments.Count > most)
            return $"{name} takes {Counted(most)}, not {arguments.Count}";
        if (IsLambda && arguments[1] is not PropertyPath { PlainName: { } variable } || IsLambda && ((PropertyPath)arguments[1]).PlainName!.Contains('.', StringComparison.Ordinal))
            return $"the second argument of {name} must be a plain name: {name}(list, item, item.property)";
        for (var i = 0; i < arguments.Count; i++)
        {
            var wanted = i < Required.Length ? Required[i] : i - Required.Length < Optional.Length ? Optional[i - Required.Length] : Repeated!.Value;
            if (!wanted.HasFlag(Kinds.Any) && !arguments[i].Gives.HasFlag(Kinds.Any) && (wanted & arguments[i].Gives) == Kinds.None)
                return $"argument {i + 1} of {name}, {arguments[i]}, can never be what is needed there: {wanted}";
        }
        return null;
    }

    private string Counted(int most)
    {
        var least = Required.Length;
        var noun = least == 1 && (most is 1 or int.MaxValue) ? "argument" : "arguments";
        return most == least ? $"{least} {noun}" : most == int.MaxValue ? $"at least {least} {noun}" : $"{least} to {most} {noun}";
    }
}

/// <summary>A function of the expression language; operators are functions with a sign for a name.</summary>
internal sealed record Function(string Name, Signature Takes, Kinds Gives, Body Body)
{
    /// <summary>All arguments are worked out first; the first one that fails or does not meet the demand is the result.</summary>
    public static Function Of(string name, Signature takes, Kinds gives, Demand demand, Func<Value[], Value> compute) =>
        new(name, takes, gives, (arguments, at) =>
        {
            var values = new Value[arguments.Count];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = arguments[i].Evaluate(at);
                if (values[i].IsFailure)
                    return values[i];
                if (!demand.Holds(values[i]))
                    return Value.Failure($"{arguments[i]} is not {demand.Words}.");
            }
            return compute(values);
        });

    /// <summary>A question: what is missing is truly missing here (no <c>${name}</c> in its place), and an argument that fails makes it false.</summary>
    public static Function Asking(string name, Signature takes, Demand demand, Func<Value[], Value> answer) =>
        new(name, takes, Kinds.Boolean, (arguments, at) =>
        {
            var values = new Value[arguments.Count];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = arguments[i].Evaluate(at.Strict);
                if (values[i].IsFailure || !demand.Holds(values[i]))
                    return Value.False;
            }
            return answer(values);
        });
}

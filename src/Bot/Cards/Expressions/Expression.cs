using System.Text;

namespace Bot.Cards.Expressions;

/// <summary>A parsed expression; its text form is the reference's, which a card shows when the expression fails inside a text.</summary>
internal abstract class Expression
{
    /// <summary>What it can yield, as far as that is known before there is data.</summary>
    public virtual Kinds Gives => Kinds.Any;

    public abstract Value Evaluate(Context at);

    public abstract override string ToString();
}

internal sealed class Constant(Value value) : Expression
{
    public Value Value => value;

    public override Kinds Gives => value.Kind switch
    {
        ValueKind.Text => Kinds.Text,
        ValueKind.Number => Kinds.Number,
        ValueKind.Boolean => Kinds.Boolean,
        ValueKind.List => Kinds.List,
        _ => Kinds.Any,
    };

    public override Value Evaluate(Context at) => value;

    public override string ToString() =>
        value.IsText ? $"'{value.Text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'" : value.AsText();
}

/// <summary>An element by position or key: <c>list[0]</c>, <c>map['key']</c>; outside the list it fails, an absent key is Undefined.</summary>
internal sealed class Element(Expression instance, Expression index) : Expression
{
    public Expression Instance => instance;
    public Expression Index => index;

    public override Value Evaluate(Context at)
    {
        var from = instance.Evaluate(at);
        if (from.IsFailure)
            return from;
        var key = index.Evaluate(at.Strict);
        if (key.IsFailure || key.IsText)
            return key.IsFailure ? key : from.Member(key.Text);
        if (!key.IsInteger)
            return Value.Failure($"{index} is neither a whole number nor a text.");
        if (from.IsMissing)
            return Value.Undefined;
        if (!from.IsList)
            return Value.Failure($"{instance} is not a list.");
        return key.Number >= 0 && key.Number < from.Count ? from.Item(key.Number) : Value.Failure($"{key.AsText()} is outside of {instance}, which has {from.Count} items.");
    }

    public override string ToString() => $"{instance}[{index}]";
}

/// <summary>A call of a function or an operator.</summary>
internal sealed class Call(Function function, IReadOnlyList<Expression> arguments) : Expression
{
    public Function Function => function;
    public IReadOnlyList<Expression> Arguments => arguments;

    public override Kinds Gives => function.Gives;

    public override Value Evaluate(Context at) => function.Body(arguments, at);

    public override string ToString() => !char.IsAsciiLetter(function.Name[0]) && arguments.Count > 1
        ? $"({string.Join($" {function.Name} ", arguments)})"
        : $"{function.Name}({string.Join(", ", arguments)})";
}

/// <summary>A text with expressions in it; a part that fails stays as its source, a part that is null is an error.</summary>
internal sealed class Text(IReadOnlyList<Expression> parts) : Expression
{
    public IReadOnlyList<Expression> Parts => parts;

    public override Kinds Gives => Kinds.Text;

    public override Value Evaluate(Context at)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            var value = part.Evaluate(at);
            if (value.IsMissing)
            {
                var what = value.Kind == ValueKind.Null ? "null" : "not there";
                return Value.Failure($"'{part}' is {what}, and a text cannot show that; guard it: ${{if({part} == null, '', {part})}}.");
            }
            text.Append(value.IsFailure ? $"${{{part}}}" : value.AsText());
        }
        return Value.Of(text.ToString());
    }

    public override string ToString() => $"concat({string.Join(", ", parts)})";
}

/// <summary>What an expression yields, made safe for the language of the text it stands in; numbers and switches are safe as they are.</summary>
internal sealed class Escaped(Expression inner, Func<string, string> escape) : Expression
{
    public Expression Inner => inner;

    public override Kinds Gives => inner.Gives;

    public override Value Evaluate(Context at)
    {
        var value = inner.Evaluate(at);
        return value.Kind is ValueKind.Text or ValueKind.List or ValueKind.Map ? Value.Of(escape(value.AsText())) : value;
    }

    public override string ToString() => inner.ToString();
}

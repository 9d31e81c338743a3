using System.Globalization;

namespace Bot.Cards.Expressions;

/// <summary>Reads one expression, the part between <c>${</c> and <c>}</c>; precedence climbs as in the reference's grammar.</summary>
internal sealed class ExpressionParser
{
    private const int Loosest = 0;
    private const int Ternary = 2;
    private const int Tightest = 12;

    /// <summary>Far beyond any card, and far below what a stack can take.</summary>
    private const int DeepestNesting = 64;
    private const int MostOperations = 500;

    private static readonly Dictionary<string, int> Precedence = new()
    {
        ["^"] = 11, ["*"] = 10, ["/"] = 10, ["%"] = 10, ["+"] = 9, ["-"] = 9, ["=="] = 8, ["!="] = 8, ["&"] = 7,
        ["<"] = 6, ["<="] = 6, [">"] = 6, [">="] = 6, ["&&"] = 5, ["||"] = 4, ["??"] = 3, ["?"] = Ternary,
    };

    private readonly bool allowsUnknownFunctions;
    private readonly List<Token> tokens;
    private int next;
    private int nesting;
    private int operations;

    private ExpressionParser(string text, bool allowsUnknownFunctions)
    {
        tokens = Lexer.Read(text);
        this.allowsUnknownFunctions = allowsUnknownFunctions;
    }

    public static Expression Parse(string text, bool allowsUnknownFunctions)
    {
        var parser = new ExpressionParser(text, allowsUnknownFunctions);
        var expression = parser.Read(Loosest);
        return parser.Peek.Kind == TokenKind.End ? expression : throw parser.Unexpected("an operator or the end");
    }

    private Token Peek => tokens[next];

    private Token Take() => tokens[next++];

    private bool TryTake(string sign)
    {
        if (!Peek.Is(sign))
            return false;
        next++;
        return true;
    }

    private void Expect(string sign)
    {
        if (!TryTake(sign))
            throw Unexpected($"'{sign}'");
    }

    private Expression Read(int precedence)
    {
        if (++nesting > DeepestNesting)
            throw new ExpressionException($"it is nested more than {DeepestNesting} deep; work the value out before it gets into the data");
        var left = ReadOperand();
        while (Peek.Kind == TokenKind.Sign && Precedence.TryGetValue(Peek.Text, out var found) && found >= precedence)
            left = ReadRest(left, Take().Text, found);
        nesting--;
        return left;
    }

    private Expression ReadOperand()
    {
        if (Peek.Is("-") || Peek.Is("+"))
            return Make(Take().Text, [new Constant(Value.Of(0d)), Read(Tightest)]);
        return TryTake("!") ? Make("!", [Read(Tightest)]) : ReadPrimary();
    }

    private Call ReadRest(Expression left, string sign, int precedence)
    {
        if (precedence != Ternary)
            return Make(sign, [left, Read(sign == "^" ? precedence : precedence + 1)]);
        var then = Read(Loosest);
        Expect(":");
        return Make("if", [left, then, Read(Ternary + 1)]);
    }

    private Expression ReadPrimary()
    {
        var expression = ReadAtom();
        while (true)
        {
            if (TryTake("."))
                expression = ReadProperty(expression);
            else if (TryTake("["))
                expression = ReadElement(expression);
            else if (TryTake("("))
                expression = ReadCall(expression);
            else
                return expression;
        }
    }

    private Expression ReadAtom()
    {
        var token = Take();
        switch (token.Kind)
        {
            case TokenKind.Number:
                return new Constant(Value.Of(double.Parse(token.Text, CultureInfo.InvariantCulture)));
            case TokenKind.Text:
                return new Constant(Value.Of(token.Text));
            case TokenKind.Name:
                return token.Text switch
                {
                    "true" => new Constant(Value.True),
                    "false" => new Constant(Value.False),
                    "null" => new Constant(Value.Null),
                    "undefined" => new Constant(Value.Undefined),
                    _ => PropertyPath.Of(token.Text),
                };
            case TokenKind.Sign when token.Text == "(":
                var inner = Read(Loosest);
                Expect(")");
                return inner;
            case TokenKind.Sign when token.Text == "[":
                return Make("createArray", ReadArguments("]"));
            default:
                next--;
                throw Unexpected("a value");
        }
    }

    private PropertyPath ReadProperty(Expression owner)
    {
        if (Peek.Kind != TokenKind.Name)
            throw Unexpected("a property name");
        if (!owner.Gives.HasFlag(Kinds.Any))
            throw new ExpressionException($"{owner} has no properties");
        Count();
        return PropertyPath.Of(owner, Take().Text);
    }

    private Element ReadElement(Expression owner)
    {
        var index = Read(Loosest);
        Expect("]");
        Count();
        return new Element(owner, index);
    }

    private Call ReadCall(Expression called)
    {
        if (called is not PropertyPath { PlainName: { } name })
            throw new ExpressionException($"{called} is not a function");
        return Make(name, ReadArguments(")"));
    }

    private List<Expression> ReadArguments(string close)
    {
        var arguments = new List<Expression>();
        if (TryTake(close))
            return arguments;
        do
        {
            // A lambda may be written with an arrow, p => p.name, which is the same as p, p.name.
            if (Peek.Kind == TokenKind.Name && tokens[next + 1].Is("=>"))
            {
                arguments.Add(PropertyPath.Of(Take().Text));
                Take();
            }
            arguments.Add(Read(Loosest));
        }
        while (TryTake(","));
        Expect(close);
        return arguments;
    }

    private Call Make(string name, IReadOnlyList<Expression> arguments)
    {
        Count();
        if (Functions.Find(name) is not { } function)
        {
            return allowsUnknownFunctions
                ? new Call(new Function(name, Signature.Many(0, Kinds.Any), Kinds.Text, (_, _) => Value.Failure($"There is no function {name}.")), arguments)
                : throw new ExpressionException(Functions.Advice(name));
        }
        return function.Takes.Refuse(name, arguments) is { } problem ? throw new ExpressionException(problem) : new Call(function, arguments);
    }

    private void Count()
    {
        if (++operations > MostOperations)
            throw new ExpressionException($"it has more than {MostOperations} operations; work the value out before it gets into the data");
    }

    private ExpressionException Unexpected(string wanted) => new(
        Peek.Kind == TokenKind.Name && Peek.Text.StartsWith('%')
            ? $"'{Peek.Text}' at character {Peek.Position + 1} reads as a name; write a space after %"
            : $"expected {wanted} at character {Peek.Position + 1}, found {(Peek.Kind == TokenKind.End ? "the end" : $"'{Peek.Text}'")}");
}

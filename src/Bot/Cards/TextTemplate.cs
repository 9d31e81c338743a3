using System.Text;
using Bot.Cards.Expressions;

namespace Bot.Cards;

/// <summary>Reads a text with <c>${...}</c> in it; <c>\$</c> and <c>\`</c> stand for the characters themselves.</summary>
internal static class TextTemplate
{
    private const string Opening = "${";

    /// <summary>
    /// The expression that yields the text, or null when there is none in it. A text that is one single expression becomes that
    /// expression and keeps its type, unless it is a constant, which the reference takes for a text.
    /// </summary>
    /// <param name="escape">Applied to what each expression yields, never to the words around it.</param>
    public static Expression? Parse(string text, bool lenient, Func<string, string>? escape = null)
    {
        if (!text.Contains(Opening, StringComparison.Ordinal))
            return null;
        var parts = Split(text, lenient);
        return parts switch
        {
            [Call { Function.Name: "concat" } joined] => Guard(new Text(joined.Arguments)),
            [not Constant] => Guard(parts[0]),
            _ => new Text(parts.ConvertAll(Guard)),
        };

        Expression Guard(Expression part) => escape is null || part is Constant ? part : new Escaped(part, escape);
    }

    private static List<Expression> Split(string text, bool lenient)
    {
        var parts = new List<Expression>();
        var plain = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] is '$' or '`')
            {
                plain.Append(text[++i]);
            }
            else if (text[i] == '`')
            {
                throw new ExpressionException("a backtick in a text with ${...} must be written as \\`");
            }
            else if (string.CompareOrdinal(text, i, Opening, 0, 2) == 0 && Close(text, i + 2) is var close && (close >= 0 || !lenient))
            {
                if (close < 0)
                    throw new ExpressionException("a ${ is never closed on its line; write \\${ where the characters themselves are meant");
                Flush();
                parts.Add(Read(text[(i + 2)..close].Trim(), lenient));
                i = close;
            }
            else
            {
                plain.Append(text[i]);
            }
        }
        Flush();
        return parts;

        void Flush()
        {
            if (plain.Length > 0)
                parts.Add(new Constant(Value.Of(plain.ToString())));
            plain.Clear();
        }
    }

    private static Expression Read(string source, bool lenient)
    {
        if (source.Length == 0)
            throw new ExpressionException("there is nothing between ${ and }; write a property or a function, or \\${} for the characters themselves");
        try
        {
            return ExpressionParser.Parse(source, lenient);
        }
        catch (ExpressionException problem)
        {
            throw new ExpressionException($"in ${{{source}}}: {problem.Message}");
        }
    }

    /// <summary>The position of the brace that closes an expression, or -1; braces inside quotes do not count.</summary>
    private static int Close(string text, int from)
    {
        var open = 0;
        for (var i = from; i < text.Length;)
        {
            switch (text[i])
            {
                case '\'' or '"':
                    i = Lexer.AfterQuoted(text, i);
                    if (i < 0)
                        return -1;
                    continue;
                case '\r' or '\n' or '`':
                    return -1;
                case '{':
                    open++;
                    break;
                case '}' when open-- == 0:
                    return i;
            }
            i++;
        }
        return -1;
    }
}

namespace Bot.Cards.Expressions;

internal enum TokenKind { Number, Text, Name, Sign, End }

/// <summary>A token; the text of a quoted text comes without its quotes and escapes.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int Position)
{
    public bool Is(string sign) => Kind == TokenKind.Sign && Text == sign;
}

/// <summary>An expression that cannot be read; the message says what is wrong and what to write instead.</summary>
internal sealed class ExpressionException(string message) : Exception(message);

/// <summary>Splits an expression into tokens.</summary>
internal static class Lexer
{
    // Longest first: '<=' must not be read as '<' and '='.
    private static readonly string[] Signs =
    [
        "&&", "||", "==", "!=", "<=", ">=", "=>", "??",
        "+", "-", "*", "/", "%", "^", "&", "<", ">", "!", "(", ")", "[", "]", ".", ",", "?", ":",
    ];

    public static List<Token> Read(string text)
    {
        var tokens = new List<Token>();
        for (var i = 0; i < text.Length;)
        {
            if (text[i] is ' ' or '\t' or '\u00a0' or '\ufeff')
            {
                i++;
                continue;
            }
            var token = Next(text, i, out i);
            tokens.Add(token);
        }
        tokens.Add(new Token(TokenKind.End, "the end", text.Length));
        return tokens;
    }

    /// <summary>The position after a quoted text that starts at <paramref name="from"/>, or -1 when it is never closed.</summary>
    public static int AfterQuoted(string text, int from)
    {
        for (var i = from + 1; i < text.Length; i++)
        {
            if (text[i] == text[from])
                return i + 1;
            if (text[i] == '\\' && i + 1 < text.Length && (text[i + 1] == text[from] || text[i + 1] == '\\'))
                i++;
        }
        return -1;
    }

    private static Token Next(string text, int from, out int after)
    {
        var letter = text[from];
        after = from + 1;
        if (char.IsAsciiDigit(letter))
        {
            after = Past(text, from, char.IsAsciiDigit);
            if (after + 1 < text.Length && text[after] == '.' && char.IsAsciiDigit(text[after + 1]))
                after = Past(text, after + 1, char.IsAsciiDigit);
            return new Token(TokenKind.Number, text[from..after], from);
        }
        if (letter is '\'' or '"')
        {
            after = AfterQuoted(text, from);
            return after < 0
                ? throw new ExpressionException($"the text that begins at character {from + 1} is never closed; add {letter}")
                : new Token(TokenKind.Text, Unescape(text[(from + 1)..(after - 1)], letter), from);
        }
        if (char.IsAsciiLetter(letter) || letter is '_' or '#' or '@' or '$' or '%')
        {
            var end = Past(text, from + 1, c => char.IsAsciiLetterOrDigit(c) || c == '_');
            // The reference reads '%2' as a name, and so must we: a card has to look the same in a designer.
            if (letter != '%' || end > after)
            {
                after = end;
                return new Token(TokenKind.Name, text[from..end], from);
            }
        }
        var sign = Array.Find(Signs, known => string.CompareOrdinal(text, from, known, 0, known.Length) == 0)
            ?? throw new ExpressionException(letter is '{' or '}'
                ? "objects in braces are not supported; put the object into the data"
                : $"'{letter}' at character {from + 1} means nothing here");
        after = from + sign.Length;
        return new Token(TokenKind.Sign, sign, from);
    }

    private static int Past(string text, int from, Func<char, bool> belongs)
    {
        while (from < text.Length && belongs(text[from]))
            from++;
        return from;
    }

    /// <summary>\n, \r, \t, \\ and the quote itself; any other backslash stays, as in the reference.</summary>
    private static string Unescape(string text, char quote)
    {
        text = text.Replace($"\\{quote}", $"{quote}", StringComparison.Ordinal);
        var plain = new System.Text.StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var escaped = text[i] == '\\' && i + 1 < text.Length ? text[i + 1] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', '\\' => '\\', _ => default } : default;
            plain.Append(escaped == default ? text[i] : escaped);
            i += escaped == default ? 0 : 1;
        }
        return plain.ToString();
    }
}

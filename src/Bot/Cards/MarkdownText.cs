using System.Text.RegularExpressions;

namespace Bot.Cards;

/// <summary>Text that people wrote, put where a platform reads Markdown: shown as they wrote it, never acting as Markdown.</summary>
/// <remarks>
/// It puts a backslash before what could act and leaves ordinary sentences alone. Where the text will stand is not known here, so its
/// beginning counts as the beginning of a line.
/// </remarks>
public static partial class MarkdownText
{
    public static string Escape(string text) => WhatActs().Replace(text, @"\$&");

    /// <summary>
    /// Anywhere: emphasis, code, links, strike-through, table bars and the backslash itself. A second brace, because Adaptive Cards
    /// reads {{DATE(...)}} and {{TIME(...)}} in texts. The beginning of a tag, an address in angle brackets or a character entity.
    /// At the beginning of a line: headings, quotes, lists, the lines under a heading or a table's head.
    /// </summary>
    [GeneratedRegex(
        """
        [\\*_`\[\]~|]
        | (?<=\{)\{
        | <(?=[A-Za-z/!?])
        | &(?=\#?[A-Za-z0-9]+;)
        | (?: > | \#(?=\#{0,5}(?:\s|$)) | [-+](?=\s|$|[-+]) | :(?=-) | =(?==*[\ \t]*(?:[\r\n]|$)) ) (?<=(?:^|[\r\n])[\ \t]*.)
        | [.)](?=\s|$)(?<=(?:^|[\r\n])[\ \t]*[0-9]{1,9}.)
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex WhatActs();
}

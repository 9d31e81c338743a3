using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Bot.Chat;

/// <summary>
/// What people typed, as every store can keep it: PostgreSQL refuses the character NUL, and half a surrogate pair is no character at all.
/// </summary>
public static class PlainText
{
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Of(string? text) => text is not null && (text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') || text.Contains('\0'))
        ? string.Concat(text.EnumerateRunes().Where(rune => rune.Value != 0))
        : text;
}

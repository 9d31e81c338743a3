using System.Globalization;
using System.Text;

namespace Bot.Cards.Expressions;

/// <summary>Date formats as the reference reads them: .NET's letters, and Day.js' capital ones (YYYY-MM-DD) as well; English names, UTC.</summary>
internal static class DateFormat
{
    public static Value Write(DateTimeOffset instant, string format)
    {
        if (format is "o" or "O")
            format = "yyyy-MM-ddTHH:mm:ss.fff0000K";
        var text = new StringBuilder();
        for (var i = 0; i < format.Length;)
        {
            var letter = format[i];
            switch (letter)
            {
                case '\'' or '`':
                    var end = format.IndexOf(letter, i + 1);
                    if (end < 0)
                        return Value.Failure($"The date format \"{format}\" has a quote that is never closed.");
                    text.Append(format, i + 1, end - i - 1);
                    i = end + 1;
                    continue;
                case '\\' when i + 1 < format.Length:
                    text.Append(format[i + 1]);
                    i += 2;
                    continue;
                case '%':
                    i++;
                    continue;
            }
            var count = 1;
            while (i + count < format.Length && format[i + count] == letter)
                count++;
            if (letter is 'g' || letter is 'f' or 'F' && count < 3)
                return Value.Failure($"The date format \"{format}\" asks for '{new string(letter, count)}', which cards cannot show; fractions of a second are 'fff'.");
            text.Append(Field(letter, count) is { } field ? instant.ToString(field, CultureInfo.InvariantCulture) : Other(instant, letter, count));
            i += count;
        }
        return Value.Of(text.ToString());
    }

    private static string? Field(char letter, int count) => letter switch
    {
        'd' => Repeat('d', Math.Min(count, 4)),
        'h' or 'H' or 'm' or 's' => Repeat(letter, Math.Min(count, 2)),
        'M' => Repeat('M', Math.Min(count, 4)),
        'f' or 'F' or 'S' when count >= 3 => "fff",
        't' or 'A' => "tt",
        'y' => count <= 2 ? "yy" : "yyyy",
        'Y' when count is 2 or 4 => Repeat('y', count),
        'D' when count <= 2 => Repeat('d', count),
        _ => null,
    };

    private static string Other(DateTimeOffset instant, char letter, int count) => letter switch
    {
        'a' => instant.ToString("tt", CultureInfo.InvariantCulture).ToLowerInvariant(),
        'K' => "+00:00",
        'z' => count >= 3 ? "+00:00" : "+0000",
        'Z' => count == 1 ? "+00:00" : "+0000",
        _ => new string(letter, count),
    };

    // A single letter alone would be read as one of .NET's standard formats.
    private static string Repeat(char letter, int count) => count == 1 ? $"%{letter}" : new string(letter, count);
}

using System.Globalization;

namespace Bot.Cards.Expressions;

/// <summary>Numbers as the reference writes and reads them, which is JavaScript's way.</summary>
internal static class NumberText
{
    public static string Of(double number)
    {
        if (double.IsNaN(number))
            return "NaN";
        if (double.IsInfinity(number))
            return number > 0 ? "Infinity" : "-Infinity";
        if (number == 0)
            return "0";
        var shortest = number.ToString("R", CultureInfo.InvariantCulture);
        var e = shortest.IndexOf('E', StringComparison.Ordinal);
        return e < 0 ? shortest : Spread(shortest[..e], int.Parse(shortest[(e + 1)..], CultureInfo.InvariantCulture));
    }

    /// <summary>Grouped by thousands, with that many decimals and a true minus sign (U+2212), as the reference's formatter does.</summary>
    public static string Grouped(double number, int decimals)
    {
        if (!double.IsFinite(number))
            return Of(number);
        var digits = Math.Abs(number).ToString($"N{Math.Min(decimals, 20)}", CultureInfo.InvariantCulture);
        return number < 0 && digits.Any(c => c is >= '1' and <= '9') ? "\u2212" + digits : digits;
    }

    /// <summary>Halves go up, also below zero: -2.5 becomes -2.</summary>
    public static double Round(double number, int decimals)
    {
        var scale = Math.Pow(10, decimals);
        var scaled = number * scale;
        var below = Math.Floor(scaled);
        return (scaled - below >= 0.5 ? below + 1 : below) / scale;
    }

    /// <summary>The number a text begins with ('12 weeks' is 12), or null.</summary>
    public static double? Leading(string text, bool whole)
    {
        text = text.TrimStart();
        var end = text.StartsWith('-') || text.StartsWith('+') ? 1 : 0;
        end = Digits(text, end);
        if (!whole)
        {
            if (end < text.Length && text[end] == '.')
                end = Digits(text, end + 1);
            if (end < text.Length && text[end] is 'e' or 'E')
            {
                var sign = end + 1 < text.Length && text[end + 1] is '+' or '-' ? 1 : 0;
                var exponent = Digits(text, end + 1 + sign);
                end = exponent > end + 1 + sign ? exponent : end;
            }
        }
        return double.TryParse(text.AsSpan(0, end), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static int Digits(string text, int from)
    {
        while (from < text.Length && char.IsAsciiDigit(text[from]))
            from++;
        return from;
    }

    private static string Spread(string mantissa, int exponent)
    {
        var sign = mantissa.StartsWith('-') ? "-" : "";
        var digits = mantissa.TrimStart('-').Replace(".", "", StringComparison.Ordinal);
        if (exponent is >= 0 and < 21)
            return digits.Length > exponent + 1 ? $"{sign}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}" : sign + digits.PadRight(exponent + 1, '0');
        if (exponent is < 0 and >= -6)
            return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        return $"{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent)}";
    }
}

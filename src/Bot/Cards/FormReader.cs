using System.Globalization;
using Bot.Chat;

namespace Bot.Cards;

/// <summary>Reads the fields that several forms have in common.</summary>
public sealed class FormReader(FormValues typed)
{
    private readonly Dictionary<string, string> _errors = [];

    public IReadOnlyDictionary<string, string> Errors => _errors;

    public bool IsFine => _errors.Count == 0;

    public void Fault(string field, string error) => _errors[field] = error;

    /// <summary>Empty after a fault; check <see cref="IsFine"/> before use.</summary>
    public string Text(string field, int most, string missing)
    {
        var text = typed[field];
        if (text is null)
        {
            Fault(field, missing);
        }

        return Optional(field, most) ?? "";
    }

    public string? Optional(string field, int most)
    {
        if (typed[field] is { } text && text.Length > most)
        {
            Fault(field, $"At most {most} characters; this is {text.Length}.");
        }

        return typed[field];
    }

    public DateOnly Date(string field, DateOnly from, string missing)
    {
        if (!DateOnly.TryParseExact(typed[field], "yyyy-MM-dd", out var date))
        {
            Fault(field, missing);
        }
        else if (date < from)
        {
            Fault(field, $"This day is over. Choose {from:yyyy-MM-dd} or later.");
        }
        else if (date > from.AddYears(5))
        {
            Fault(field, "Choose a day within the next five years.");
        }

        return date;
    }

    public double? Number(string field, double least, double most, string error)
    {
        if (typed[field] is not { } text)
        {
            return null;
        }

        // "1,200" is a thousand to one reader and one to another: asked back instead of guessed.
        var thousands = text.Contains(',', StringComparison.Ordinal) && text.Split(',')[^1].Length == 3;
        if (!thousands && double.TryParse(text.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number) && number >= least && number <= most)
        {
            return number;
        }

        Fault(field, thousands ? $"Write it without separating thousands: is this {text.Replace(",", "")}, or {text.Replace(',', '.')}?" : error);
        return null;
    }

    public string OneOf(string field, IReadOnlyList<Choice> choices, string missing)
    {
        var chosen = typed[field];
        if (chosen is null || !choices.Any(c => c.Value == chosen))
        {
            Fault(field, missing);
        }

        return chosen ?? "";
    }
}

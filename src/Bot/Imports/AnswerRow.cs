using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Bot.Cards;
using Bot.Chat;
using Bot.Loops;

namespace Bot.Imports;

/// <summary>One row of a file that was understood.</summary>
/// <param name="Line">Where it starts in the file.</param>
public sealed record AnswerRow(long Line, DateTimeOffset At, int Rating, string? Text, PersonId? Person)
{
    /// <summary>
    /// More than a check-in takes: people wrote these elsewhere, under other limits, and a row refused for its length would be missing
    /// from the week's mean. Cards shorten what they show.
    /// </summary>
    public const int MaxText = 10_000;

    /// <summary>How much of a cell a message repeats.</summary>
    internal const int MaxShown = 40;

    private const string Utc = "Etc/UTC";
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] Formats =
    [
        "yyyy-MM-dd",
        "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mmK",
        "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mm:ss zzz",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
    ];

    public DateOnly Monday { get; } = MondayOf(At);

    /// <summary>The Monday of an instant's ISO week in UTC.</summary>
    public static DateOnly MondayOf(DateTimeOffset instant) => Say.Monday(WeeklySlot.DateIn(instant, Utc));

    public static DateTimeOffset? ReadDate(string cell, out string reason)
    {
        reason = "";
        if (!DateTimeOffset.TryParseExact(cell, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at))
        {
            reason = cell.Length == 0
                ? "the date is empty"
                : $"{Shown(cell)} is not a date like 2026-11-19, 2026-11-19 10:00:00 or 2026-11-19T10:00:00+01:00";
            return null;
        }

        if (at < Earliest)
        {
            reason = $"{Shown(cell)} is before the year 2000";
            return null;
        }

        return at;
    }

    public static int? ReadRating(string cell, out string reason)
    {
        reason = cell.Length == 0 ? "the performance is empty" : $"performance {Shown(cell)} is not a whole number from 1 to 5";
        return decimal.TryParse(cell, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is 1 or 2 or 3 or 4 or 5
            ? (int)number
            : null;
    }

    public static string Shown(string cell) => $"\"{Say.Shortened(cell, MaxShown)}\"";

    /// <summary>What tells this row from others; equal rows of one week are told apart by their number.</summary>
    public string Key(int occurrence) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
        '\n', At.ToUnixTimeMilliseconds(), Rating, Person?.ToString(), occurrence, Text))));
}

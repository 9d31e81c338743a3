using System.Globalization;
using Bot.Loops;

namespace Bot.Cards;

/// <summary>Times, dates and numbers in the words the bot uses everywhere. English, and the reader's zone by name.</summary>
public static class Say
{
    private static readonly CultureInfo Words = CultureInfo.InvariantCulture;

    /// <summary>"Thu 10:00 (Berlin)".</summary>
    public static string Time(DateTimeOffset instant, string zone) => $"{WeeklySlot.In(instant, zone).ToString("ddd HH:mm", Words)} ({City(zone)})";

    /// <summary>"Thursday 19 November, 10:00 (Berlin)".</summary>
    public static string DayAndTime(DateTimeOffset instant, string zone) =>
        $"{WeeklySlot.In(instant, zone).ToString("dddd d MMMM, HH:mm", Words)} ({City(zone)})";

    /// <summary>"Thu 19 Nov 2026 10:00 (Berlin, UTC+01:00)".</summary>
    public static string WithOffset(DateTimeOffset instant, string zone)
    {
        var local = WeeklySlot.In(instant, zone);
        return $"{local.ToString("ddd d MMM yyyy HH:mm", Words)} ({City(zone)}, UTC{local.ToString("zzz", Words)})";
    }

    /// <summary>"12 Nov", with the year when it is not the year of <paramref name="today"/>.</summary>
    public static string Date(DateOnly date, DateOnly today) => date.ToString(date.Year == today.Year ? "d MMM" : "d MMM yyyy", Words);

    /// <summary>"week of 16 November": the Monday of the ISO week; with the year when it is not that of <paramref name="today"/>.</summary>
    public static string Week(DateOnly date, DateOnly? today = null) =>
        "week of " + Monday(date).ToString(today is null || Monday(date).Year == today.Value.Year ? "d MMMM" : "d MMMM yyyy", Words);

    public static DateOnly Monday(DateOnly date) => date.AddDays(-(((int)date.DayOfWeek + 6) % 7));

    /// <summary>The zone's city: "Europe/Berlin" is "Berlin".</summary>
    public static string City(string zone) => zone[(zone.LastIndexOf('/') + 1)..].Replace('_', ' ');

    /// <summary>At most two decimals, never "-0".</summary>
    public static string Number(double value) => (Math.Round(value, 2) + 0.0).ToString("0.##", Words);

    /// <summary>"3 hours", "2 days", for saying how late something is.</summary>
    public static string Span(TimeSpan span) => span switch
    {
        { TotalMinutes: < 90 } => Count((int)Math.Round(span.TotalMinutes), "minute"),
        { TotalHours: < 36 } => Count((int)Math.Round(span.TotalHours), "hour"),
        _ => Count((int)Math.Round(span.TotalDays), "day"),
    };

    /// <summary>"1 action", "2 actions".</summary>
    public static string Count(int n, string noun) => n == 1 ? $"1 {noun}" : $"{n} {noun}s";

    /// <summary>Ratings of 1 to 5 as bars; a week without a figure is a gap.</summary>
    public static string Sparkline(IEnumerable<double?> ratings) => Sparkline(ratings, 1, 5);

    /// <summary>Values between two ends as bars; where nothing lies between them, bars of half the height.</summary>
    public static string Sparkline(IEnumerable<double?> values, double least, double most) => string.Concat(values.Select(v =>
        v is { } value ? "▁▂▃▄▅▆▇█"[most > least ? (int)Math.Round((Math.Clamp(value, least, most) - least) / (most - least) * 7) : 3] : '·'));

    /// <summary>A score of 0 to 100 as ten blocks; no score is ten dots.</summary>
    public static string Bar(double? score)
    {
        var full = score is { } value ? (int)Math.Round(Math.Clamp(value, 0, 100) / 10) : 0;
        return score is null ? new string('·', 10) : new string('█', full) + new string('░', 10 - full);
    }

    /// <summary>Verbatim, but at most so many characters; what was cut is shown as cut.</summary>
    public static string Shortened(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        var cut = char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1;
        return text[..cut] + "…";
    }

    /// <summary>As <see cref="Shortened"/>, cut between words where there are words.</summary>
    public static string Quoted(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        var space = text.LastIndexOf(' ', most - 1);
        return space > most / 2 ? text[..space].TrimEnd(' ', ',', ';', ':') + "…" : Shortened(text, most);
    }
}

using System.Globalization;
using Bot.Cards;
using Bot.Chat;

namespace Bot.Loops;

/// <summary>Reads weekday, time and time zone, which several forms ask for by the same names.</summary>
public static class SlotFields
{
    /// <summary>Of no use after a fault; check <see cref="FormReader.IsFine"/>.</summary>
    public static WeeklySlot Read(FormReader read, FormValues typed)
    {
        if (!Enum.TryParse<DayOfWeek>(typed["day"], out var day) || !Enum.IsDefined(day) || int.TryParse(typed["day"], out _))
        {
            read.Fault("day", "Choose a day of the week.");
        }

        if (!TimeOnly.TryParseExact(typed["time"], "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            read.Fault("time", "Give the time as hours and minutes, for example 10:00.");
        }

        var zone = typed["zone"] ?? "";
        if (ZoneFault(zone) is { } fault)
        {
            read.Fault("zone", fault);
        }

        return new WeeklySlot(day, time, zone);
    }

    /// <summary>Null for a time zone.</summary>
    public static string? ZoneFault(string typed) => WeeklySlot.IsZone(typed) ? null
        : Near(typed) is { } near ? $"This is not a time zone. Did you mean {near}?" : "Give a time zone by its name, for example Europe/Berlin.";

    /// <summary>A zone whose city the person may have meant.</summary>
    private static string? Near(string typed) => typed.Length < 3 ? null
        : WeeklySlot.Zones.FirstOrDefault(z => Say.City(z).Equals(typed, StringComparison.OrdinalIgnoreCase) || z.Equals(typed, StringComparison.OrdinalIgnoreCase))
        ?? WeeklySlot.Zones.Select(z => (Zone: z, Distance: UnknownWord.Distance(typed.ToLowerInvariant(), z.ToLowerInvariant())))
            .Where(z => z.Distance <= 3).OrderBy(z => z.Distance).Select(z => z.Zone).FirstOrDefault();
}

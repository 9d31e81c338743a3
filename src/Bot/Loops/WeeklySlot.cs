using NodaTime;
using NodaTime.TimeZones;

namespace Bot.Loops;

/// <summary>
/// Weekday and local time in an IANA zone at which the review starts, every week. Where that time does not exist it moves forward by the
/// gap; where it exists twice it is the first. Zone rules are NodaTime's own, so the machine needs none.
/// </summary>
/// <param name="Minutes">Length of the review, 10 to 120.</param>
public sealed record WeeklySlot(DayOfWeek Day, TimeOnly Time, string Zone, int Minutes = 30)
{
    private static readonly ZoneLocalMappingResolver Resolve =
        Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnForwardShifted);

    public static WeeklySlot Default { get; } = new(DayOfWeek.Thursday, new TimeOnly(10, 0), "Europe/Berlin");

    public static bool IsZone(string zone) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is not null;

    public static IReadOnlyList<string> Zones => [.. DateTimeZoneProviders.Tzdb.Ids];

    /// <summary>The instant at which a wall clock in a zone shows a time, by the rule above.</summary>
    public static DateTimeOffset At(DateOnly date, TimeOnly time, string zone) =>
        (date.ToLocalDate() + time.ToLocalTime()).InZone(ZoneOf(zone), Resolve).ToDateTimeOffset();

    /// <summary>The same instant with the zone's offset, to show it there.</summary>
    public static DateTimeOffset In(DateTimeOffset instant, string zone) =>
        Instant.FromDateTimeOffset(instant).InZone(ZoneOf(zone)).ToDateTimeOffset();

    public static DateOnly DateIn(DateTimeOffset instant, string zone) => DateOnly.FromDateTime(In(instant, zone).DateTime);

    public DateTimeOffset StartOn(DateOnly date) => At(date, Time, Zone);

    /// <summary>The instant a number of hours before the review, counted on the wall clock of the slot's zone or of another one.</summary>
    /// <param name="zone">Somebody else's zone: the hour the slot's clock shows, on theirs.</param>
    public DateTimeOffset HoursBefore(DateOnly date, int hours, string? zone = null)
    {
        var local = date.ToLocalDate() + Time.ToLocalTime() - Period.FromHours(hours);
        return local.InZone(ZoneOf(zone ?? Zone), Resolve).ToDateTimeOffset();
    }

    /// <summary>The first review date whose review starts after an instant.</summary>
    public DateOnly FirstAfter(DateTimeOffset instant)
    {
        // A start can lie a day away from its date (a gap of a whole day), so begin two days early.
        var date = OnOrAfter(DateIn(instant, Zone).AddDays(-2));
        while (StartOn(date) <= instant)
        {
            date = date.AddDays(7);
        }

        return date;
    }

    /// <summary>The first date on the slot's weekday, that day included.</summary>
    public DateOnly OnOrAfter(DateOnly date) => date.AddDays(((int)Day - (int)date.DayOfWeek + 7) % 7);

    private static DateTimeZone ZoneOf(string zone) =>
        DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) ?? throw new ArgumentException($"'{zone}' is not an IANA time zone.", nameof(zone));
}

file static class NodaDates
{
    public static LocalDate ToLocalDate(this DateOnly date) => LocalDate.FromDateOnly(date);

    public static LocalTime ToLocalTime(this TimeOnly time) => LocalTime.FromTimeOnly(time);
}

using System.Globalization;
using NodaTime;

namespace Bot.Web.Playground;

/// <summary>Says instants in somebody's zone, from NodaTime's own zone data.</summary>
public static class Times
{
    public static IReadOnlyCollection<string> Zones => DateTimeZoneProviders.Tzdb.Ids;

    public static bool IsZone(string zone) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is not null;

    /// <summary>As in "07:00".</summary>
    public static string Hour(DateTimeOffset instant, string zone) => Say(instant, zone, "HH':'mm");

    /// <summary>As in "Thu 07:00".</summary>
    public static string WeekdayHour(DateTimeOffset instant, string zone) => Say(instant, zone, "ddd HH':'mm");

    /// <summary>As in "Thu 19 Nov, 07:00".</summary>
    public static string Moment(DateTimeOffset instant, string zone) => Say(instant, zone, "ddd d MMM, HH':'mm");

    /// <summary>As in "Thursday, 19 November 2026".</summary>
    public static string Day(DateTimeOffset instant, string zone) => Say(instant, zone, "dddd, d MMMM yyyy");

    /// <summary>As in "2026-11-19T07:00:00Z", for machines.</summary>
    public static string Machine(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>As in "Berlin" for "Europe/Berlin".</summary>
    public static string City(string zone) => zone[(zone.LastIndexOf('/') + 1)..].Replace('_', ' ');

    private static string Say(DateTimeOffset instant, string zone, string pattern) =>
        Instant.FromDateTimeOffset(instant)
            .InZone(DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) ?? DateTimeZone.Utc)
            .LocalDateTime.ToString(pattern, CultureInfo.InvariantCulture);
}

using Bot.CheckIns;
using Bot.Loops;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Bot.Tests.Loops;

// Laws: every week has exactly one review, on the slot's weekday and wall-clock time; where that time does not exist it moves forward by
// the gap; where it exists twice it is the first. Cases by hand: both edges in Berlin, a gap at midnight, a zone that left out a day.
public sealed class WeeklySlotTests
{
    private static readonly string[] Zones =
    [
        "Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Africa/Cairo", "Asia/Beirut", "America/Asuncion", "Australia/Lord_Howe",
        "Asia/Kolkata", "Pacific/Apia", "Pacific/Kiritimati", "Europe/London", "America/St_Johns", "Asia/Tehran", "America/Havana", "UTC",
    ];

    private static Arbitrary<(WeeklySlot Slot, DateOnly From)> SlotsAndDays { get; } = (
        from day in Gen.Elements(Enum.GetValues<DayOfWeek>())
        from minute in Gen.Choose(0, (24 * 60) - 1)
        from zone in Gen.Elements(Zones)
        from start in Gen.Choose(0, 365 * 30)
        select (new WeeklySlot(day, new TimeOnly(minute / 60, minute % 60), zone), new DateOnly(2005, 1, 1).AddDays(start))).ToArbitrary();

    [Fact]
    public void Every_week_has_exactly_one_review_on_the_slots_weekday() => Prop.ForAll(SlotsAndDays, x =>
    {
        var (slot, from) = x;
        var date = slot.OnOrAfter(from);
        for (var week = 0; week < 60; week++)
        {
            var next = slot.FirstAfter(slot.StartOn(date));
            Assert.Equal(date.AddDays(7), next);
            Assert.Equal(slot.Day, next.DayOfWeek);
            date = next;
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_review_starts_at_the_slots_time_or_later_by_the_gap_and_at_the_first_of_two() => Prop.ForAll(SlotsAndDays, x =>
    {
        var (slot, from) = x;
        var date = slot.OnOrAfter(from);
        var zone = DateTimeZoneProviders.Tzdb[slot.Zone];
        for (var week = 0; week < 60; week++, date = date.AddDays(7))
        {
            var local = LocalDate.FromDateOnly(date) + LocalTime.FromTimeOnly(slot.Time);
            var start = Instant.FromDateTimeOffset(slot.StartOn(date));
            var map = zone.MapLocal(local);
            if (map.Count == 0)
            {
                // In seconds: the difference of two offsets of a zone that left out a day is no offset.
                var gap = map.LateInterval.WallOffset.Seconds - map.EarlyInterval.WallOffset.Seconds;
                Assert.Equal(local.PlusSeconds(gap), start.InZone(zone).LocalDateTime);
            }
            else
            {
                Assert.Equal(map.First().ToInstant(), start);
            }
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_first_review_after_an_instant_is_after_it_and_no_earlier_one_is() => Prop.ForAll(SlotsAndDays, x =>
    {
        var (slot, day) = x;
        var instant = new DateTimeOffset(day, new TimeOnly(13, 37), TimeSpan.Zero);
        var first = slot.FirstAfter(instant);
        Assert.True(slot.StartOn(first) > instant);
        Assert.True(slot.StartOn(first.AddDays(-7)) <= instant);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("2026-03-29", "02:30", "2026-03-29T03:30:00+02:00")] // the gap of spring: moved forward by an hour
    [InlineData("2026-10-25", "02:30", "2026-10-25T02:30:00+02:00")] // the hour that exists twice: the first of two
    [InlineData("2026-10-25", "10:00", "2026-10-25T10:00:00+01:00")]
    public void Berlin_keeps_the_wall_clock_on_both_edges(string date, string time, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected), WeeklySlot.At(DateOnly.Parse(date), TimeOnly.Parse(time), "Europe/Berlin"));

    [Theory]
    [InlineData("America/Sao_Paulo", "2018-11-04", "2018-11-04T01:00:00-02:00")]
    [InlineData("Asia/Beirut", "2022-03-27", "2022-03-27T01:00:00+03:00")]
    [InlineData("Africa/Cairo", "2023-04-28", "2023-04-28T01:00:00+03:00")]
    public void Midnight_that_does_not_exist_moves_forward(string zone, string date, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected), WeeklySlot.At(DateOnly.Parse(date), TimeOnly.MinValue, zone));

    [Fact]
    public void A_day_that_a_zone_left_out_has_its_review_a_day_later_and_the_week_still_one()
    {
        var slot = new WeeklySlot(DayOfWeek.Friday, new TimeOnly(10, 0), "Pacific/Apia");

        var left = slot.StartOn(new DateOnly(2011, 12, 30));

        Assert.Equal(DateTimeOffset.Parse("2011-12-31T10:00:00+14:00"), left);
        Assert.Equal(new DateOnly(2012, 1, 6), slot.FirstAfter(left));
    }

    [Fact]
    public void Hours_before_the_review_are_counted_on_the_wall_clock()
    {
        var slot = new WeeklySlot(DayOfWeek.Sunday, new TimeOnly(10, 0), "Europe/Berlin");

        var opens = slot.HoursBefore(new DateOnly(2026, 3, 29), 24);

        Assert.Equal(DateTimeOffset.Parse("2026-03-28T10:00:00+01:00"), opens);
        Assert.Equal(TimeSpan.FromHours(23), slot.StartOn(new DateOnly(2026, 3, 29)) - opens);
    }

    [Fact]
    public void The_same_hour_in_anothers_zone_is_their_own_morning()
    {
        var opens = WeeklySlot.Default.HoursBefore(new DateOnly(2026, 11, 26), 24, "Asia/Kolkata");

        Assert.Equal(DateTimeOffset.Parse("2026-11-25T10:00:00+05:30"), opens);
    }
}

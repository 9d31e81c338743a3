using Bot.Cards;
using FsCheck;
using FsCheck.Fluent;

namespace Bot.Tests.Cards;

/// <summary>Times in the reader's zone (both offsets of Berlin, half an hour, UTC itself), dates at the turn of the year, weeks, numbers, spans, sparklines, cuts.</summary>
public sealed class SayTests
{
    private static readonly DateTimeOffset Thursday = new(2026, 11, 19, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_time_is_said_in_the_readers_zone_with_its_city()
    {
        Assert.Equal("Thu 10:00 (Berlin)", Say.Time(Thursday, "Europe/Berlin"));
        Assert.Equal("Thursday 19 November, 10:00 (Berlin)", Say.DayAndTime(Thursday, "Europe/Berlin"));
        Assert.Equal("Thursday 19 November, 14:30 (Kolkata)", Say.DayAndTime(Thursday, "Asia/Kolkata"));
    }

    [Theory]
    [InlineData(11, "Europe/Berlin", "Thu 19 Nov 2026 10:00 (Berlin, UTC+01:00)")]
    [InlineData(8, "Europe/Berlin", "Wed 19 Aug 2026 11:00 (Berlin, UTC+02:00)")]
    [InlineData(11, "America/St_Johns", "Thu 19 Nov 2026 05:30 (St Johns, UTC-03:30)")]
    [InlineData(11, "UTC", "Thu 19 Nov 2026 09:00 (UTC, UTC+00:00)")]
    public void An_offset_is_the_one_that_holds_on_that_day(int month, string zone, string said)
    {
        Assert.Equal(said, Say.WithOffset(new DateTimeOffset(2026, month, 19, 9, 0, 0, TimeSpan.Zero), zone));
    }

    [Fact]
    public void A_date_of_another_year_has_its_year()
    {
        var today = new DateOnly(2026, 12, 30);

        Assert.Equal(("12 Nov", "4 Jan 2027"), (Say.Date(new DateOnly(2026, 11, 12), today), Say.Date(new DateOnly(2027, 1, 4), today)));
    }

    [Theory]
    [InlineData("America/Argentina/Buenos_Aires", "Buenos Aires")]
    [InlineData("Europe/Berlin", "Berlin")]
    [InlineData("UTC", "UTC")]
    public void A_zone_is_called_by_its_city(string zone, string city) => Assert.Equal(city, Say.City(zone));

    [Fact]
    public void A_week_is_called_by_its_Monday()
    {
        Assert.Equal("week of 16 November", Say.Week(new DateOnly(2026, 11, 19)));
        Assert.Equal("week of 28 December", Say.Week(new DateOnly(2027, 1, 3)));
    }

    [Fact]
    public void Every_day_has_one_Monday_at_most_six_days_before_it()
    {
        Prop.ForAll(Gen.Choose(0, DateOnly.MaxValue.DayNumber).ToArbitrary(), number =>
        {
            var date = DateOnly.FromDayNumber(number);

            var monday = Say.Monday(date);

            return monday.DayOfWeek == DayOfWeek.Monday && date.DayNumber - monday.DayNumber is >= 0 and <= 6;
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(41, "41")]
    [InlineData(3.14159, "3.14")]
    [InlineData(-0.004, "0")]
    [InlineData(-2.5, "-2.5")]
    [InlineData(1234.5, "1234.5")]
    public void A_number_has_at_most_two_decimals_and_no_negative_zero(double value, string said) => Assert.Equal(said, Say.Number(value));

    [Theory]
    [InlineData(1, "1 minute")]
    [InlineData(89, "89 minutes")]
    [InlineData(90, "2 hours")]
    [InlineData(180, "3 hours")]
    [InlineData(35 * 60, "35 hours")]
    [InlineData(36 * 60, "2 days")]
    [InlineData(72 * 60, "3 days")]
    public void A_span_is_said_in_the_unit_that_fits(int minutes, string said) => Assert.Equal(said, Say.Span(TimeSpan.FromMinutes(minutes)));

    [Fact]
    public void One_is_one_and_all_others_are_several()
    {
        Assert.Equal(("0 actions", "1 action", "2 actions"), (Say.Count(0, "action"), Say.Count(1, "action"), Say.Count(2, "action")));
    }

    [Fact]
    public void A_sparkline_goes_from_hindered_to_indispensable_and_shows_a_gap_as_a_gap()
    {
        Assert.Equal("▁▃▅▆█·▁█", Say.Sparkline([1, 2, 3.1, 4, 5, null, 0.5, 7]));
        Assert.Equal("", Say.Sparkline([]));
    }

    [Fact]
    public void A_shortened_text_is_a_beginning_of_the_original_within_the_limit_and_never_half_a_character()
    {
        var texts = Gen.Elements("a", " ", "é", "😀", "\n").ArrayOf().Select(string.Concat);
        Prop.ForAll(texts.ToArbitrary(), Gen.Choose(2, 20).ToArbitrary(), (text, most) =>
        {
            var cut = Say.Shortened(text, most);

            return cut.Length <= most && (cut == text || (cut[^1] == '…' && text.StartsWith(cut[..^1], StringComparison.Ordinal) && cut.Length >= most - 1))
                && !cut.EnumerateRunes().Contains(System.Text.Rune.ReplacementChar);
        }).QuickCheckThrowOnFailure();
    }
}

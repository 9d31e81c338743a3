using Bot.Digests;

namespace Bot.Tests.Digests;

public sealed class WordsTests
{
    [Fact]
    public void Weeks_that_are_not_in_the_ledger_leave_a_dot_between_the_bars()
    {
        var line = Words.Sparkline([(new(2023, 7, 20), 1.0), (new(2023, 7, 27), 5.0), (new(2026, 11, 26), 3.0), (new(2026, 12, 3), null)]);

        Assert.Equal("▁█·▅·", line);
    }

    [Theory]
    [InlineData("2026-11-26", "2026-12-03", true)]
    [InlineData("2026-11-24", "2026-12-04", true)] // the slot moved from Tuesday to Friday
    [InlineData("2026-11-26", "2026-12-10", false)]
    [InlineData("2023-07-27", "2026-11-26", false)]
    public void The_week_before_is_the_calendars(string earlier, string later, bool next) =>
        Assert.Equal(next, Words.IsNext(DateOnly.Parse(earlier), DateOnly.Parse(later)));
}

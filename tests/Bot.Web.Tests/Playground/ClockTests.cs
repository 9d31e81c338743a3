using Bot.Loops;
using Bot.Web.Playground;

namespace Bot.Web.Tests.Playground;

public sealed class ClockTests
{
    [Fact]
    public void The_clock_never_goes_back_when_the_system_clock_does()
    {
        var system = new StoppedClock();
        var clock = new PlaygroundClock(system);
        clock.Set(TimeSpan.FromHours(5), StoppedClock.Start);
        var shown = clock.GetUtcNow();

        system.Now -= TimeSpan.FromHours(1);
        clock.Set(TimeSpan.FromHours(1), StoppedClock.Start);

        Assert.Equal(shown, clock.GetUtcNow());
    }

    [Fact]
    public async Task The_clock_goes_to_what_comes_next_and_just_past_it()
    {
        await using var host = await PlaygroundHost.StartAsync();
        var at = StoppedClock.Start.AddHours(22);
        host.Plan.Add(new Upcoming("reminder", "Churn predictor", at, "Europe/Berlin"));
        var page = await host.PageAsync("lee", "portfolio");

        await host.PostAsync("/clock", "lee", "portfolio", ("to", at.ToUnixTimeMilliseconds().ToString()));

        Assert.Contains("Churn predictor</span>, Thu 08:00 (Berlin)", page);
        Assert.Equal(at.AddSeconds(1), host.Clock.GetUtcNow());
        Assert.Equal([at.AddSeconds(1)], host.Looked);
    }

    [Fact]
    public async Task A_day_skipped_stops_at_everything_due_on_the_way()
    {
        await using var host = await PlaygroundHost.StartAsync();
        host.Plan.Add(new Upcoming("open", "A", StoppedClock.Start.AddHours(1), "Europe/Berlin"));
        host.Plan.Add(new Upcoming("remind", "A", StoppedClock.Start.AddHours(20), "Europe/Berlin"));
        host.Plan.Add(new Upcoming("review", "A", StoppedClock.Start.AddHours(30), "Europe/Berlin"));

        await host.PostAsync("/clock", "lee", "portfolio", ("by", "day"));

        Assert.Equal(
            [StoppedClock.Start.AddHours(1).AddSeconds(1), StoppedClock.Start.AddHours(20).AddSeconds(1), StoppedClock.Start.AddDays(1)],
            host.Looked);
    }

    [Fact]
    public async Task Something_due_that_nobody_does_does_not_stop_the_clock()
    {
        await using var host = await PlaygroundHost.StartAsync();
        host.FindsNext = _ => new Upcoming("stuck", "A", StoppedClock.Start.AddMinutes(5), "Europe/Berlin");

        await host.PostAsync("/clock", "lee", "portfolio", ("by", "hour"));

        Assert.Equal(StoppedClock.Start.AddHours(1), host.Clock.GetUtcNow());
    }

    [Fact]
    public async Task The_moved_clock_survives_a_restart()
    {
        using var folder = new TempFolder();
        await using (var host = await PlaygroundHost.StartAsync(folder))
        {
            await host.PostAsync("/clock", "lee", "portfolio", ("by", "day"));
        }

        await using var again = await PlaygroundHost.StartAsync(folder, StoppedClock.Start.AddMinutes(3));
        await using var setBack = await PlaygroundHost.StartAsync(folder, StoppedClock.Start.AddDays(-3));

        Assert.Equal(StoppedClock.Start.AddDays(1).AddMinutes(3), again.Clock.GetUtcNow());
        Assert.Equal(StoppedClock.Start.AddDays(1), setBack.Clock.GetUtcNow());
    }

    [Theory]
    [InlineData("99999999999999999999")]
    [InlineData("253402300798999")]
    [InlineData("-5")]
    [InlineData("soon")]
    public async Task The_clock_does_not_go_to_an_instant_out_of_reach(string to)
    {
        await using var host = await PlaygroundHost.StartAsync();

        var answer = await host.PostAsync("/clock", "lee", "portfolio", ("to", to));

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(StoppedClock.Start, host.Clock.GetUtcNow());
    }
}

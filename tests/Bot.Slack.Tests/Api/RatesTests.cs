using Bot.Slack.Api;

namespace Bot.Slack.Tests.Api;

// Rates: bursts in a channel and then one a second; a method's calls a minute; a pause that was asked for, for one method in one workspace; for whom a wait counts; what a pace learns.
public sealed class RatesTests
{
    private readonly ManualClock _clock = ManualClock.Start();
    private readonly Rates _rates;

    public RatesTests() => _rates = new Rates(_clock);

    [Fact]
    public async Task Three_messages_go_at_once_into_a_channel_and_then_one_a_second()
    {
        var waits = new List<TimeSpan>();
        for (var i = 0; i < 6; i++)
        {
            waits.Add(await WaitAsync(SlackMethods.PostMessage, "C1"));
        }

        Assert.All(waits[..3], wait => Assert.InRange(wait, TimeSpan.Zero, TimeSpan.FromMilliseconds(50)));
        Assert.All(waits[3..], wait => Assert.InRange(wait, TimeSpan.FromMilliseconds(900), TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Where_the_clock_was_set_back_nobody_waits_as_long_as_it_was_wrong()
    {
        var (clock, late) = (ManualClock.Start(), new ManualClock(ManualClock.Start().GetUtcNow().AddHours(1)));
        var rates = new WorkspaceRates();
        for (var i = 0; i < 3; i++)
        {
            rates.Take(SlackMethods.PostMessage, "C1", late.GetUtcNow(), Rates.LongestStay);
        }

        Assert.Equal(TimeSpan.Zero, rates.Take(SlackMethods.PostMessage, "C1", clock.GetUtcNow(), Rates.LongestStay).After);
    }

    [Fact]
    public async Task A_method_is_called_as_often_as_its_tier_promises()
    {
        var began = _clock.GetUtcNow();
        for (var i = 0; i < SlackMethods.Update.PerMinute * 2; i++)
        {
            await WaitAsync(SlackMethods.Update, null);
        }

        Assert.InRange(_clock.GetUtcNow() - began, TimeSpan.FromSeconds(59), TimeSpan.FromSeconds(61));
    }

    [Fact]
    public void A_call_too_many_of_a_method_is_too_many_for_all()
    {
        var (rates, now) = (new WorkspaceRates(), _clock.GetUtcNow());

        var waits = Enumerable.Range(0, SlackMethods.Update.PerMinute + 3).Select(_ => rates.Take(SlackMethods.Update, null, now, Rates.LongestStay)).ToList();

        Assert.Equal(new SlackResult.Wait(TimeSpan.FromSeconds(1.2)), waits[^3]);
        Assert.All(waits[^2..], wait => Assert.Equal(new SlackResult.Wait(TimeSpan.FromSeconds(2.4), ForAll: true), wait));
    }

    [Fact]
    public void A_message_too_many_for_its_channel_or_for_the_pace_of_all_waits_alone()
    {
        var (rates, now) = (new WorkspaceRates(), _clock.GetUtcNow());

        var inChannel = Enumerable.Range(0, 6).Select(_ => rates.Take(SlackMethods.PostMessage, "C1", now, Rates.LongestStay)).ToList();
        rates.Heard(SlackMethods.PostMessage, isMessage: true, now, new SlackResult.Wait(TimeSpan.Zero));
        var paced = Enumerable.Range(0, 4).Select(n => rates.Take(SlackMethods.PostMessage, $"C2{n}", now, Rates.LongestStay)).ToList();

        Assert.Equal(new SlackResult.Wait(TimeSpan.FromSeconds(3)), inChannel[^1]);
        Assert.Equal(new SlackResult.Wait(TimeSpan.FromSeconds(3)), paced[^1]);
    }

    [Fact]
    public async Task A_pause_holds_for_its_method_in_its_workspace_alone()
    {
        _rates.Heard("T1", SlackMethods.Update, null, new SlackResult.Wait(TimeSpan.FromSeconds(60)));

        Assert.Equal(new SlackResult.Wait(TimeSpan.FromSeconds(60), ForAll: true), await _rates.AskAsync("T1", SlackMethods.Update, null, CancellationToken.None));
        Assert.Null(await _rates.AskAsync("T2", SlackMethods.Update, null, CancellationToken.None));
        Assert.Null(await _rates.AskAsync("T1", SlackMethods.ViewsOpen, null, CancellationToken.None));
        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Null(await _rates.AskAsync("T1", SlackMethods.Update, null, CancellationToken.None));
    }

    [Fact]
    public async Task Who_waits_while_a_pause_is_asked_for_waits_that_long_too()
    {
        for (var i = 0; i < 3; i++)
        {
            await WaitAsync(SlackMethods.PostMessage, "C1");
        }

        var waiting = _rates.AskAsync("T1", SlackMethods.PostMessage, "C1", CancellationToken.None);
        _rates.Heard("T1", SlackMethods.PostMessage, "C1", new SlackResult.Wait(TimeSpan.FromSeconds(30)));
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.InRange((await waiting)!.After, TimeSpan.FromSeconds(28), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void A_pace_learns_from_a_refusal_how_many_the_last_second_took_and_is_faster_again_after_ten_quiet_minutes()
    {
        var (pace, now) = (new MessagePace(), _clock.GetUtcNow());
        for (var i = 0; i < 20; i++)
        {
            pace.Heard(now.AddMilliseconds(i * 40), new SlackResult.Ok([]));
        }

        pace.Heard(now.AddMilliseconds(800), new SlackResult.Wait(TimeSpan.FromSeconds(1)));
        var first = pace.Next(now.AddMilliseconds(800));
        pace.Take(first);
        var second = pace.Next(first);
        pace.Take(now.AddMinutes(11));
        var later = pace.Next(now.AddMinutes(11)) - now.AddMinutes(11);
        pace.Take(now.AddMinutes(12));

        Assert.Equal(now.AddMilliseconds(1800), first);
        Assert.Equal(1000 / (20 * 0.98), (second - first).TotalMilliseconds, 1);
        Assert.Equal(1000 / (20 * 0.98), later.TotalMilliseconds, 1);
        Assert.Equal(1000 / (20 * 0.98 * 1.1), (pace.Next(now.AddMinutes(12)) - now.AddMinutes(12)).TotalMilliseconds, 1);
    }

    [Fact]
    public void Those_refused_together_are_one_lesson_and_no_pace_is_slower_than_one_a_second()
    {
        var (pace, now) = (new MessagePace(), _clock.GetUtcNow());

        for (var i = 0; i < 5; i++)
        {
            pace.Heard(now.AddMilliseconds(i), new SlackResult.Wait(TimeSpan.FromSeconds(1)));
        }

        pace.Take(now);
        Assert.Equal(now.AddSeconds(1), pace.Next(now));
    }

    /// <summary>How long a call waits for its turn, on the spot.</summary>
    private async Task<TimeSpan> WaitAsync(SlackMethod method, string? channel)
    {
        var began = _clock.GetUtcNow();
        var asking = _rates.AskAsync("T1", method, channel, CancellationToken.None);
        while (!asking.IsCompleted && _clock.Timers > 0)
        {
            _clock.AdvanceToNext();
        }

        Assert.Null(await asking);
        return _clock.GetUtcNow() - began;
    }
}

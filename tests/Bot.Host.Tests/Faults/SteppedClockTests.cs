using Bot.Tests;
using FakeSlack.Deliver;
using FakeSlack.People;
using Microsoft.EntityFrameworkCore;

namespace Bot.Host.Tests.Faults;

// Somebody sets the machine's clock an hour forward, and back again, under a host that runs.
public sealed class SteppedClockTests
{
    private const int People = 6;

    [FaketimeFact]
    public async Task A_clock_set_forward_and_back_does_what_came_due_once_and_stops_nothing()
    {
        await using var store = TestStore.EmptyFile();
        await using var crowd = await SlackCrowd.StartAsync(store.Address, People, loops: 1);
        using var clock = new FakedClock();
        await using var host = await crowd.HostAsync(clock.Settings);
        var person = crowd.Slack.As(SlackCrowd.IdOf(1));
        await crowd.SettledAsync("everybody is asked");
        await crowd.PassAsync(round => round.RemindsAt, still: TimeSpan.FromMinutes(30));

        await clock.StepAsync(TimeSpan.FromHours(1));
        await Eventually.HoldsAsync("everybody is reminded", () => CountAsync(crowd, "remind:", People), SlackCrowd.Patience);
        // Signed an hour ago, as it seems.
        Assert.Equal(401, Assert.IsType<Ack.Answered>((await person.TypeAsync("#channel-0", "/pilot actions")).Ack).Status);

        await clock.StepAsync(TimeSpan.Zero);
        await crowd.PassAsync(round => round.ReviewAt);
        await Eventually.HoldsAsync("the review is there", () => CountAsync(crowd, "review:", 1), SlackCrowd.Patience);
        await crowd.PassAsync(round => round.ClosesAt);
        await Eventually.HoldsAsync("the digest is there", () => CountAsync(crowd, "digest:", 1), SlackCrowd.Patience);
        await Eventually.HoldsAsync("it is ready", () => IsReadyAsync(host), SlackCrowd.Patience);
        Assert.True((await person.TypeAsync("#channel-0", "/pilot actions")).IsAcknowledged);
        await crowd.SettledAsync("nothing waits");
        Assert.Contains("The machine's clock was set back", host.Output.Replace("\\u0027", "'"));

        Assert.Empty(await Said.TwiceAsync(crowd));
        Assert.Empty(await Said.NeverAsync(crowd));
        Assert.Equal(People, await crowd.AskAsync(db => db.PostedCards.CountAsync(p => p.Key.StartsWith("remind:"))));
        Assert.All(Enumerable.Range(0, People), each => Assert.Single(crowd.Slack.As(SlackCrowd.IdOf(each)).Messages(Person.App), message => message.Words.Contains("Not answered yet")));
        Assert.False(host.HasEnded);
    }

    private static Task<bool> CountAsync(SlackCrowd crowd, string keys, int count) => crowd.AskAsync(async db => await db.PostedCards.CountAsync(p => p.Key.StartsWith(keys)) == count);

    private static async Task<bool> IsReadyAsync(HostProcess host)
    {
        using var http = new HttpClient { BaseAddress = host.Address };
        using var answer = await http.GetAsync("/health/ready");
        return answer.IsSuccessStatusCode;
    }
}

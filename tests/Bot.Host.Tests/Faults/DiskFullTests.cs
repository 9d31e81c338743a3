using Bot.Store;
using FakeSlack.People;
using Microsoft.EntityFrameworkCore;

namespace Bot.Host.Tests.Faults;

// The disk under the SQLite file is full while an answer is sent and a reminder is due; then there is room again.
public sealed class DiskFullTests
{
    private const int People = 6;

    [SmallDiskFact]
    public async Task What_cannot_be_stored_is_not_confirmed_and_with_room_again_everything_goes_on()
    {
        using var disk = new SmallDisk(megabytes: 16);
        await using var crowd = await SlackCrowd.StartAsync(new StoreAddress(Database.Sqlite, $"Data Source={disk.Store}"), People, loops: 1);
        await using var host = await crowd.HostAsync();
        var answers = new SlackAnswers(crowd);
        await crowd.SettledAsync("everybody is asked");
        await Eventually.HoldsAsync("somebody has answered", () => answers.TryAsync(0));
        await crowd.SettledAsync("the answer is shown");
        var person = crowd.Slack.As(SlackCrowd.IdOf(1));
        await person.PressAsync(await person.SeesAsync(Person.App, "check-in is open"), "Answer");
        var form = await person.WindowAsync();
        await form.FillAsync("rating", "4");
        await form.FillAsync("comment", "typed before it was full");
        await form.FillAsync("drift", "no");

        await crowd.PassAsync(round => round.RemindsAt, still: TimeSpan.FromSeconds(3));
        await disk.FillAsync();
        var refused = Assert.IsType<Submission.FieldErrors>(await form.SubmitAsync());
        Assert.Contains("Nothing you typed is lost", Assert.Single(refused.Errors).Value);
        Assert.Contains("typed before it was full", form.Value("comment"));
        Assert.Equal(0, await crowd.AskAsync(db => db.Answers.CountAsync(a => a.Comment == "typed before it was full")));
        Assert.True((await crowd.Slack.As(SlackCrowd.IdOf(2)).TypeAsync("#channel-0", "/pilot actions")).IsAcknowledged);
        await Eventually.HoldsAsync("the reminder failed", () => host.Output.Contains("database or disk is full"));
        Assert.Equal(0, await crowd.AskAsync(db => db.Invitations.CountAsync(i => i.RemindedAt != null)));
        Assert.False(host.HasEnded);

        disk.MakeRoom();
        await Eventually.HoldsAsync("the answer is taken", async () => !form.IsOpen || await form.SubmitAsync() is Submission.Closed);
        await Eventually.HoldsAsync("the others are reminded", () => crowd.AskAsync(async db => await db.PostedCards.CountAsync(p => p.Key.StartsWith("remind:")) >= People - 2), SlackCrowd.Patience);
        await crowd.SettledAsync("nothing waits");

        Assert.Equal(1, await crowd.AskAsync(db => db.Answers.CountAsync(a => a.Comment == "typed before it was full")));
        await answers.AreKeptAsync("");
        Assert.Empty(await Said.TwiceAsync(crowd));
        Assert.Empty(await Said.NeverAsync(crowd));
        Assert.Equal("ok", await crowd.AskAsync(async db => (await db.Database.SqlQuery<string>($"PRAGMA integrity_check").ToListAsync()).Single()));
        Assert.Equal(0, await host.StopAsync());
    }
}

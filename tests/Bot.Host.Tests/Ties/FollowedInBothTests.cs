using System.Text.RegularExpressions;
using Bot.Host.Tests.Slack;
using Bot.Host.Tests.Teams;
using FakeSlack.People;
using Microsoft.EntityFrameworkCore;

namespace Bot.Host.Tests.Ties;

// The same initiative in a channel of Slack and in one of Teams, before one real host: two admins agree by a code, and Lee, who is in both, is asked once and counted
// once in both digests; a week after it was ended, in each.
public sealed partial class FollowedInBothTests
{
    [Fact]
    public async Task A_person_in_both_is_asked_and_counted_once_until_it_is_ended()
    {
        await using var both = await TwoPlatforms.StartAsync();
        await InvitedAsync(both);
        await LoopInSlackAsync(both);
        await LoopInTeamsAsync(both);

        await TiedAsync(both);
        await AskedOnceAsync(both);
        await CountedOnceAsync(both);
        await EndedAsync(both);

        // An event under whose way the clock was moved is too old when it arrives, and is sent again.
        Assert.DoesNotContain(both.Slack.Complaints, complaint => !complaint.StartsWith("Event ", StringComparison.Ordinal));
        Assert.DoesNotContain(both.Teams.Connector.Arrivals, arrival => arrival.Status >= 400 && arrival.Status != 401);
        Assert.DoesNotContain(TwoPlatforms.Domain, both.Host.Output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(Code(), both.Host.Output);
    }

    private static async Task InvitedAsync(TwoPlatforms both)
    {
        await both.Slack.InviteAppAsync(both.SlackChannel, "U0DANA");
        await both.InSlack("lee").SeesAsync(TwoPlatforms.Place, "Afterpilot is in #churn");
        await both.InTeams("Tara").InstallAsync();
        await both.InTeams("Tara").InstallAsync(both.TeamsChannel);
        await both.TeamsChannel.SeesAsync(both.Colleague("Uma"), "Afterpilot is in");
        await Eventually.HoldsAsync("the members of both channels were read", () => both.AskAsync(async db => await db.Channels.CountAsync(c => c.MembersReadAt != null) >= 2));
    }

    private static async Task LoopInSlackAsync(TwoPlatforms both)
    {
        var dana = both.InSlack("dana");
        await dana.TypeAsync(TwoPlatforms.Place, "/pilot loop");
        var form = await dana.WindowAsync();
        await form.FillAsync("name", TwoPlatforms.Churn);
        await form.FillAsync("people", "dana", "lee", "priya");
        await form.FillAsync("day", both.Now.AddDays(2).DayOfWeek.ToString());
        await form.FillAsync("time", "10:00");
        await form.FillAsync("zone", "Europe/Berlin");
        Assert.IsType<Submission.Closed>(await WeekInSlackTests.SubmitAsync(form));
        await dana.SeesAsync(TwoPlatforms.Place, "a weekly loop starts here");
    }

    private static async Task LoopInTeamsAsync(TwoPlatforms both)
    {
        var tara = both.InTeams("Tara");
        var welcome = await both.TeamsChannel.SeesAsync(both.Colleague("Tara"), "Start a loop for one initiative here");
        var dialog = await tara.PressAsync(both.TeamsChannel, welcome, "Start a loop");
        var taken = await tara.SubmitAsync(both.TeamsChannel, welcome, dialog, "Start the loop", new Dictionary<string, string>
        {
            ["name"] = TwoPlatforms.Churn, ["owner"] = "Tara Lind", ["people"] = "Tara Lind,Uma Rao,Vic Moss,Lee Okafor",
            ["day"] = both.Now.AddDays(2).DayOfWeek.ToString(), ["time"] = "10:00", ["zone"] = "Europe/Berlin",
        });
        Assert.True(taken.Body is null, taken.Body?.ToJsonString());
        await both.TeamsChannel.SeesAsync(both.Colleague("Uma"), "a weekly loop starts here");
    }

    private static async Task TiedAsync(TwoPlatforms both)
    {
        var refused = await both.InSlack("lee").TypeAsync(TwoPlatforms.Place, "/pilot together");
        Assert.Contains("Only an admin of this workspace can do this: dana", refused.Answer!.ToJsonString());
        var offered = await both.InSlack("dana").TypeAsync(TwoPlatforms.Place, "/pilot together");
        var code = Code().Match(offered.Answer!.ToJsonString()).Value;
        Assert.DoesNotContain(both.InSlack("lee").Messages(TwoPlatforms.Place), message => message.Words.Contains(code, StringComparison.Ordinal));

        var tara = both.InTeams("Tara");
        await tara.SayAsync($"together {TwoPlatforms.Churn} {code}");

        await tara.Chat.SeesAsync(both.Colleague("Tara"), "followed here and in #churn in pilots");
        await both.InSlack("priya").SeesAsync(TwoPlatforms.Place, "This initiative is also followed in");
        await both.TeamsChannel.SeesAsync(both.Colleague("Vic"), "This initiative is also followed in #churn in pilots");
        await Eventually.HoldsAsync("everybody of both has a fingerprint", () => both.AskAsync(async db => await db.Fingerprints.CountAsync() == 7));
    }

    private static async Task AskedOnceAsync(TwoPlatforms both)
    {
        var (slack, teams) = (await both.RoundsAsync(0)) is [var first, var second] ? (first, second) : throw new InvalidOperationException("There are two loops.");
        await both.MoveToAsync(slack.OpensAt);
        foreach (var name in new[] { "dana", "lee", "priya" })
        {
            var person = both.InSlack(name);
            await person.PressAsync(await person.SeesAsync(Person.App, TwoPlatforms.Churn + ", week of"), "Answer");
            var form = await person.WindowAsync();
            await form.FillAsync("rating", "4");
            Assert.True(await WeekInSlackTests.SubmitAsync(form) is Submission.Closed or Submission.Updated);
        }

        foreach (var name in new[] { "Tara", "Uma", "Vic" })
        {
            var person = both.InTeams(name);
            var prompt = await person.Chat.SeesAsync(both.Colleague(name), TwoPlatforms.Churn + ", week of");
            await person.PressAsync(person.Chat, prompt, "Answer");
            await person.PressAsync(person.Chat, prompt, "Send", new Dictionary<string, string> { ["rating"] = "2 - it helped little" });
        }

        Assert.Equal(["dana", "lee", "priya"], await both.AskedAsync(slack.Id));
        Assert.Equal(["Tara Lind", "Uma Rao", "Vic Moss"], await both.AskedAsync(teams.Id));
        var lee = both.InTeams("Lee");
        await lee.SayAsync("checkin");
        await lee.Chat.SeesAsync(both.Colleague("Lee"), "you are asked in #churn in pilots");
        Assert.Null(lee.Chat.Find(both.Colleague("Lee"), "week of"));
    }

    private static async Task CountedOnceAsync(TwoPlatforms both)
    {
        var round = (await both.RoundsAsync(0))[0];
        await both.MoveToAsync(round.ReviewAt);
        await both.MoveToAsync(round.ClosesAt);

        const string together = "together 6 of 6 answered this week, each person counted once. Performance of both: 3.0 of 5.";
        var inSlack = await both.InSlack("priya").SeesAsync(TwoPlatforms.Place, together);
        Assert.Contains("3 of 3 answered", inSlack.Words);
        var inTeams = await both.TeamsChannel.SeesAsync(both.Colleague("Vic"), together);
        Assert.Contains("3 of 3 answered", inTeams.WordsFor(both.Colleague("Vic")));
        Assert.DoesNotContain("priya", inTeams.WordsFor(both.Colleague("Vic")), StringComparison.OrdinalIgnoreCase);
    }

    private static async Task EndedAsync(TwoPlatforms both)
    {
        var tara = both.InTeams("Tara");
        await tara.SayAsync("together " + TwoPlatforms.Churn);
        var card = await tara.Chat.SeesAsync(both.Colleague("Tara"), "1, asked and counted in one of them");
        await tara.PressAsync(tara.Chat, card, "Count separately again");
        await both.InSlack("priya").SeesAsync(TwoPlatforms.Place, "no longer followed in two places");
        Assert.Equal(0, await both.AskAsync(db => db.Fingerprints.CountAsync()));

        var (slack, teams) = (await both.RoundsAsync(1)) is [var first, var second] ? (first, second) : throw new InvalidOperationException("There are two loops.");
        await both.MoveToAsync(slack.OpensAt);
        await both.MoveToAsync(slack.ReviewAt);
        await both.MoveToAsync(slack.ClosesAt);

        Assert.Equal(["dana", "lee", "priya"], await both.AskedAsync(slack.Id));
        Assert.Equal(["Lee Okafor", "Tara Lind", "Uma Rao", "Vic Moss"], await both.AskedAsync(teams.Id));
        var inSlack = await both.InSlack("priya").SeesAsync(TwoPlatforms.Place, "0 of 3 answered");
        var inTeams = await both.TeamsChannel.SeesAsync(both.Colleague("Vic"), "0 of 4 answered");
        Assert.DoesNotContain("two places", inSlack.Words);
        Assert.DoesNotContain("two places", inTeams.WordsFor(both.Colleague("Vic")));
    }

    [GeneratedRegex("tie-[a-z0-9]{26}", RegexOptions.None, 1000)]
    private static partial Regex Code();
}

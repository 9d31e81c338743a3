using Bot.CheckIns;
using Bot.Teams;
using FakeTeams.Talk;
using Microsoft.EntityFrameworkCore;

namespace Bot.Host.Tests.Teams;

// The whole week of the loop in Microsoft's own Agents Playground, through the real host: what Dana does, the playground does for her, by the addresses its page uses;
// Lee and Priya act by activities that it posts for them, and so does Dana in dialogs, which its page has not. It knows no tokens: a proxy signs and checks them.
public sealed class WeekInPlaygroundTests
{
    private const string Churn = "Churn predictor";

    [NodeFact]
    public async Task A_week_is_lived_from_installation_to_a_second_installation_and_the_playground_refuses_nothing()
    {
        await using var week = await PlaygroundOffice.StartAsync();

        await InstalledAsync(week);
        await LoopStartedAsync(week);
        await CheckInsAsync(week);
        await RemindedAsync(week);
        await ReviewedAsync(week);
        await DigestedAsync(week);
        await UninstalledAndBackAsync(week);

        Assert.DoesNotContain(week.Proxy.ToPlayground, exchange => exchange.Status is < 200 or > 299);
        Assert.DoesNotContain(week.Proxy.ToBot, exchange => exchange.Status is not (200 or 202));
    }

    [NodeFact]
    public async Task What_the_playground_posts_without_the_proxy_is_refused_and_not_heard()
    {
        await using var week = await PlaygroundOffice.StartAsync();
        using var straight = new HttpClient { BaseAddress = week.Office.Host.Address };

        using var refused = await straight.PostAsync("/api/messages", new StringContent(week.Lee.Activity(week.Office.Channel, "message").ToJsonString(), System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal(401, (int)refused.StatusCode);
        Assert.Equal(0, await week.Office.AskAsync(db => db.Workspaces.CountAsync(w => w.Platform == TeamsPlatform.PlatformName)));
    }

    private static async Task InstalledAsync(PlaygroundOffice week)
    {
        var (dana, channel) = (week.Dana, week.Office.Channel);
        await dana.HappensAsync("install", dana.Chat);
        await dana.Chat.SeesAsync(dana.User, "Add me to the channel");

        await dana.HappensAsync("install", channel);

        await channel.SeesAsync(dana.User, "Afterpilot is in");
        await Eventually.HoldsAsync("the members of the channel were read", () => week.Office.AskAsync(db => db.Channels.AnyAsync(c => c.ExternalId == channel.Id && c.MembersReadAt != null)));
    }

    private static async Task LoopStartedAsync(PlaygroundOffice week)
    {
        var dana = week.Dana;
        await dana.SayAsync("loop", week.Office.Channel);
        await week.Office.Channel.SeesAsync(dana.User, "The form is in our own chat.");
        var form = await dana.Chat.SeesAsync(dana.User, "A weekly loop for one initiative");

        await dana.PressAsync(dana.Chat, form, "Start the loop", new Dictionary<string, string>
        {
            ["name"] = Churn, ["owner"] = dana.User.Name, ["people"] = $"{dana.User.Name},{week.Office.Lee.Name},{week.Office.Priya.Name}",
            ["day"] = week.Office.Clock.GetUtcNow().AddDays(2).DayOfWeek.ToString(), ["time"] = "10:00", ["zone"] = "Europe/Atlantis", ["metric"] = "Calls changed because of it",
        });
        Assert.Contains("Not saved yet", form.WordsFor(dana.User));
        await dana.PressAsync(dana.Chat, form, "Start the loop", new Dictionary<string, string> { ["zone"] = "Europe/Berlin" });

        await week.Office.Channel.SeesAsync(dana.User, $"{Churn}: a weekly loop starts here");
    }

    private static async Task CheckInsAsync(PlaygroundOffice week)
    {
        var dana = week.Dana;
        await week.Office.MoveToAsync((await week.Office.RoundAsync()).OpensAt);
        var prompt = await dana.Chat.SeesAsync(dana.User, "Two minutes, until");

        await dana.PressAsync(dana.Chat, prompt, "Answer");
        await dana.PressAsync(dana.Chat, prompt, "Send", new Dictionary<string, string> { ["rating"] = "4 - it helped a lot", ["comment"] = "It found two I had missed.", ["metric"] = "many", ["drift"] = "no" });
        Assert.Contains("Not saved yet", prompt.WordsFor(dana.User));
        Assert.Contains("It found two I had missed.", prompt.WordsFor(dana.User));
        await dana.PressAsync(dana.Chat, prompt, "Send", new Dictionary<string, string> { ["metric"] = "41" });
        Assert.Contains("Saved. You can change it until", prompt.WordsFor(dana.User));
        await Eventually.HoldsAsync("the message became the answer", () => prompt.Card!.ToJsonString().Contains("4 of 5"));

        await dana.PressAsync(dana.Chat, prompt, "Change");
        await dana.PressAsync(dana.Chat, prompt, "Send", new Dictionary<string, string> { ["rating"] = "5 - could not do without it" });
        await Eventually.HoldsAsync("the message became the changed answer", () => prompt.Card!.ToJsonString().Contains("5 of 5"));

        var chat = await week.ChatAsync(week.Office.Lee);
        await AnswerAsync(week.Lee, chat, await chat.SeesAsync(week.Office.Lee, "Two minutes, until"), "3 - it helped somewhat");
        Assert.Equal(2, await week.Office.AskAsync(db => db.Invitations.CountAsync(i => i.AnsweredAt != null)));
    }

    private static async Task RemindedAsync(PlaygroundOffice week)
    {
        await week.Office.MoveToAsync((await week.Office.RoundAsync()).RemindsAt);

        await (await week.ChatAsync(week.Office.Priya)).SeesAsync(week.Office.Priya, "Not answered yet");
        Assert.Null(week.Dana.Chat.Find(week.Office.Dana, "Not answered yet"));
    }

    private static async Task ReviewedAsync(PlaygroundOffice week)
    {
        var (dana, channel) = (week.Dana, week.Office.Channel);
        await week.Office.MoveToAsync((await week.Office.RoundAsync()).ReviewAt);
        var review = await channel.SeesAsync(dana.User, $"Review: {Churn}");

        await dana.PressAsync(channel, review, "Start");
        await channel.SeesAsync(dana.User, "Performance · 9 minutes");
        await Eventually.HoldsAsync("everybody has the buttons", () => review.Card!.ToJsonString().Contains("Add decision"));
        var due = week.Office.Clock.GetUtcNow().AddDays(14).ToString("yyyy-MM-dd");
        var inDialogs = dana.Another(dana.User, week.Office.Clock);
        await week.AddAsync(inDialogs, review, "Add decision", "Add", ("text", "Call the top twenty first"));
        await week.AddAsync(inDialogs, review, "Add action", "Add", ("text", "Explain the score"), ("owner", week.Office.Lee.Name), ("due", due));
        await week.AddAsync(inDialogs, review, "Set experiment", "Set", ("change", "the list is sorted by region"), ("expect", "50 a week"), ("by", due));
        await Eventually.HoldsAsync("everybody sees the experiment", () => review.Card!.ToJsonString().Contains("the list is sorted by region"));

        await dana.PressAsync(channel, review, "End review");
    }

    private static async Task DigestedAsync(PlaygroundOffice week)
    {
        var (dana, channel) = (week.Dana, week.Office.Channel);
        var digest = await channel.SeesAsync(dana.User, "Experiment until next week");
        Assert.Contains("2 of 3 answered", digest.WordsFor(dana.User));
        Assert.Contains("Explain the score", digest.WordsFor(dana.User));

        var chat = await week.ChatAsync(week.Office.Priya);
        await AnswerAsync(week.Priya, chat, await chat.SeesAsync(week.Office.Priya, "Two minutes, until"), "2 - it helped little");

        await Eventually.HoldsAsync("the digest counts the late answer", () => digest.WordsFor(dana.User).Contains("3 of 3 answered", StringComparison.Ordinal));
    }

    private static async Task UninstalledAndBackAsync(PlaygroundOffice week)
    {
        var (dana, channel) = (week.Dana, week.Office.Channel);
        await dana.HappensAsync("uninstall", channel);
        await dana.HappensAsync("uninstall", dana.Chat);
        await Eventually.HoldsAsync("the channel is gone", () => week.Office.AskAsync(db => db.Channels.AnyAsync(c => c.ExternalId == channel.Id && c.GoneAt != null)));
        await Eventually.HoldsAsync("Dana is gone", () => week.Office.AskAsync(db => db.People.AnyAsync(p => p.ExternalId == dana.User.AadObjectId && p.GoneAt != null)));
        var before = (InChannel: channel.Messages.Count, InChat: dana.Chat.Messages.Count);

        await dana.HappensAsync("install", dana.Chat);
        await dana.HappensAsync("install", channel);

        await Eventually.HoldsAsync("both are welcomed again", () => channel.Messages.Count > before.InChannel && dana.Chat.Messages.Count > before.InChat);
        await dana.SayAsync("status", channel);
        await dana.Chat.SeesAsync(dana.User, "Next review");
        Assert.Equal(RoundState.Closed, (await week.Office.RoundAsync()).State);
    }

    private static async Task AnswerAsync(TeamsClient person, TeamsConversation chat, TeamsMessage prompt, string rating)
    {
        await person.PressAsync(chat, prompt, "Answer");
        await person.PressAsync(chat, prompt, "Send", new Dictionary<string, string> { ["rating"] = rating, ["drift"] = "not sure", ["struggles"] = "do not trust it" });
        Assert.Contains("Saved. You can change it until", prompt.WordsFor(person.User));
    }
}

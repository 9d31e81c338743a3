using System.Text.Json.Nodes;
using Bot.CheckIns;
using FakeTeams.Talk;
using Microsoft.EntityFrameworkCore;

namespace Bot.Host.Tests.Teams;

// The whole week of the loop in Teams, through the real host, with three people: installation in the personal chat and in a channel, a dialog and a card with field
// errors, an answer that is changed, a reminder, the review, the digest, a late answer, uninstalling and installing again. Tokens are checked in both directions,
// and the connector refuses what Teams would refuse.
public sealed class WeekInTeamsTests
{
    private const string Churn = "Churn predictor";

    [Fact]
    public async Task Three_people_live_a_week_from_installation_to_a_second_installation()
    {
        await using var office = await TeamsOffice.StartAsync();

        await InstalledAsync(office);
        await LoopStartedAsync(office);
        await CheckInsAsync(office);
        await RemindedAsync(office);
        await ReviewedAsync(office);
        await DigestedAsync(office);
        await UninstalledAndBackAsync(office);

        // 401: a token that ended while the clock was moved; the bot asks for another.
        Assert.DoesNotContain(office.Cloud.Connector.Arrivals, arrival => arrival.Status >= 400 && arrival.Status != 401);
        await office.SaidNothingOfAsync(office.Cloud.App.Secret, office.Dana.Name, office.Lee.Name, office.Priya.Name);
        Assert.DoesNotContain("eyJ", office.Host.Output);
    }

    private static async Task InstalledAsync(TeamsOffice office)
    {
        var dana = office.As(office.Dana);
        await dana.InstallAsync();
        await dana.Chat.SeesAsync(office.Dana, "Add me to the channel");

        await dana.InstallAsync(office.Channel);
        office.General.HasBot = true;

        await office.Channel.SeesAsync(office.Lee, "Afterpilot is in");
        await Eventually.HoldsAsync("the members of the channel were read", () => office.AskAsync(db => db.Channels.AnyAsync(c => c.ExternalId == office.Channel.Id && c.MembersReadAt != null)));
        await office.As(office.Priya).SayAsync("help", office.Channel);
    }

    private static async Task LoopStartedAsync(TeamsOffice office)
    {
        var dana = office.As(office.Dana);
        var welcome = await office.Channel.SeesAsync(office.Dana, "Start a loop for one initiative here");
        var dialog = await dana.PressAsync(office.Channel, welcome, "Start a loop");
        var typed = new Dictionary<string, string>
        {
            ["name"] = Churn, ["owner"] = office.Dana.Name, ["people"] = $"{office.Dana.Name},{office.Lee.Name},{office.Priya.Name}",
            ["day"] = office.Clock.GetUtcNow().AddDays(2).DayOfWeek.ToString(), ["time"] = "10:00", ["zone"] = "Europe/Atlantis", ["metric"] = "Calls changed because of it",
        };

        var refused = await dana.SubmitAsync(office.Channel, welcome, dialog, "Start the loop", typed);

        Assert.Contains("Not saved yet", refused.Body!.ToJsonString());
        Assert.Contains("Europe/Atlantis", refused.Body!.ToJsonString());
        var taken = await dana.SubmitAsync(office.Channel, welcome, refused, "Start the loop", new Dictionary<string, string> { ["zone"] = "Europe/Berlin" });
        Assert.Null(taken.Body);
        await office.Channel.SeesAsync(office.Lee, $"{Churn}: a weekly loop starts here");
    }

    private static async Task CheckInsAsync(TeamsOffice office)
    {
        var (dana, lee, priya) = (office.As(office.Dana), office.As(office.Lee), office.As(office.Priya));
        await office.MoveToAsync((await office.RoundAsync()).OpensAt);
        await priya.Chat.SeesAsync(office.Priya, "(New York)");
        await office.Channel.SeesAsync(office.Lee, "the check-in is open");

        var prompt = await lee.Chat.SeesAsync(office.Lee, Churn);
        await lee.PressAsync(lee.Chat, prompt, "Answer");
        await lee.PressAsync(lee.Chat, prompt, "Send", new Dictionary<string, string>
        {
            ["rating"] = "3 - it helped somewhat", ["struggles"] = "wrong or odd results", ["drift"] = "yes", ["comment"] = "saved me an hour <at>everybody</at> [here](https://evil.example)",
        });
        Assert.Contains("3 of 5", prompt.WordsFor(office.Lee));
        // On other devices too, which see the message itself.
        await Eventually.HoldsAsync("the message became the answer", () => prompt.Card!.ToJsonString().Contains("Saved. You can change it until"));

        await lee.PressAsync(lee.Chat, prompt, "Change");
        await lee.PressAsync(lee.Chat, prompt, "Send", new Dictionary<string, string> { ["rating"] = "4 - it helped a lot" });
        await Eventually.HoldsAsync("the message became the changed answer", () => prompt.Card!.ToJsonString().Contains("4 of 5"));

        await dana.SayAsync("checkin");
        var form = await dana.Chat.SeesAsync(office.Dana, "Only the first question needs an answer");
        await dana.PressAsync(dana.Chat, form, "Send", new Dictionary<string, string> { ["rating"] = "4 - it helped a lot", ["drift"] = "no", ["metric"] = "many" });
        Assert.Contains("Not saved yet", form.WordsFor(office.Dana));
        await dana.PressAsync(dana.Chat, form, "Send", new Dictionary<string, string> { ["metric"] = "41" });
        Assert.Contains("Saved. You can change it until", form.WordsFor(office.Dana));
        Assert.Equal(2, await office.AskAsync(db => db.Invitations.CountAsync(i => i.AnsweredAt != null)));
    }

    private static async Task RemindedAsync(TeamsOffice office)
    {
        await office.MoveToAsync((await office.RoundAsync()).RemindsAt);

        await office.As(office.Priya).Chat.SeesAsync(office.Priya, "Not answered yet");
        Assert.Null(office.As(office.Lee).Chat.Find(office.Lee, "Not answered yet"));
    }

    private static async Task ReviewedAsync(TeamsOffice office)
    {
        var dana = office.As(office.Dana);
        await office.MoveToAsync((await office.RoundAsync()).ReviewAt);
        var review = await office.Channel.SeesAsync(office.Dana, $"Review: {Churn}");

        await dana.PressAsync(office.Channel, review, "Start");
        var box = await office.Channel.SeesAsync(office.Lee, "Performance · 9 minutes");
        Assert.Equal(review.Id, box.ThreadId);
        await Eventually.HoldsAsync("everybody has the buttons", () => review.Card!.ToJsonString().Contains("Add decision"));
        var due = office.Clock.GetUtcNow().AddDays(14).ToString("yyyy-MM-dd");
        await FillAsync("Add decision", "Add", ("text", "Call the top twenty first"));
        await FillAsync("Add action", "Add", ("text", "Explain the score"), ("owner", office.Lee.Name), ("due", due));
        await FillAsync("Set experiment", "Set", ("change", "the list is sorted by region"), ("expect", "50 a week"), ("by", due));
        await Eventually.HoldsAsync("everybody sees the experiment", () => review.WordsFor(office.Lee).Contains("the list is sorted by region", StringComparison.Ordinal));

        await dana.PressAsync(office.Channel, review, "End review");

        async Task FillAsync(string button, string send, params (string Field, string Value)[] typed)
        {
            var dialog = await dana.PressAsync(office.Channel, review, button);
            var closed = await dana.SubmitAsync(office.Channel, review, dialog, send, typed.ToDictionary(t => t.Field, t => t.Value));
            Assert.True(closed.Body is null, closed.Body?.ToJsonString());
        }
    }

    private static async Task DigestedAsync(TeamsOffice office)
    {
        var priya = office.As(office.Priya);
        var digest = await office.Channel.SeesAsync(office.Lee, "Experiment until next week");
        Assert.Contains("2 of 3 answered", digest.WordsFor(office.Lee));
        Assert.Contains("Call the top twenty first", digest.WordsFor(office.Lee));
        Assert.Contains("Explain the score", digest.WordsFor(office.Lee));

        var prompt = await priya.Chat.SeesAsync(office.Priya, "(New York)");
        await priya.PressAsync(priya.Chat, prompt, "Answer");
        await priya.PressAsync(priya.Chat, prompt, "Send", new Dictionary<string, string> { ["rating"] = "2 - it helped little", ["drift"] = "not sure", ["struggles"] = "do not trust it" });

        await Eventually.HoldsAsync("the digest counts the late answer", () => digest.WordsFor(office.Lee).Contains("3 of 3 answered", StringComparison.Ordinal));
        // Nobody's words act: a text run is neither Markdown nor a mention.
        var comment = Assert.Single(Parts(digest.Card).Concat(Parts((await office.Channel.SeesAsync(office.Lee, $"Review: {Churn}")).Card)), part => part["text"]?.ToString().Contains("evil.example", StringComparison.Ordinal) == true);
        Assert.Equal("TextRun", (string?)comment["type"]);
        Assert.All(office.Channel.Messages, message => Assert.Null(message.Card?["msteams"]?["entities"]));
    }

    private static IEnumerable<JsonObject> Parts(JsonNode? node) => node switch
    {
        JsonObject part => part.SelectMany(member => Parts(member.Value)).Prepend(part),
        JsonArray list => list.SelectMany(Parts),
        _ => [],
    };

    private static async Task UninstalledAndBackAsync(TeamsOffice office)
    {
        var (dana, lee) = (office.As(office.Dana), office.As(office.Lee));
        await dana.UninstallAsync(office.Channel);
        await Eventually.HoldsAsync("the channel is gone", () => office.AskAsync(db => db.Channels.AnyAsync(c => c.ExternalId == office.Channel.Id && c.GoneAt != null)));
        await dana.UninstallAsync();
        var before = (InChannel: office.Channel.Messages.Count, InChat: dana.Chat.Messages.Count);

        await dana.InstallAsync();
        await dana.InstallAsync(office.Channel);

        await Eventually.HoldsAsync("both are welcomed again", () => office.Channel.Messages.Count > before.InChannel && dana.Chat.Messages.Count > before.InChat);
        await lee.SayAsync("status", office.Channel);
        await lee.Chat.SeesAsync(office.Lee, "Next review");
        Assert.Equal(RoundState.Closed, (await office.RoundAsync()).State);
    }
}

using FakeTeams.Talk;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Bot.Host.Tests.Teams;

// The week once more, in short, as it is seen: Microsoft's Agents Playground in Chromium, before the real host. What Dana does is done on its page. A button that opens
// a dialog does nothing there, so it is Lee who adds what the review decided.
public sealed class SeenWeekTests
{
    private const string Churn = "Churn predictor";
    private const string Personal = "Personal Chat";

    [PlaygroundFact]
    public async Task Dana_answers_mends_what_was_refused_leads_the_review_and_reads_the_digest()
    {
        await using var week = await PlaygroundOffice.StartAsync();
        await using var page = await PlaygroundPage.OpenAsync(week.Playground.Address);

        await LoopStartedAsync(week, page);
        await CheckedInAsync(week, page);
        await OthersAnswerAsync(week);
        await ReviewedAsync(week, page);

        var digest = await page.CardAsync("Experiment until next week");
        await Assertions.Expect(digest).ToContainTextAsync("4 of 6 answered");
        await Assertions.Expect(digest).ToContainTextAsync("Call the top twenty first");
        await page.PictureAsync("teams-digest", digest);
        Assert.Empty(page.Faults);
        Assert.DoesNotContain(week.Proxy.ToPlayground, exchange => exchange.Status is < 200 or > 299);
    }

    private static async Task LoopStartedAsync(PlaygroundOffice week, PlaygroundPage page)
    {
        await page.CardAsync("Add me to the channel");
        await page.GoAsync(Churn);
        await page.CardAsync("Afterpilot is in");
        await Eventually.HoldsAsync("the members of the channel were read", () => week.Office.AskAsync(db => db.Channels.AnyAsync(c => c.ExternalId == week.Office.Channel.Id && c.MembersReadAt != null)));
        await page.MentionAsync("loop");

        await page.GoAsync(Personal);
        var form = await page.CardAsync("A weekly loop for one initiative");
        await PlaygroundPage.FillAsync(form, "Initiative", Churn);
        await PlaygroundPage.FillAsync(form, "What is counted", "Calls changed because of it");
        await PlaygroundPage.FillAsync(form, "Before the pilot", "20");
        await PlaygroundPage.FillAsync(form, "Target", "60");
        await PlaygroundPage.PressAsync(form, "Start the loop");

        await page.GoAsync(Churn);
        await page.CardAsync($"{Churn}: a weekly loop starts here");
    }

    private static async Task CheckedInAsync(PlaygroundOffice week, PlaygroundPage page)
    {
        await page.GoAsync(Personal);
        await week.Office.MoveToAsync((await week.Office.RoundAsync()).OpensAt);
        await PlaygroundPage.PressAsync(await page.CardAsync("Your answers show up in the review"), "Answer");
        var form = await page.CardAsync("Only the first question needs an answer");
        await PlaygroundPage.ChooseAsync(form, "4 - it helped a lot");
        await PlaygroundPage.FillAsync(form, "A comment", "It found two customers I had missed.");
        await PlaygroundPage.ChooseAsync(form, "wrong or odd results");
        await PlaygroundPage.ChooseAsync(form, "no");
        await page.PictureAsync("teams-check-in", form);
        await PlaygroundPage.FillAsync(form, "Calls changed because of it, this week", "many");
        await PlaygroundPage.PressAsync(form, "Send");

        form = await page.CardAsync("Not saved yet");
        Assert.Equal("It found two customers I had missed.", await form.GetByLabel("A comment").First.InputValueAsync());
        await page.PictureAsync("teams-check-in-error", form);
        await PlaygroundPage.FillAsync(form, "Calls changed because of it, this week", "41");
        await PlaygroundPage.PressAsync(form, "Send");

        var saved = await page.CardAsync("Saved. You can change it until");
        await Assertions.Expect(saved).ToContainTextAsync("4 of 5");
        await page.PictureAsync("teams-check-in-saved", saved);
    }

    private static async Task OthersAnswerAsync(PlaygroundOffice week)
    {
        await AnswerAsync(week.Lee, "5 - could not do without it", "nothing");
        await AnswerAsync(week.Priya, "2 - it helped little", "do not trust it", "I cannot tell the customer why.");
        await AnswerAsync(week.Dana.Another(week.Office.Cloud.Tenant.AddUser("Layla Haddad"), week.Office.Clock), "4 - it helped a lot", "do not trust it");

        async Task AnswerAsync(TeamsClient person, string rating, string struggle, string? what = null)
        {
            var chat = await week.ChatAsync(person.User);
            var prompt = await chat.SeesAsync(person.User, "Two minutes, until");
            await person.PressAsync(chat, prompt, "Answer");
            await person.PressAsync(chat, prompt, "Send", new Dictionary<string, string> { ["rating"] = rating, ["struggles"] = struggle, ["struggleText"] = what ?? "", ["drift"] = "no" });
            Assert.Contains("Saved", prompt.WordsFor(person.User));
        }
    }

    private static async Task ReviewedAsync(PlaygroundOffice week, PlaygroundPage page)
    {
        await page.GoAsync(Churn);
        await week.Office.MoveToAsync((await week.Office.RoundAsync()).ReviewAt);
        await PlaygroundPage.PressAsync(await Review(), "Start");
        await Assertions.Expect(await Review()).ToContainTextAsync("Set experiment");

        var due = week.Office.Clock.GetUtcNow().AddDays(14).ToString("yyyy-MM-dd");
        var message = await week.Office.Channel.SeesAsync(week.Office.Lee, $"Review: {Churn}");
        await week.AddAsync(week.Lee, message, "Add decision", "Add", ("text", "Call the top twenty first"));
        await week.AddAsync(week.Lee, message, "Add action", "Add", ("text", "Explain the score in the CRM"), ("owner", week.Office.Priya.Name), ("due", due));
        await week.AddAsync(week.Lee, message, "Set experiment", "Set", ("change", "The list is sorted by region"), ("expect", "50 calls changed"), ("by", due));

        var review = await Review();
        await Assertions.Expect(review).ToContainTextAsync("The list is sorted by region");
        await page.PictureAsync("teams-review", review);
        await PlaygroundPage.PressAsync(review, "End review");

        Task<ILocator> Review() => page.CardAsync($"Review: {Churn}");
    }
}

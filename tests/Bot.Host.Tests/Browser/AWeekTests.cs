namespace Bot.Host.Tests.Browser;

/// <summary>Two weeks as four people with two loops, lived in a browser through the real host.</summary>
public sealed class AWeekTests
{
    private const string Churn = "Churn predictor";
    private const string Triage = "Ticket triage";

    /// <summary>The heading of a reminder.</summary>
    private const string Silent = "Not answered yet";

    [BrowserFact]
    public async Task A_team_lives_a_week_and_reads_the_second_weeks_digest_against_the_first()
    {
        using var file = new StoreFile();
        await using var host = await HostProcess.StartReadyAsync(file.Path);
        await using var page = await Playground.OpenAsync(host);

        await StartLoopsAsync(page);
        await CheckInsAsync(page);
        await RemindersAsync(page);
        await ReviewAsync(page);
        await DigestAsync(page);
        await SecondWeekAsync(page);

        Assert.Empty(page.Faults);
    }

    private static async Task StartLoopsAsync(Playground page)
    {
        await page.BeAsync("dana", "churn-predictor");
        await page.SayAsync("/pilot loop");
        await page.Dialog.WaitForAsync();
        await page.FillAsync("name", Churn);
        await page.FillAsync("metric", "Calls changed because of it");
        await page.FillAsync("baseline", "20");
        await page.FillAsync("target", "60");
        await page.SendAsync("Start the loop");
        await page.SeesAsync($"{Churn}: a weekly loop starts here");

        await page.BeAsync("lee", "ticket-triage");
        await page.PressToOpenAsync("Start a loop");
        await page.FillAsync("name", Triage);
        await page.FillAsync("time", "11:00");
        await page.FillAsync("zone", "Europe/Berlin");
        await page.SendAsync("Start the loop");
        await page.SeesAsync($"{Triage}: a weekly loop starts here");
    }

    private static async Task CheckInsAsync(Playground page)
    {
        await page.BeAsync("priya");
        await page.LetHappenAsync("check-in opens", Churn);
        await page.SeesAsync("(Kolkata)");
        await page.PressToOpenAsync("Answer");
        await page.FillAsync("comment", "saved me an hour on Tuesday");
        await page.Dialog.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await page.SeesAsync("Not sent yet; everything you typed is still here.");
        await page.PictureAsync("check-in-error");
        Assert.Equal("saved me an hour on Tuesday", await page.Page.InputValueAsync("#f-comment"));
        await page.ChooseAsync("4 - it helped a lot");
        await page.PictureAsync("check-in");
        await page.SendAsync("Send");
        await page.SeesAsync("4 of 5");
        await page.PictureAsync("check-in-saved");

        await AnswerAsync(page, "dana", "5 - could not do without it", metric: "41");
        await AnswerAsync(page, "layla", "2 - it helped little", struggle: "do not trust it", text: "I cannot tell the customer why", nameless: true);

        // Half typed, left, and taken up again.
        await page.BeAsync("tomas");
        await page.PressToOpenAsync("Answer");
        await page.FillAsync("comment", "a thought not finished");
        await page.Page.Keyboard.PressAsync("Escape");
        await page.BeAsync("tomas");
        await page.PressToOpenAsync("Answer");
        await Eventually.HoldsAsync("the draft is back", async () => await page.Page.InputValueAsync("#f-comment") == "a thought not finished");
        await page.Page.Keyboard.PressAsync("Escape");
    }

    private static async Task RemindersAsync(Playground page)
    {
        await page.BeAsync("tomas");
        await page.LetHappenAsync("reminder", Churn);
        await page.SeesAsync(Silent);
        await page.SayAsync("/pilot checkin churn");
        await page.Dialog.WaitForAsync();
        await page.ChooseAsync("3 - it helped somewhat");
        await page.SendAsync("Send");

        await page.BeAsync("priya");
        Assert.Equal(0, await page.Page.GetByText(Silent).CountAsync());
    }

    private static async Task ReviewAsync(Playground page)
    {
        await page.BeAsync("dana", "churn-predictor");
        await page.LetHappenAsync("review", Churn);
        await page.SeesAsync("4 of 6 answered");
        await page.SeesAsync("saved me an hour on Tuesday");
        await page.PictureAsync("review");
        await page.PressAsync("Start");
        await page.SeesButtonAsync("End review");
        await page.PressToOpenAsync("Add decision");
        await page.FillAsync("text", "Show the reason beside the score");
        await page.SendAsync("Add");
        await page.SeesAsync("Show the reason beside the score");
        await page.PressToOpenAsync("Add action");
        await page.FillAsync("text", "Explain the score in the CRM");
        await page.Page.SelectOptionAsync("#f-owner", new Microsoft.Playwright.SelectOptionValue { Label = "Priya Raman" });
        await page.SendAsync("Add");
        await page.PressToOpenAsync("Set experiment");
        await page.FillAsync("change", "Reorder the call list by score");
        await page.FillAsync("expect", "50 changed calls");
        await page.SendAsync("Set");
        await page.SeesAsync("Reorder the call list by score");
        await page.LetHappenAsync("end of the review", Churn);
    }

    private static async Task DigestAsync(Playground page)
    {
        await page.BeAsync("dana", "churn-predictor");
        await page.SeesAsync("3.5 of 5 (from 2 to 5, n = 4)");
        await page.SeesAsync("Calls changed because of it: 41 this week; baseline 20, target 60");
        await page.SeesAsync("Explain the score in the CRM");
        await page.PictureAsync("digest");
        Assert.False(await page.ScrollsSidewaysAsync());
    }

    private static async Task SecondWeekAsync(Playground page)
    {
        await page.LetHappenAsync("check-in opens", Churn);
        await AnswerAsync(page, "dana", "5 - could not do without it", metric: "52");
        await AnswerAsync(page, "priya", "5 - could not do without it");
        await AnswerAsync(page, "layla", "4 - it helped a lot");
        await AnswerAsync(page, "tomas", "4 - it helped a lot");

        await page.BeAsync("dana", "churn-predictor");
        await page.LetHappenAsync("review", Churn);
        await page.SeesAsync("Did what we expected happen?");
        await page.PressAsync("Start");
        await page.SeesButtonAsync("End review");
        await page.PressAsync("Yes");
        await page.SeesAsync("Did what we expected happen? yes");
        await page.PressAsync("End review");
        await page.SeesAsync("4.5 of 5 (from 4 to 5, n = 4)");
        await page.SeesAsync("Last week 3.5 (n = 4)");
        await page.PictureAsync("digest-second-week");
    }

    private static async Task AnswerAsync(
        Playground page, string who, string rating, string? metric = null, string? struggle = null, string? text = null, bool nameless = false)
    {
        await page.BeAsync(who);
        await page.SayAsync("/pilot checkin churn");
        await page.Dialog.WaitForAsync();
        await page.ChooseAsync(rating);
        if (struggle is not null)
        {
            await page.ChooseAsync(struggle);
            await page.FillAsync("struggleText", text!);
        }

        if (nameless)
        {
            await page.ChooseAsync("Without my name");
        }

        if (metric is not null)
        {
            await page.FillAsync("metric", metric);
        }

        await page.SendAsync("Send");
    }
}

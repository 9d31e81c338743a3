using Microsoft.Playwright;

namespace Bot.Host.Tests.Browser;

/// <summary>Two pilots stop without anybody saying clearly why, and a third begins: the form asks, the channel is warned, and an answer ends it.</summary>
public sealed class OneMorePilotTests
{
    private const string Triage = "Ticket triage";
    private const string Leads = "Lead scoring";
    private const string Calls = "Call summaries";

    [BrowserFact]
    public async Task One_more_pilot_is_asked_about_warned_of_and_answered()
    {
        using var file = new StoreFile();
        await using var host = await HostProcess.StartReadyAsync(file.Path);
        await using var page = await Playground.OpenAsync(host);

        await TwoPilotsStopAsync(page);
        await TheFormAsksAsync(page);
        var warning = await TheChannelIsWarnedAsync(page);
        await OneAnswerLowersItAsync(page, warning);
        await TheOtherEndsItAsync(page, warning);

        Assert.Empty(page.Faults);
    }

    private static async Task TwoPilotsStopAsync(Playground page)
    {
        await page.BeAsync("dana", "portfolio");
        await page.SayAsync("/pilot new");
        await page.Dialog.WaitForAsync();
        await Expect(page.Dialog).Not.ToContainTextAsync("did not reach production");
        await page.FillAsync("name", Triage);
        await page.SendAsync("Register");
        await Expect(page.Message($"Dana Kowalski registered {Triage} (pilot)")).ToBeVisibleAsync();
        await StallAsync(page, Triage, "unknown: nobody can say", "more data");
        await page.LetDaysPassAsync(14);

        await page.SayAsync("/pilot new");
        await page.Dialog.WaitForAsync();
        await Expect(page.Dialog).ToContainTextAsync("an earlier initiative did not reach production. What specifically prevented it?");
        await page.FillAsync("name", Leads);
        await page.SendAsync("Register");
        var notice = page.Message("Notice: one more pilot");
        await Expect(notice).ToContainTextAsync("1 earlier initiative stopped before production, without a clear answer.");
        await StallAsync(page, Leads, "data quality", "not ready");
        await Expect(notice).ToContainTextAsync("Resolved: the facts changed");
        await page.LetDaysPassAsync(14);
    }

    private static async Task TheFormAsksAsync(Playground page)
    {
        await page.SayAsync("/pilot new");
        await page.Dialog.WaitForAsync();
        await Expect(page.Dialog).ToContainTextAsync("2 earlier initiatives did not reach production. What specifically prevented them?");
        await Expect(page.Dialog).ToContainTextAsync($"{Leads} · stalled 2 weeks ago");
        await Expect(page.Dialog).ToContainTextAsync("Recorded, but not clear enough to learn from: data quality: \"not ready\"");
        await Expect(page.Dialog).ToContainTextAsync($"{Triage} · stalled 4 weeks ago");
        await Expect(page.Dialog).ToContainTextAsync("Recorded, but not clear enough to learn from: unknown: \"more data\"");
        foreach (var stopped in new[] { Leads, Triage })
        {
            await Expect(page.Dialog.GetByLabel($"What prevented {stopped} from reaching production?")).ToHaveValueAsync("");
        }

        await page.PictureAsync("new-form-asks");
        await page.FillAsync("name", Calls);
        await page.ChooseAsync("idea: nothing runs yet");
        await page.SendAsync("Register");
    }

    private static async Task<ILocator> TheChannelIsWarnedAsync(Playground page)
    {
        await Expect(page.Whisper(Calls)).ToContainTextAsync("2 earlier initiatives stopped without a clear answer why: Lead scoring, Ticket triage. If nobody can say, this one may end the same way.");
        await Expect(page.Message("one more pilot")).ToContainTextAsync("Warning: one more pilot");

        // By its place in the page from here on: it is the same message that changes.
        var warning = page.Page.Locator("#" + await page.Message("Warning: one more pilot").GetAttributeAsync("id"));
        await Expect(warning).ToContainTextAsync(Calls);
        await Expect(warning).ToContainTextAsync("2 earlier initiatives stopped before production, all without a clear answer.");
        await Expect(warning).ToContainTextAsync($"{Leads}: stalled 2 weeks ago. Recorded: data quality: \"not ready\"");
        await Expect(warning).ToContainTextAsync($"{Triage}: stalled 4 weeks ago. Recorded: unknown: \"more data\"");
        await Expect(warning).ToContainTextAsync("What specifically prevented the last one from reaching production?");
        await Expect(page.Whisper(Calls)).Not.ToContainTextAsync("**");
        await page.PictureAsync("one-more-pilot-warning", warning);
        Assert.False(await page.ScrollsSidewaysAsync());
        return warning;
    }

    private static async Task OneAnswerLowersItAsync(Playground page, ILocator warning)
    {
        await page.BeAsync("lee", "portfolio");
        await AnswerAsync(page, warning, Leads, "integration", "The CRM has no field for the score, so nobody on the phone saw it");

        await Expect(warning).ToContainTextAsync("Notice: one more pilot");
        await Expect(warning).ToContainTextAsync("2 earlier initiatives stopped before production, 1 without a clear answer.");
        await Expect(warning).ToContainTextAsync($"{Leads}: stalled 2 weeks ago. Recorded: integration: \"The CRM has no field for the score, so nobody on the phone saw it\"");
        await Expect(warning.GetByRole(AriaRole.Button, new() { Name = $"What stopped {Leads}?" })).ToHaveCountAsync(0);
        await Expect(warning).ToContainTextAsync("Updated");
        await page.PictureAsync("warning-lowered", warning);
    }

    private static async Task TheOtherEndsItAsync(Playground page, ILocator warning)
    {
        await AnswerAsync(page, warning, Triage, "user adoption", "The service desk kept its own list because the queue arrived an hour late");

        await Expect(warning).ToContainTextAsync("Resolved: the facts changed");
        await Expect(warning.GetByRole(AriaRole.Button, new() { Name = "Answer" })).ToHaveCountAsync(0);
        await Expect(page.Page.Locator("#log article.message:not(.whisper)").Filter(new() { HasText = "one more pilot" })).ToHaveCountAsync(2);
    }

    private static async Task StallAsync(Playground page, string initiative, string cause, string sentence)
    {
        await page.SayAsync($"/pilot stage {initiative} stalled");
        await page.Dialog.WaitForAsync();
        await Expect(page.Dialog.GetByLabel("stalled", new() { Exact = true })).ToBeCheckedAsync();
        await page.FillAsync("reason", "Nobody works with it");
        await page.Page.SelectOptionAsync("#f-cause", new SelectOptionValue { Label = cause });
        await page.FillAsync("sentence", sentence);
        await page.SendAsync("Move");
        await Expect(page.Whisper($"{initiative} moved from pilot to stalled")).ToContainTextAsync("A clear answer names a cause");
    }

    private static async Task AnswerAsync(Playground page, ILocator warning, string stopped, string cause, string sentence)
    {
        await warning.GetByRole(AriaRole.Button, new() { Name = $"What stopped {stopped}?" }).ClickAsync();
        await page.Dialog.WaitForAsync();
        await Expect(page.Dialog).ToContainTextAsync($"What specifically prevented {stopped} from reaching production?");
        await page.Page.SelectOptionAsync("#f-cause", new SelectOptionValue { Label = cause });
        await page.FillAsync("sentence", sentence);
        await page.SendAsync("Save");
        await Expect(page.Whisper($"Saved for {stopped}")).ToContainTextAsync(sentence);
    }

    private static ILocatorAssertions Expect(ILocator what) => Assertions.Expect(what);
}

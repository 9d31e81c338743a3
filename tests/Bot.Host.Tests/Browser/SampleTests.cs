using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Bot.Host.Tests.Browser;

/// <summary>The sample portfolio, loaded once: what each of its channels shows at one look, what one can ask, and that it goes without a trace.</summary>
public sealed class SampleTests
{
    /// <summary>Milliseconds in which fourteen weeks of three initiatives are lived on a slow machine.</summary>
    private const float Loading = 180_000;

    [BrowserFact]
    public async Task The_sample_portfolio_is_loaded_read_and_removed_without_a_trace()
    {
        using var file = new StoreFile();
        await using var host = await HostProcess.StartReadyAsync(file.Path);
        await using var page = await Playground.OpenAsync(host);

        await LoadAsync(page);
        await DriftNobodyMeasuresAsync(page);
        await TheSameWallTwiceAsync(page);
        await InProductionAsync(page);
        await PortfolioAsync(page);

        await page.BeAsync("dana", "sample-lead-scoring");
        await page.PressAsync("Remove it");
        await page.SeesButtonAsync("Load the sample portfolio");
        Assert.Equal(0, await file.AskAsync(async db => await db.Initiatives.CountAsync() + await db.Loops.CountAsync() + await db.Rounds.CountAsync()
            + await db.RoundSteps.CountAsync() + await db.Answers.CountAsync() + await db.Invitations.CountAsync() + await db.ActionItems.CountAsync()
            + await db.Warnings.CountAsync() + await db.Obstacles.CountAsync() + await db.StageChanges.CountAsync() + await db.Evidence.CountAsync()));
        Assert.Empty(page.Faults);
    }

    private static async Task LoadAsync(Playground page)
    {
        await page.BeAsync("dana", "portfolio");
        await page.PressAsync("Load the sample portfolio");
        await page.Page.Locator("#go-sample-lead-scoring").WaitForAsync(new() { Timeout = Loading });
    }

    private static async Task DriftNobodyMeasuresAsync(Playground page)
    {
        await page.BeAsync("dana", "sample-lead-scoring");
        var digest = page.Message("Needs attention: people see drift that the monitors do not");
        await Expect(digest).ToContainTextAsync("Lead scoring (sample)");
        await Expect(digest).ToContainTextAsync("Signal: below the lower limit");
        await Expect(digest).ToContainTextAsync("Monitors:");
        await Expect(digest.GetByRole(AriaRole.Link, new() { Name = "Report" })).ToBeVisibleAsync();
        await page.PictureAsync("sample-digest", digest);

        await page.SayAsync("/pilot status");
        var status = page.Whisper("Lead scoring (sample)");
        await Expect(status).ToContainTextAsync("pilot, week 14 of 12, past its planned end");
        await page.PictureAsync("sample-status", status);

        await page.SayAsync("/pilot trend");
        var trend = page.Whisper("Lead scoring (sample): ");
        await Expect(trend.Locator("svg").First).ToBeVisibleAsync();
        await page.PictureAsync("sample-trend", trend);

        await page.SayAsync("/pilot warnings");
        var warnings = page.Whisper("Warnings: Lead scoring (sample)");
        await Expect(warnings).ToContainTextAsync("open, worst first.");
        await Expect(warnings.GetByRole(AriaRole.Button, new() { Name = "Answer" }).First).ToBeVisibleAsync();
        Assert.False(await page.ScrollsSidewaysAsync());
    }

    private static async Task TheSameWallTwiceAsync(Playground page)
    {
        await page.BeAsync("dana", "sample-ticket-triage");
        var critical = page.Message("Critical: ");
        await Expect(critical).ToContainTextAsync("Ticket triage (sample)");
        await Expect(critical.GetByRole(AriaRole.Button, new() { Name = "Answer" })).ToBeVisibleAsync();
    }

    private static async Task InProductionAsync(Playground page)
    {
        await page.BeAsync("dana", "sample-meeting-notes");
        await Expect(page.Message("moved from deploying to production")).ToBeVisibleAsync();
        var digest = page.Message("Meeting notes (sample), week of");
        await Expect(digest).ToContainTextAsync("5 of 5");
    }

    private static async Task PortfolioAsync(Playground page)
    {
        await page.BeAsync("dana", "portfolio");
        await page.SayAsync("/pilot portfolio");
        await page.PressAsync("Post it in #portfolio");
        await page.SeesButtonAsync("Show it now");
        await page.SayAsync("/pilot portfolio");
        var portfolio = page.Whisper("Pilots started 3");
        foreach (var initiative in new[] { "Lead scoring", "Ticket triage", "Meeting notes" })
        {
            await Expect(portfolio.GetByRole(AriaRole.Row).Filter(new() { HasText = $"{initiative} (sample)" })).ToHaveCountAsync(1);
        }

        await page.PictureAsync("sample-portfolio", portfolio);
        Assert.False(await page.ScrollsSidewaysAsync());
    }

    private static ILocatorAssertions Expect(ILocator what) => Assertions.Expect(what);
}

using Microsoft.EntityFrameworkCore;

namespace Bot.Host.Tests.Browser;

public sealed class SampleTests
{
    [BrowserFact]
    public async Task The_sample_portfolio_is_loaded_read_and_removed_without_a_trace()
    {
        using var file = new StoreFile();
        await using var host = await HostProcess.StartReadyAsync(file.Path);
        await using var page = await Playground.OpenAsync(host);

        await page.BeAsync("dana", "portfolio");
        await page.PressAsync("Load the sample portfolio");
        await page.Page.Locator("#go-sample-lead-scoring").WaitForAsync();
        await page.BeAsync("dana", "sample-lead-scoring");
        await page.SayAsync("/pilot status");
        await page.SeesAsync("Lead scoring (sample)");
        await page.SeesAsync("1 overdue");
        await page.PictureAsync("sample-status");

        await page.PressAsync("Remove it");
        await page.SeesButtonAsync("Load the sample portfolio");
        Assert.Equal(0, await file.AskAsync(async db => await db.Initiatives.CountAsync() + await db.Loops.CountAsync() + await db.Rounds.CountAsync()
            + await db.RoundSteps.CountAsync() + await db.Answers.CountAsync() + await db.Invitations.CountAsync() + await db.ActionItems.CountAsync()));
        Assert.Empty(page.Faults);
    }
}

using Bot.Web.Tests.Reports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Bot.Host.Tests.Browser;

/// <summary>The report of half a year, asked for in the chat and read in Chromium: on a desk, on a phone, in the dark, on paper.</summary>
public sealed class ReportTests
{
    [BrowserFact]
    public async Task The_report_is_read_on_a_desk_on_a_phone_in_the_dark_and_on_paper()
    {
        using var file = new StoreFile();
        await using var host = await HostProcess.StartReadyAsync(file.Path);
        await using var page = await Playground.OpenAsync(host);
        await LoopAsync(page, file);
        await page.BeAsync("dana", "churn-predictor");
        await page.SayAsync("/pilot report");
        await page.SeesAsync("Report of Churn predictor");
        var link = await page.Page.GetByText("Open the report").Last.EvaluateAsync<string>("link => link.closest('a').href");

        await page.Page.GotoAsync(new Uri(host.Address, new Uri(link).PathAndQuery).ToString());

        await page.SeesAsync("Needs attention");
        Assert.Equal(8, await page.Page.Locator("svg.chart.wide:visible").CountAsync());
        await PictureAsync(page, "report-desktop", 1280);
        await IsReadableAsync(page, 1280);

        await page.Page.SetViewportSizeAsync(390, 844);
        Assert.Equal((0, 8), (await page.Page.Locator("svg.chart.wide:visible").CountAsync(), await page.Page.Locator("svg.chart.narrow:visible").CountAsync()));
        await IsReadableAsync(page, 390);
        await IsReadableAsync(page, 360);
        await PictureAsync(page, "report-phone", 390);

        var light = await PaperAsync(page);
        await page.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        Assert.NotEqual(light, await PaperAsync(page));
        await PictureAsync(page, "report-dark", 1280);

        await page.Page.EmulateMediaAsync(new() { Media = Media.Print, ColorScheme = ColorScheme.Dark });
        Assert.Equal(light, await PaperAsync(page));
        Assert.False(await page.Page.Locator("a").First.IsVisibleAsync());
        Assert.True(await page.Page.Locator("figure table").First.IsVisibleAsync(), "Paper has no place to press: what is folded on a screen is printed.");
        await PictureAsync(page, "report-print", 794);
        Assert.Empty(page.Faults);
    }

    private static async Task LoopAsync(Playground page, StoreFile file)
    {
        await page.BeAsync("dana", "churn-predictor");
        await page.SayAsync("/pilot loop");
        await page.Dialog.WaitForAsync();
        await page.FillAsync("name", "Churn predictor");
        await page.SendAsync("Start the loop");
        await page.SeesAsync("a weekly loop starts here");
        await using var db = file.Product();
        var loop = await db.Loops.SingleAsync();
        var last = loop.Slot.OnOrAfter(DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(-8));
        new ReportRows(db, loop, (await db.People.SingleAsync(p => p.ExternalId == "dana")).Id, last, TimeProvider.System).Add(await db.Initiatives.SingleAsync());
        await db.SaveChangesAsync();
    }

    /// <summary>The page itself never scrolls sideways, and no letter in a drawing is smaller than ten pixels.</summary>
    private static async Task IsReadableAsync(Playground page, int width)
    {
        await page.Page.SetViewportSizeAsync(width, 844);
        Assert.False(await page.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth"), $"{width} px scrolls sideways");
        var smallest = await page.Page.EvaluateAsync<double>(
            "Math.min(...[...document.querySelectorAll('svg.chart')].filter(s => s.clientWidth > 0).map(s => 11 * s.clientWidth / s.viewBox.baseVal.width))");
        Assert.True(smallest >= 10, $"{width} px: letters of {smallest}");
    }

    private static Task<string> PaperAsync(Playground page) => page.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");

    private static async Task PictureAsync(Playground page, string name, int width)
    {
        if (Environment.GetEnvironmentVariable("AFTERPILOT_PICTURES") is { Length: > 0 } folder)
        {
            await page.Page.SetViewportSizeAsync(width, 1600);
            await page.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png") });
        }
    }
}

using Microsoft.Playwright;

namespace Bot.Host.Tests.Browser;

/// <summary>Every kind of page in Chromium, which says on its console what a page's policy kept from running or being loaded.</summary>
public sealed class PolicyTests
{
    [BrowserFact]
    public async Task No_page_asks_for_anything_that_its_policy_forbids()
    {
        using var file = new StoreFile();
        await using var host = await HostProcess.StartReadyAsync(file.Path, new()
        {
            ["Slack__ClientId"] = "1.2", ["Slack__ClientSecret"] = "s", ["Slack__SigningSecret"] = "s", ["Slack__ApiUrl"] = "http://127.0.0.1:9/api/",
        });
        await using var page = await Playground.OpenAsync(host);
        await page.BeAsync("dana", "churn-predictor");
        await page.SayAsync("/pilot loop");
        await page.Dialog.WaitForAsync();
        await page.FillAsync("name", "Churn predictor");
        await page.SendAsync("Start the loop");
        await page.SeesAsync("a weekly loop starts here");

        foreach (var (words, link) in new[] { ("/pilot report", "Open the report"), ("/pilot loop import", "Upload a file") })
        {
            await page.BeAsync("dana", "churn-predictor");
            await page.SayAsync(words);
            var address = await page.Page.GetByText(link, new() { Exact = true }).Last.EvaluateAsync<string>("link => link.closest('a').href");
            await OpenAsync(page, host, new Uri(address).PathAndQuery);
        }

        await page.Page.SetInputFilesAsync("input[type=file]", new FilePayload { Name = "answers.csv", MimeType = "text/csv", Buffer = "date,rating\n2026-01-05,4\n"u8.ToArray() });
        await page.Page.GetByRole(AriaRole.Button).First.ClickAsync();
        await page.SeesAsync("date");
        foreach (var address in new[] { "/", "/slack/install", "/slack/oauth", "/reports/none", "/playground?as=nobody" })
        {
            await OpenAsync(page, host, address);
        }

        // That a page was not found, or not let in, is said there as well.
        Assert.DoesNotContain(page.Faults, fault => !fault.Contains("404 (Not Found)") && !fault.Contains("403 (Forbidden)"));
    }

    [BrowserFact]
    public async Task The_browser_would_say_so()
    {
        using var file = new StoreFile();
        await using var host = await HostProcess.StartReadyAsync(file.Path);
        await using var page = await Playground.OpenAsync(host);
        await OpenAsync(page, host, "/");

        await page.Page.EvaluateAsync("document.body.append(Object.assign(document.createElement('script'), { textContent: '1' }))");

        Assert.Contains(page.Faults, fault => fault.Contains("Content Security Policy"));
    }

    private static async Task OpenAsync(Playground page, HostProcess host, string address)
    {
        await page.Page.GotoAsync(new Uri(host.Address, address).ToString());
        Assert.NotEqual("none", await page.Page.EvaluateAsync<string>("document.styleSheets.length ? 'some' : 'none'"));
    }
}

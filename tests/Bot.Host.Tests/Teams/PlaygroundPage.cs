using Bot.Host.Tests.Browser;
using Microsoft.Playwright;

namespace Bot.Host.Tests.Teams;

/// <summary>The Agents Playground in Chromium, used as a person would. Reloading it loses what was said.</summary>
internal sealed class PlaygroundPage : IAsyncDisposable
{
    private const int Patience = 30_000;
    private const int Width = 1280;
    private const int Height = 1000;

    /// <summary>What is above and below the messages.</summary>
    private const int Frame = 260;
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private PlaygroundPage(IPlaywright playwright, IBrowser browser, IPage page) => (_playwright, _browser, Page) = (playwright, browser, page);

    public IPage Page { get; }

    /// <summary>What went wrong inside the page, if anything did.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>Opens it; by that the app is added to the personal chat.</summary>
    public static async Task<PlaygroundPage> OpenAsync(Uri address)
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Environment.GetEnvironmentVariable(BrowserFactAttribute.Variable), Args = Browser.Playground.Flags });
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = Width, Height = Height } });
        page.SetDefaultTimeout(Patience);
        Assertions.SetDefaultExpectTimeout(Patience);
        var playground = new PlaygroundPage(playwright, browser, page);
        page.PageError += (_, error) => playground.Faults.Add(error);
        // It asks for fonts on the internet.
        await page.RouteAsync(url => !new Uri(url).IsLoopback, route => route.AbortAsync());
        await page.GotoAsync(address.ToString());
        await page.GetByTitle("Hide log panel").ClickAsync();
        return playground;
    }

    /// <summary>Turns to a chat or channel; the first time the app is added there.</summary>
    public Task GoAsync(string conversation) => Page.GetByRole(AriaRole.Treeitem).Filter(new() { HasText = conversation }).First.ClickAsync();

    /// <summary>Writes to the bot where this page is, by mentioning it.</summary>
    public async Task MentionAsync(string words)
    {
        await Page.Locator("[contenteditable][role=textbox]").First.ClickAsync();
        await Page.Keyboard.TypeAsync("@After");
        await Page.Locator("[role=option], [role=menuitem], [role=listitem]").Filter(new() { HasText = "Afterpilot" }).First.ClickAsync();
        await Page.Keyboard.TypeAsync(words);
        await Page.Keyboard.PressAsync("Enter");
    }

    /// <summary>The newest card with these words, once it is there.</summary>
    public async Task<ILocator> CardAsync(string words)
    {
        var card = Page.Locator("div[dir=ltr][tabindex=\"0\"]:has([id^=\"__ac-\"])").Filter(new() { HasText = words }).Last;
        await card.WaitForAsync();
        return card;
    }

    public static Task PressAsync(ILocator card, string button) => card.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    public static Task FillAsync(ILocator card, string label, string text) => card.GetByLabel(label).First.FillAsync(text);

    public static Task ChooseAsync(ILocator card, string words) => card.GetByLabel(words, new() { Exact = true }).First.CheckAsync();

    /// <summary>Kept where AFTERPILOT_PICTURES names a folder; as high as the card is.</summary>
    public async Task PictureAsync(string name, ILocator card)
    {
        if (Environment.GetEnvironmentVariable("AFTERPILOT_PICTURES") is not { Length: > 0 } folder)
        {
            return;
        }

        var box = await card.BoundingBoxAsync();
        await Page.SetViewportSizeAsync(Width, Math.Max(Height, (int)box!.Height + Frame));
        await card.EvaluateAsync("shown => shown.scrollIntoView({ block: 'end' })");
        await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), Animations = ScreenshotAnimations.Disabled });
        await Page.SetViewportSizeAsync(Width, Height);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}

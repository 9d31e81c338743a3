using Microsoft.Playwright;

namespace Bot.Host.Tests.Browser;

/// <summary>The playground in Chromium, used as a person would: pressing, typing, reading.</summary>
internal sealed class Playground : IAsyncDisposable
{
    internal static readonly string[] Flags =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    /// <summary>Milliseconds; a machine that runs other tests beside this one may be slow.</summary>
    private const int Patience = 30_000;
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly HostProcess _host;

    private Playground(IPlaywright playwright, IBrowser browser, IPage page, HostProcess host) => (_playwright, _browser, Page, _host) = (playwright, browser, page, host);

    public IPage Page { get; }

    /// <summary>What went wrong inside the page, if anything did.</summary>
    public List<string> Faults { get; } = [];

    public static async Task<Playground> OpenAsync(HostProcess host)
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable(BrowserFactAttribute.Variable),
            Args = Flags,
        });
        var page = await browser.NewPageAsync(new() { ViewportSize = Sizes.Desktop });
        page.SetDefaultTimeout(Patience);
        Assertions.SetDefaultExpectTimeout(Patience);
        var playground = new Playground(playwright, browser, page, host);
        page.PageError += (_, error) => playground.Faults.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                playground.Faults.Add(message.Text);
            }
        };
        return playground;
    }

    /// <summary>Becomes somebody, in a channel or in their own chat with the bot.</summary>
    public Task BeAsync(string person, string? channel = null) =>
        Page.GotoAsync(new Uri(_host.Address, $"/playground?as={person}&in={channel ?? "dm-" + person}").ToString());

    public async Task SayAsync(string words)
    {
        await Page.FillAsync("#say", words);
        await Page.PressAsync("#say", "Enter");
    }

    /// <summary>Presses the newest button of that name.</summary>
    public Task PressAsync(string button) => Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).Last.ClickAsync();

    public async Task PressToOpenAsync(string button)
    {
        await PressAsync(button);
        await Dialog.WaitForAsync();
    }

    public ILocator Dialog => Page.Locator("dialog.sheet");

    public Task FillAsync(string field, string text) => Page.FillAsync("#f-" + field, text);

    /// <summary>Chooses a radio button or box by its words.</summary>
    public Task ChooseAsync(string words) => Dialog.GetByLabel(words, new() { Exact = true }).CheckAsync();

    public async Task SendAsync(string button)
    {
        await Dialog.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
        await Dialog.WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    /// <summary>Moves the clock from one thing that is due to the next until the next one is what is wanted, and lets that happen too.</summary>
    public async Task LetHappenAsync(string what, string initiative)
    {
        for (var moves = 0; moves < 30; moves++)
        {
            var next = await Page.Locator("#clock-next").InnerTextAsync();
            await Page.RunAndWaitForResponseAsync(() => Page.ClickAsync("#clock-next"), response => response.Url.EndsWith("/playground/clock"));
            await Page.ReloadAsync();
            if (next.Contains(what, StringComparison.Ordinal) && next.Contains(initiative, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"{what} of {initiative} never came.");
    }

    public async Task LetDaysPassAsync(int days)
    {
        for (var day = 0; day < days; day++)
        {
            await Page.RunAndWaitForResponseAsync(() => Page.ClickAsync("#clock-day"), response => response.Url.EndsWith("/playground/clock"));

            // A press while the last one is still being answered is not taken.
            await Page.Locator("form.clock:not([aria-busy])").WaitForAsync();
        }

        await Page.ReloadAsync();
    }

    /// <summary>The newest message everybody in the conversation sees that holds these words.</summary>
    public ILocator Message(string words) => Page.Locator("#log article.message:not(.whisper)").Filter(new() { HasText = words }).Last;

    /// <summary>The newest message only the viewer sees that holds these words.</summary>
    public ILocator Whisper(string words) => Page.Locator("#log article.whisper").Filter(new() { HasText = words }).Last;

    public async Task SeesAsync(string words) => await Assertions.Expect(Page.Locator("body")).ToContainTextAsync(words);

    public Task SeesNoMoreAsync(string words) => Assertions.Expect(Page.Locator("body")).Not.ToContainTextAsync(words);

    public Task SeesButtonAsync(string button) => Assertions.Expect(Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).Last).ToBeVisibleAsync();

    /// <summary>Kept where AFTERPILOT_PICTURES names a folder: a phone's width and a desktop's.</summary>
    /// <param name="of">What it is a picture of, where that is not what the page shows anyway; its beginning is on it.</param>
    public async Task PictureAsync(string name, ILocator? of = null)
    {
        if (Environment.GetEnvironmentVariable("AFTERPILOT_PICTURES") is not { Length: > 0 } folder)
        {
            return;
        }

        foreach (var (suffix, size) in new[] { ("desktop", Sizes.Desktop), ("phone", Sizes.Phone) })
        {
            await Page.SetViewportSizeAsync(size.Width, size.Height);
            if (of is not null)
            {
                await of.EvaluateAsync("shown => shown.scrollIntoView({ block: shown.clientHeight > innerHeight / 2 ? 'start' : 'center' })");
            }

            await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{suffix}.png"), Animations = ScreenshotAnimations.Disabled });
        }

        await Page.SetViewportSizeAsync(Sizes.Desktop.Width, Sizes.Desktop.Height);
    }

    public async Task<bool> ScrollsSidewaysAsync()
    {
        await Page.SetViewportSizeAsync(360, 740);
        var wider = await Page.Locator("html").EvaluateAsync<bool>("html => html.scrollWidth > html.clientWidth");
        await Page.SetViewportSizeAsync(Sizes.Desktop.Width, Sizes.Desktop.Height);
        return wider;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private static class Sizes
    {
        public static ViewportSize Desktop { get; } = new() { Width = 1280, Height = 860 };

        public static ViewportSize Phone { get; } = new() { Width = 390, Height = 844 };
    }
}

using Bot.Web.Playground;

namespace Bot.Web.Tests.Playground;

public sealed class WatchTests
{
    [Fact]
    public async Task An_open_page_hears_of_each_stored_change()
    {
        await using var host = await PlaygroundHost.StartAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var answer = await host.Browser.GetAsync("/playground/events?as=dana", HttpCompletionOption.ResponseHeadersRead, patience.Token);
        using var events = new StreamReader(await answer.Content.ReadAsStreamAsync(patience.Token));
        await UntilAsync(events, "event: alive", patience.Token);

        await host.Platform.PostAsync(PlaygroundPlatform.Workspace, PlaygroundHost.To("portfolio"), PlaygroundHost.TextCard("x"), "key", default);
        await UntilAsync(events, "event: changed", patience.Token);
        await host.PostAsync("/say", "lee", "portfolio", ("text", "hello"));
        await UntilAsync(events, "event: changed", patience.Token);

        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Reading_a_page_is_no_change_to_hear_of()
    {
        await using var host = await PlaygroundHost.StartAsync();
        await host.PostAsync("/say", "lee", "portfolio", ("text", "hello"));
        var next = host.Next();

        await host.PageAsync("dana", "portfolio");

        Assert.False(next.IsCompleted);
    }

    [Fact]
    public async Task A_stopping_host_ends_the_stream()
    {
        await using var host = await PlaygroundHost.StartAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var answer = await host.Browser.GetAsync("/playground/events?as=dana", HttpCompletionOption.ResponseHeadersRead, patience.Token);
        using var events = new StreamReader(await answer.Content.ReadAsStreamAsync(patience.Token));
        await UntilAsync(events, "event: alive", patience.Token);

        var stopping = host.StopAsync();
        await events.ReadToEndAsync(patience.Token);
        await stopping.WaitAsync(patience.Token);
    }

    [Fact]
    public async Task Nobody_unknown_can_listen()
    {
        await using var host = await PlaygroundHost.StartAsync();

        var answer = await host.Browser.GetAsync("/playground/events?as=nobody");

        Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static async Task UntilAsync(StreamReader events, string line, CancellationToken ct)
    {
        while (await events.ReadLineAsync(ct) is { } read)
        {
            if (read == line)
            {
                return;
            }
        }

        Assert.Fail($"The stream ended before \"{line}\".");
    }
}

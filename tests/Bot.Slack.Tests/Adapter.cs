using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Bot.Cards;
using Bot.Chat;
using Bot.Slack.Inbound;
using Bot.Tests;
using FakeSlack;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bot.Slack.Tests;

/// <summary>The adapter alone on a port of this machine: a recording stands where the product does, a strict Slack where Slack does, and the clock stands still.</summary>
internal sealed class Adapter : IAsyncDisposable
{
    private readonly TestStore _store;
    private readonly WebApplication _web;
    private readonly bool _ownsSlack;

    private Adapter(TestStore store, WebApplication web, SlackServer slack, ManualClock clock, Recording product, bool ownsSlack)
    {
        (_store, _web, Slack, Clock, Product, _ownsSlack) = (store, web, slack, clock, product, ownsSlack);
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(web.Urls.First()), Timeout = TimeSpan.FromMinutes(1) };
    }

    public SlackServer Slack { get; }

    public ManualClock Clock { get; }

    public Recording Product { get; }

    public HttpClient Http { get; }

    public Uri Address => Http.BaseAddress!;

    /// <param name="set">Changes the options: by default one workspace's token, over HTTP.</param>
    /// <param name="slack">A Slack that was started already, with its clock.</param>
    /// <param name="clock">Where a Slack is given, its clock.</param>
    public static async Task<Adapter> StartAsync(
        Func<SlackOptions, SlackOptions>? set = null, SlackServer? slack = null, ManualClock? clock = null, IDataProtectionProvider? keys = null)
    {
        clock ??= ManualClock.Start();
        var owned = slack is null;
        if (slack is null)
        {
            slack = await SlackServer.StartAsync(clock);
            slack.Workspace.AddMember("U00000ANA", "ana", isAdmin: true);
            slack.Workspace.AddMember("U00000BEN", "ben", "America/New_York");
            slack.Workspace.AddChannel("C0000TEAM", "team", ["U00000ANA", "U00000BEN"]);
        }

        var options = new SlackOptions { SigningSecret = slack.App.SigningSecret, ApiUrl = slack.ApiUrl };
        options = set is null ? options with { BotToken = slack.Install(by: "U00000ANA").Token } : set(options);
        var product = new Recording();
        var store = await TestStore.EmptyAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        builder.Services.AddSingleton<TimeProvider>(clock).AddSingleton<HandleInbound>(product.HandleAsync).AddSingleton(CardBook.Open());
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        if (keys is not null)
        {
            builder.Services.AddSingleton(keys);
        }

        builder.Services.AddSlack(options, store.Address);
        var web = builder.Build();
        web.MapSlack(options);
        await web.StartAsync();
        var adapter = new Adapter(store, web, slack, clock, product, owned);
        slack.App.PointToPathsOf(adapter.Address);
        return adapter;
    }

    public T Get<T>()
        where T : notnull => _web.Services.GetRequiredService<T>();

    /// <summary>Posts bytes as they are, signed as of now unless told otherwise.</summary>
    public async Task<HttpResponseMessage> PostAsync(byte[] body, string path = "/slack/events", string? contentType = "application/json", string? timestamp = null, string? signature = null)
    {
        timestamp ??= Clock.GetUtcNow().ToUnixTimeSeconds().ToString();
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        if (contentType is not null)
        {
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        }

        request.Headers.TryAddWithoutValidation("X-Slack-Request-Timestamp", timestamp);
        request.Headers.TryAddWithoutValidation("X-Slack-Signature", signature ?? Signed.By(Slack.App.SigningSecret, timestamp, body));
        return await Http.SendAsync(request);
    }

    public Task<HttpResponseMessage> PostAsync(string body, string path = "/slack/events", string contentType = "application/json") =>
        PostAsync(Encoding.UTF8.GetBytes(body), path, contentType);

    /// <summary>Stops as a host does when it is asked to.</summary>
    public Task StopAsync() => _web.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _web.StopAsync();
        await _web.DisposeAsync();
        Http.Dispose();
        if (_ownsSlack)
        {
            await Slack.DisposeAsync();
        }

        await _store.DisposeAsync();
    }
}

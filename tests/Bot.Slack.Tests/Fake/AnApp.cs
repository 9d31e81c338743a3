using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Bot.Slack.Tests.Fake;

/// <summary>An app that answers everything as the test says, but for shortcuts, which it acknowledges.</summary>
internal sealed class AnApp : IAsyncDisposable
{
    private readonly WebApplication _web;

    private AnApp(WebApplication web) => _web = web;

    public Uri Address => new(_web.Urls.First());

    public static async Task<AnApp> StartAsync(Func<HttpRequest, Task<IResult>> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var web = builder.Build();
        web.MapPost("/{**path}", async (HttpRequest request) => await IsShortcutAsync(request) ? TypedResults.Ok() : await answer(request)).DisableAntiforgery();
        await web.StartAsync();
        return new AnApp(web);
    }

    public static Task<AnApp> StartAsync(IResult answer) => StartAsync(_ => Task.FromResult(answer));

    private static async Task<bool> IsShortcutAsync(HttpRequest request) =>
        request.HasFormContentType && (await request.ReadFormAsync())["payload"].ToString().Contains("\"type\":\"shortcut\"", StringComparison.Ordinal);

    public ValueTask DisposeAsync() => _web.DisposeAsync();
}

using System.Net;

namespace Bot.Slack.Tests.Install;

/// <summary>A browser with cookies of its own, in which somebody installs the app. It finds the host under the address of the test.</summary>
internal sealed class Browser
{
    private readonly HttpClient _http;
    private readonly Uri _host;

    public Browser(Adapter adapter)
    {
        _host = adapter.Address;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() });
    }

    /// <summary>From the button to the page after Slack's consent.</summary>
    public async Task<string> InstallAsync() => await OpenAsync(await ConsentAsync());

    /// <summary>Where Slack's consent page sends the browser back to.</summary>
    public async Task<string> ConsentAsync()
    {
        using var begun = await _http.PostAsync(new Uri(_host, "/slack/install"), null);
        using var answered = await _http.GetAsync(begun.Headers.Location);
        Assert.Equal(HttpStatusCode.Redirect, answered.StatusCode);
        return new Uri(_host, answered.Headers.Location!.PathAndQuery).AbsoluteUri;
    }

    public async Task<string> OpenAsync(string address)
    {
        using var answer = await _http.GetAsync(address);
        return await answer.Content.ReadAsStringAsync();
    }
}

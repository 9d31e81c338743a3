using System.Net;

namespace Bot.Slack.Tests.Install;

/// <summary>A browser with cookies of its own, in which somebody installs the app. It finds the host under the address of the test.</summary>
internal sealed class Browser(Adapter adapter)
{
    private readonly CookieContainer _cookies = new();

    /// <summary>From the button to the page after Slack's consent.</summary>
    public async Task<string> InstallAsync() => await OpenAsync(await ConsentAsync());

    /// <summary>Where Slack's consent page sends the browser back to.</summary>
    public async Task<string> ConsentAsync()
    {
        using var begun = await SendAsync(HttpMethod.Post, new Uri(adapter.Address, "/slack/install"));
        using var answered = await SendAsync(HttpMethod.Get, begun.Headers.Location!);
        Assert.Equal(HttpStatusCode.Redirect, answered.StatusCode);
        return new Uri(adapter.Address, answered.Headers.Location!.PathAndQuery).AbsoluteUri;
    }

    public async Task<string> OpenAsync(string address)
    {
        using var answer = await SendAsync(HttpMethod.Get, new Uri(address));
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, Uri address)
    {
        using var request = new HttpRequestMessage(method, address);
        request.Headers.TryAddWithoutValidation("Cookie", _cookies.GetCookieHeader(address));
        var answer = await adapter.Http.SendAsync(request);
        foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            _cookies.SetCookies(address, cookie);
        }

        return answer;
    }
}

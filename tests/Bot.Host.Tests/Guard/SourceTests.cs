using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Bot.Host.Guard;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Host.Tests.Guard;

// How often one source may ask: doors that verify count only what they refuse and never keep a verified one out; everything else is counted, generously;
// a proxy that is trusted speaks for others, everybody else's word is ignored.
public sealed class SourceTests
{
    [Fact]
    public async Task Whoever_is_refused_too_often_is_told_to_wait_and_what_is_signed_is_still_taken()
    {
        await using var host = new WholeHost();
        using var http = Open(host);

        var refused = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => PostAsync(http, "/slack/events", "{}", signed: false)));
        var (next, onTeams) = (await PostAsync(http, "/slack/commands", "{}", signed: false), await PostAsync(http, "/api/messages", "{}", signed: false));
        var signed = await PostAsync(http, "/slack/events", """{"type":"url_verification","challenge":"here"}""", signed: true);

        Assert.All(refused, answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.Status));
        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests), (next.Status, onTeams.Status));
        Assert.InRange(next.Wait!.Value.TotalSeconds, 1, 60);
        Assert.Equal(HttpStatusCode.OK, signed.Status);
    }

    [Fact]
    public async Task A_proxy_that_is_trusted_is_asked_for_whom_it_speaks()
    {
        await using var host = new WholeHost(("Proxy:Trusted", "127.0.0.1, 10.0.0.0/8"));
        using var http = Open(host);

        await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => PostAsync(http, "/slack/events", "{}", signed: false, "198.51.100.7")));
        var theSame = await PostAsync(http, "/slack/events", "{}", signed: false, "198.51.100.7");
        var behindTwo = await PostAsync(http, "/slack/events", "{}", signed: false, "198.51.100.7, 10.1.2.3");
        // Whoever writes the header themselves has the proxy's own words behind it.
        var whoClaims = await PostAsync(http, "/slack/events", "{}", signed: false, "203.0.113.9, 198.51.100.7");
        var another = await PostAsync(http, "/slack/events", "{}", signed: false, "203.0.113.9");

        Assert.Equal(
            [HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests, HttpStatusCode.Unauthorized],
            new[] { theSame, behindTwo, whoClaims, another }.Select(answer => answer.Status));
    }

    [Fact]
    public async Task Nobody_else_is_believed()
    {
        await using var host = new WholeHost(("Proxy:Trusted", "10.0.0.0/8"));
        using var http = Open(host);

        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => PostAsync(http, "/slack/events", "{}", signed: false, $"198.51.100.{i}")));
        var next = await PostAsync(http, "/slack/events", "{}", signed: false, "203.0.113.9");

        Assert.Equal(HttpStatusCode.TooManyRequests, next.Status);
    }

    [Fact]
    public async Task What_verifies_nobody_is_counted_and_a_household_of_IPv6_is_one_source()
    {
        await using var app = await GuardedApp.StartAsync(new DoorLimits { Burst = 20, PerSecond = 1 }, IPNetwork.Parse("127.0.0.1/32"));
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        var since = Stopwatch.GetTimestamp();
        var (taken, answer) = (0, await GetAsync(http, "2001:db8::1"));
        while (answer.Status == HttpStatusCode.OK)
        {
            answer = await GetAsync(http, $"2001:db8::{++taken:x}");
        }

        // As many as may come at once, and those that came back meanwhile.
        Assert.InRange(taken, 20, 21 + (int)Stopwatch.GetElapsedTime(since).TotalSeconds);
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.Status);
        Assert.InRange(answer.Wait!.Value.TotalSeconds, 1, 60);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(http, "2001:db8:0:1::1")).Status);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(http, "192.0.2.1")).Status);
    }

    [Fact]
    public async Task Only_doors_that_verify_and_the_playground_are_not_counted()
    {
        await using var host = new WholeHost();
        host.StartServer();

        var uncounted = host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<DisableRateLimitingAttribute>() is not null).Select(route => route.RoutePattern.RawText!)
            .Where(route => !route.StartsWith("/playground/", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

        Assert.Equal(["/api/messages", "/evidence/{initiative}", "/slack/commands", "/slack/events", "/slack/interactions"], uncounted);
    }

    private static HttpClient Open(WholeHost host)
    {
        host.StartServer();
        return new HttpClient { BaseAddress = host.ClientOptions.BaseAddress };
    }

    private static async Task<(HttpStatusCode Status, TimeSpan? Wait)> GetAsync(HttpClient http, string forwarded)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, GuardedApp.Address) { Headers = { { "X-Forwarded-For", forwarded } } };
        using var answer = await http.SendAsync(request);
        return (answer.StatusCode, answer.Headers.RetryAfter?.Delta);
    }

    private static async Task<(HttpStatusCode Status, TimeSpan? Wait)> PostAsync(HttpClient http, string address, string body, bool signed, string? forwarded = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (forwarded is not null)
        {
            request.Headers.Add("X-Forwarded-For", forwarded);
        }

        if (signed)
        {
            var stamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString();
            request.Headers.Add("X-Slack-Request-Timestamp", stamp);
            request.Headers.Add("X-Slack-Signature", "v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(WholeHost.SigningSecret), Encoding.UTF8.GetBytes($"v0:{stamp}:{body}"))));
        }

        using var answer = await http.SendAsync(request);
        return (answer.StatusCode, answer.Headers.RetryAfter?.Delta);
    }
}

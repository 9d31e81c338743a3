using System.Net;
using Bot.Exports;
using Bot.Links;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Host.Tests.Guard;

// What every answer carries, found or not, whatever new address comes along: no script and style but our own files, no frame, no guessing of types, no
// referrer for others, nothing kept of what is behind a link, no word about the server.
public sealed class HeaderTests : IAsyncLifetime, IDisposable
{
    private const string Guessed = "AAAAAAAAAAAAAAAAAAAAAA";
    private WholeHost _host = null!;
    private HttpClient _http = null!;
    private Dictionary<string, string> _tokens = null!;

    public async Task InitializeAsync()
    {
        _host = new WholeHost();
        _host.StartServer();
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = _host.ClientOptions.BaseAddress };
        await Eventually.HoldsAsync("the playground has people", () => _host.Store.AskAsync(db => db.People.AnyAsync()));
        using var dana = new Visitor(_http.BaseAddress!, "dana");
        using var opened = await dana.SayAsync(LivedWeek.Channel, "/pilot loop");
        var people = await _host.Store.AskAsync(db => db.People.ToDictionaryAsync(p => p.ExternalId, p => p.Id));
        using var sent = await dana.SendAsync(Visitor.FormOf(opened)!, LivedWeek.Channel,
        [
            ("name", "Churn"), ("owner", $"{people["dana"]}"), ("people", $"{people["dana"]}"), ("day", "Thursday"), ("time", "10:00"), ("zone", "Europe/Berlin"), ("minutes", "30"), ("open", "24"), ("remind", "3"),
        ]);
        Assert.True(Visitor.IsTaken(sent));
        var loop = await _host.Store.AskAsync(db => db.Loops.SingleAsync());
        var links = _host.Services.GetRequiredService<ILinks>();
        _tokens = new()
        {
            ["/exports/"] = Token(links.Export(loop.Id, people["dana"], ExportFile.Weeks)),
            ["/imports/"] = Token(links.Import(loop.Id, people["dana"])),
            ["/reports/"] = Token(links.Report(loop.WorkspaceId, loop.InitiativeId)),
        };
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Every_address_that_can_be_read_answers_with_them_found_or_not()
    {
        var addresses = Routes().SelectMany(route => new[] { Address(route, found: true), Address(route, found: false) }).Append("/nothing/here").Distinct().ToList();

        foreach (var address in addresses)
        {
            using var answer = await _http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead);
            Check(address, answer);
        }

        foreach (var page in new[] { "/", "/playground?as=dana", "/slack/install", "/health/ready", _tokens.Select(t => t.Key + t.Value).Single(t => t.StartsWith("/reports/", StringComparison.Ordinal)) })
        {
            using var answer = await _http.GetAsync(page);
            Assert.True(answer.StatusCode is HttpStatusCode.OK, $"{page}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task What_is_posted_and_refused_is_answered_with_them_too()
    {
        foreach (var address in new[] { "/slack/events", "/api/messages", "/evidence/x", "/imports/x", "/playground/say", "/slack/install", "/nothing" })
        {
            using var answer = await _http.PostAsync(address, new StringContent("{}"));
            Check(address, answer);
        }
    }

    [Theory]
    [InlineData("/exports/")]
    [InlineData("/imports/")]
    [InlineData("/reports/")]
    public async Task What_is_behind_a_link_is_kept_nowhere(string kind)
    {
        using var answer = await _http.GetAsync(kind + _tokens[kind] + (kind == "/exports/" ? "/" + ExportFile.Weeks : ""));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    private static void Check(string address, HttpResponseMessage answer)
    {
        string Of(string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";
        var policy = Of("Content-Security-Policy");
        Assert.True(policy.StartsWith("default-src 'none'", StringComparison.Ordinal), $"{address} ({answer.StatusCode}): policy {policy}");
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.Contains("base-uri 'none'", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.DoesNotContain("nonce", policy);
        Assert.Equal((address, "nosniff"), (address, Of("X-Content-Type-Options")));
        // "same-origin" where forms are posted: with "no-referrer" a browser hides the origin of the post as well. No other site is told either way.
        Assert.True(Of("Referrer-Policy") is "no-referrer" or "same-origin", $"{address}: referrer {Of("Referrer-Policy")}");
        Assert.Equal((address, "same-origin", "same-origin"), (address, Of("Cross-Origin-Opener-Policy"), Of("Cross-Origin-Resource-Policy")));
        Assert.NotEqual((address, ""), (address, Of("Cache-Control")));
        Assert.Equal((address, "", ""), (address, Of("Server"), Of("X-Powered-By")));
    }

    private IEnumerable<RouteEndpoint> Routes() => _host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        .Where(route => route.Metadata.GetMetadata<HttpMethodMetadata>() is not { } verbs || verbs.HttpMethods.Contains("GET"));

    /// <summary>A route with its gaps filled; a new gap has to be named here.</summary>
    private string Address(RouteEndpoint route, bool found)
    {
        var path = "/" + route.RoutePattern.RawText!.TrimStart('/');
        foreach (var gap in route.RoutePattern.Parameters)
        {
            path = path.Replace("{" + gap.Name + "}", (gap.Name, found) switch
            {
                ("token", true) => _tokens.Single(t => path.StartsWith(t.Key, StringComparison.Ordinal)).Value,
                ("file", true) => ExportFile.Weeks,
                ("name", true) => "playground.js",
                ("token" or "file" or "name", false) => Guessed,
                _ => throw new InvalidOperationException($"How is {gap.Name} of {path} filled?"),
            });
        }

        return path.StartsWith("/playground", StringComparison.Ordinal) && found ? path + "?as=dana" : path;
    }

    private static string Token(Uri link) => link.Segments[2].TrimEnd('/');
}

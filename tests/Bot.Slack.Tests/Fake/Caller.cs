using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using FakeSlack;
using FakeSlack.World;

namespace Bot.Slack.Tests.Fake;

/// <summary>A fake with two people in a channel, and bare HTTP calls to it.</summary>
internal sealed class Caller : IAsyncDisposable
{
    private readonly HttpClient _http = new();

    private Caller(SlackServer slack, StoppedClock clock)
    {
        (Slack, Clock) = (slack, clock);
        Slack.Workspace.AddMember("U1", "ada", isAdmin: true);
        Slack.Workspace.AddMember("U2", "bob", "America/New_York");
        Installed = slack.Install();
        Channel = Slack.Workspace.AddChannel("C1", "general", ["U1", "U2", Installed.BotUserId]);
        Token = Installed.Token;
    }

    public SlackServer Slack { get; }

    public StoppedClock Clock { get; }

    public Installation Installed { get; }

    public Channel Channel { get; }

    /// <summary>Of the next calls.</summary>
    public string? Token { get; set; }

    public static async Task<Caller> StartAsync()
    {
        var clock = new StoppedClock(new DateTimeOffset(2026, 11, 18, 9, 0, 0, TimeSpan.Zero));
        return new Caller(await SlackServer.StartAsync(clock), clock);
    }

    public Task<JsonObject> JsonAsync(string method, string arguments) => SendAsync(HttpMethod.Post, method, new StringContent(arguments, Encoding.UTF8, "application/json"));

    public Task<JsonObject> FormAsync(string method, params (string Name, string Value)[] arguments) =>
        SendAsync(HttpMethod.Post, method, new FormUrlEncodedContent(arguments.Select(a => KeyValuePair.Create(a.Name, a.Value))));

    public Task<JsonObject> GetAsync(string methodAndQuery) => SendAsync(HttpMethod.Get, methodAndQuery, null);

    /// <summary>The error of a call; null when it was done.</summary>
    public async Task<string?> ErrorAsync(string method, string arguments) => (string?)(await JsonAsync(method, arguments))["error"];

    public async Task<HttpResponseMessage> RawAsync(HttpMethod verb, Uri address, HttpContent? content = null, AuthenticationHeaderValue? authorization = null, CancellationToken ct = default)
    {
        using var request = new HttpRequestMessage(verb, address) { Content = content };
        request.Headers.Authorization = authorization;
        return await _http.SendAsync(request, ct);
    }

    /// <summary>A view with one required text field, as JSON.</summary>
    public static string Modal(string title = "Form", string more = "") =>
        $$$"""
        {"type":"modal","title":{"type":"plain_text","text":"{{{title}}}"},"submit":{"type":"plain_text","text":"Send"},"blocks":[
        {"type":"input","block_id":"name","label":{"type":"plain_text","text":"Name"},"element":{"type":"plain_text_input","action_id":"name"}}]{{{more}}}}
        """;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Slack.DisposeAsync();
    }

    private async Task<JsonObject> SendAsync(HttpMethod verb, string method, HttpContent? content)
    {
        var authorization = Token is null ? null : new AuthenticationHeaderValue("Bearer", Token);
        using var response = await RawAsync(verb, new Uri(Slack.ApiUrl, method), content, authorization);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
    }
}

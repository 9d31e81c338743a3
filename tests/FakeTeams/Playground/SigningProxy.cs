using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using FakeTeams.Issuer;
using FakeTeams.Talk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace FakeTeams.Playground;

/// <summary>One request that went through.</summary>
/// <param name="Path">As it arrived, still encoded.</param>
/// <param name="Sent">Null for a request without a body.</param>
/// <param name="Answer">Null for an empty one.</param>
public sealed record Exchange(string Method, string Path, JsonObject? Sent, int Status, JsonObject? Answer);

/// <summary>
/// Stands between the Agents Playground, which knows no tokens, and a bot that demands them and sends them: signs what the playground posts, as
/// the Bot Connector does, and lets nothing through to the playground without a token that the login gave.
/// </summary>
public sealed class SigningProxy : IAsyncDisposable
{
    public const string Door = "/api/messages";
    private const string Connector = "/connector";
    private readonly ConcurrentQueue<Exchange> _toBot = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<Exchange>> _awaited = new();
    private readonly ConcurrentQueue<Exchange> _toPlayground = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private readonly WebApplication _web;
    private readonly TeamsCloud _cloud;

    private SigningProxy(WebApplication web, TeamsCloud cloud, TimeProvider clock)
    {
        (_web, _cloud) = (web, cloud);
        Seen = new SeenInPlayground(cloud, clock);
    }

    /// <summary>Where the bot listens.</summary>
    public Uri Bot { get; set; } = null!;

    /// <summary>Where the playground listens.</summary>
    public Uri Playground { get; set; } = null!;

    public Uri Address => new(_web.Urls.Single());

    /// <summary>As the playground is to name it in its activities.</summary>
    public string ServiceUrl => Address.GetLeftPart(UriPartial.Authority) + Connector;

    /// <summary>What the playground holds by now.</summary>
    public SeenInPlayground Seen { get; }

    public IReadOnlyList<Exchange> ToBot => [.. _toBot];

    public IReadOnlyList<Exchange> ToPlayground => [.. _toPlayground];

    public static async Task<SigningProxy> StartAsync(TeamsCloud cloud, TimeProvider clock)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var web = builder.Build();
        var proxy = new SigningProxy(web, cloud, clock);
        web.MapGet(Door, () => "The playground asks whether somebody is there.");
        web.MapPost(Door, proxy.SignAsync);
        web.MapFallback(proxy.CheckAsync);
        await web.StartAsync();
        return proxy;
    }

    /// <summary>How the bot answers an activity that is still to come.</summary>
    internal Task<Exchange> AnswerToAsync(string activityId) =>
        _awaited.GetOrAdd(activityId, _ => new TaskCompletionSource<Exchange>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        _http.Dispose();
    }

    /// <summary>What the playground posts, to the bot.</summary>
    private async Task SignAsync(HttpContext context)
    {
        var activity = JsonNode.Parse(await TextAsync(context.Request))!.AsObject();
        var token = _cloud.Issuer.Token(new TokenWish(_cloud.App.AppId, (string?)activity["serviceUrl"]));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Bot, Door)) { Content = Json(activity) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var (status, answer) = await ForwardAsync(context, request);
        var exchange = new Exchange("POST", Door, activity, status, answer);
        _toBot.Enqueue(exchange);
        if (_awaited.TryRemove((string?)activity["id"] ?? "", out var awaited))
        {
            awaited.SetResult(exchange);
        }
    }

    /// <summary>What the bot says, to the playground's connector.</summary>
    private async Task CheckAsync(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (!target.StartsWith(Connector + "/", StringComparison.Ordinal))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (!_cloud.Login.Takes(context.Request.Headers.Authorization))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var text = await TextAsync(context.Request);
        var sent = text.Length == 0 ? null : JsonNode.Parse(text)!.AsObject();
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(Playground, "/_connector" + target[Connector.Length..]));
        request.Content = sent is null ? null : Json(sent);
        var exchange = new Exchange(context.Request.Method, target[Connector.Length..], sent, 0, null);
        var (status, answer) = await ForwardAsync(context, request, got => Seen.Note(exchange with { Status = got.Status, Answer = got.Answer }));
        _toPlayground.Enqueue(exchange with { Status = status, Answer = answer });
    }

    /// <param name="before">Done before the answer goes back.</param>
    private async Task<(int Status, JsonObject? Answer)> ForwardAsync(HttpContext context, HttpRequestMessage request, Action<(int Status, JsonObject? Answer)>? before = null)
    {
        using var response = await _http.SendAsync(request, context.RequestAborted);
        var text = await response.Content.ReadAsStringAsync(context.RequestAborted);
        var got = ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType == "application/json" && text.Length > 0 ? JsonNode.Parse(text) as JsonObject : null);
        before?.Invoke(got);
        context.Response.StatusCode = got.Item1;
        context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        await context.Response.WriteAsync(text, context.RequestAborted);
        return got;
    }

    private static StringContent Json(JsonObject body) => new(body.ToJsonString(), Encoding.UTF8, "application/json");

    private static async Task<string> TextAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        return await reader.ReadToEndAsync();
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bot.Chat;
using Bot.Slack.Inbound;
using Microsoft.Extensions.Logging;

namespace Bot.Slack.Api;

/// <summary>Slack's Web API: the methods used here, each called the way it takes its arguments.</summary>
public sealed partial class SlackApi(IHttpClientFactory clients, SlackOptions options, Rates rates, TimeProvider clock, ILogger<SlackApi> log)
{
    public const string Client = "slack";

    private const int Attempts = 3;
    private const int LongestAnswer = 4 * 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan UnsaidWait = TimeSpan.FromSeconds(30);

    /// <param name="workspace">Whose rates count: the team's id, or the app's for what belongs to no team.</param>
    public async Task<SlackResult> CallAsync(SlackMethod method, SlackToken token, string workspace, JsonObject arguments, CancellationToken ct)
    {
        var channel = method == SlackMethods.PostMessage ? arguments.Text("channel") : null;
        for (var attempt = 1; ; attempt++)
        {
            if (await rates.AskAsync(workspace, method, channel, ct) is { } wait)
            {
                return wait;
            }

            using var request = Request(method, arguments);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value);
            var result = await SendAsync(request, ct);
            rates.Heard(workspace, method, channel, result);
            // A refusal with a short pause was not done and is waited for here, in its turn.
            if (result is SlackResult.Wait { After: var after } && after <= Rates.LongestStay && attempt < Attempts)
            {
                continue;
            }

            Log(method, workspace, result);
            return result;
        }
    }

    /// <summary>Whether a call that is no message would be made at once.</summary>
    public bool IsFree(SlackMethod method, string workspace) => rates.IsFree(workspace, method);

    /// <summary>Every page of a list ("Pagination": an empty next_cursor is the end).</summary>
    /// <exception cref="PlatformUnreachableException">One of them cannot be read now.</exception>
    public async IAsyncEnumerable<JsonObject> PagesAsync(SlackMethod method, SlackToken token, string workspace, JsonObject arguments, [EnumeratorCancellation] CancellationToken ct)
    {
        string? cursor = null;
        do
        {
            var asked = arguments.DeepClone().AsObject();
            if (cursor is not null)
            {
                asked["cursor"] = cursor;
            }

            var page = await CallAsync(method, token, workspace, asked, ct) switch
            {
                SlackResult.Ok ok => ok.Body,
                SlackResult.Failed failed => throw new PlatformUnreachableException($"{method}: {failed.Error}"),
                var late => throw new PlatformUnreachableException($"{method}: {late.GetType().Name}"),
            };
            yield return page;
            cursor = page.Text("response_metadata", "next_cursor");
        }
        while (!string.IsNullOrEmpty(cursor));
    }

    /// <summary>Exchanges the code of an installation; the client's secret goes by HTTP Basic.</summary>
    public async Task<SlackResult> ExchangeAsync(string clientId, string clientSecret, JsonObject arguments, CancellationToken ct)
    {
        using var request = Request(SlackMethods.OAuthAccess, arguments);
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(clientId)}:{Uri.EscapeDataString(clientSecret)}")));
        var result = await SendAsync(request, ct);
        Log(SlackMethods.OAuthAccess, "", result);
        return result;
    }

    /// <summary>Sends a message to the address that came with an interaction; refuses any address that is not Slack's.</summary>
    public async Task<SlackResult> RespondAsync(Uri responseUrl, JsonObject message, CancellationToken ct)
    {
        if (!SlackAddresses.IsResponseUrl(responseUrl, options.ApiUrl))
        {
            LogForeignAddress();
            return new SlackResult.Failed("not_slacks_address", []);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, responseUrl) { Content = Json(message) };
        return await SendAsync(request, ct);
    }

    private HttpRequestMessage Request(SlackMethod method, JsonObject arguments) => method.Encoding switch
    {
        SlackEncoding.Json => new HttpRequestMessage(HttpMethod.Post, new Uri(options.ApiUrl, method.Name)) { Content = Json(arguments) },
        SlackEncoding.Form => new HttpRequestMessage(HttpMethod.Post, new Uri(options.ApiUrl, method.Name)) { Content = new FormUrlEncodedContent(Pairs(arguments)) },
        _ => new HttpRequestMessage(HttpMethod.Get, new Uri(options.ApiUrl, $"{method.Name}?{Query(arguments)}")),
    };

    private static StringContent Json(JsonObject content) => new(content.ToJsonString(), Encoding.UTF8, "application/json");

    private static string Query(JsonObject arguments) =>
        string.Join('&', Pairs(arguments).Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));

    /// <summary>Structured arguments are JSON texts in a form.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Pairs(JsonObject arguments) => arguments
        .Where(argument => argument.Value is not null)
        .Select(argument => KeyValuePair.Create(argument.Key, argument.Value is JsonValue value && value.GetValueKind() == JsonValueKind.String ? (string)value! : argument.Value!.ToJsonString()));

    private async Task<SlackResult> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(Patience, clock);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        try
        {
            using var http = clients.CreateClient(Client);
            http.MaxResponseContentBufferSize = LongestAnswer;
            using var response = await http.SendAsync(request, patience.Token);
            return await ReadAsync(response, patience.Token);
        }
        catch (HttpRequestException broken)
        {
            return new SlackResult.Unreachable(broken.HttpRequestError.ToString());
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new SlackResult.Unreachable($"no answer within {Patience.TotalSeconds} s");
        }
    }

    private static async Task<SlackResult> ReadAsync(HttpResponseMessage response, CancellationToken ct)
    {
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
        {
            return new SlackResult.Wait(response.Headers.RetryAfter?.Delta ?? UnsaidWait);
        }

        var text = await response.Content.ReadAsStringAsync(ct);
        if (!response.IsSuccessStatusCode)
        {
            // Slack tells what is wrong in the body of a 200: any other status is somebody between us, or an outage.
            return new SlackResult.Unreachable($"HTTP {(int)response.StatusCode}");
        }

        // The answer to a response_url is the bare word "ok", or nothing.
        if (SlackJson.Parse(text) is not { } body)
        {
            return text is "" or "ok" ? new SlackResult.Ok([]) : new SlackResult.Unreachable("an answer that is not JSON");
        }

        return body.IsOn("ok") ? new SlackResult.Ok(body)
            : body.Text("error") switch
            {
                "ratelimited" or "rate_limited" => new SlackResult.Wait(response.Headers.RetryAfter?.Delta ?? UnsaidWait),
                { } error => new SlackResult.Failed(error, body),
                null => new SlackResult.Unreachable("an answer without ok and error"),
            };
    }

    private void Log(SlackMethod method, string workspace, SlackResult result)
    {
        if (result is not SlackResult.Ok)
        {
            var ending = result is SlackResult.Failed failed ? failed.Error : result.GetType().Name;
            LogNotDone(method.Name, workspace, ending);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Method} for workspace {Workspace} was not done: {Ending}")]
    private partial void LogNotDone(string method, string workspace, string ending);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused to answer to an address that is not Slack's")]
    private partial void LogForeignAddress();
}

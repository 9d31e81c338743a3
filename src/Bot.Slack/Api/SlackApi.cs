using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace Bot.Slack.Api;

/// <summary>Slack's Web API: the methods used here, each called the way it takes its arguments.</summary>
public sealed partial class SlackApi(IHttpClientFactory clients, SlackOptions options, Rates rates, ILogger<SlackApi> log)
{
    public const string Client = "slack";

    private const int LongestAnswer = 4 * 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan UnsaidWait = TimeSpan.FromSeconds(30);

    /// <param name="workspace">Whose rates count: the team's id, or the app's for what belongs to no team.</param>
    public async Task<SlackResult> CallAsync(SlackMethod method, SlackToken token, string workspace, JsonObject arguments, CancellationToken ct)
    {
        var channel = method == SlackMethods.PostMessage ? (string?)arguments["channel"] : null;
        if (await rates.AskAsync(workspace, method, channel, ct) is { } wait)
        {
            return new SlackResult.Wait(wait);
        }

        using var request = Request(method, arguments);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value);
        var result = await SendAsync(request, ct);
        rates.Heard(workspace, method, channel, result);
        Log(method, workspace, result);
        return result;
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

        using var request = new HttpRequestMessage(HttpMethod.Post, responseUrl) { Content = JsonContent.Create(message) };
        return await SendAsync(request, ct);
    }

    private HttpRequestMessage Request(SlackMethod method, JsonObject arguments) => method.Encoding switch
    {
        SlackEncoding.Json => new HttpRequestMessage(HttpMethod.Post, new Uri(options.ApiUrl, method.Name)) { Content = JsonContent.Create(arguments) },
        SlackEncoding.Form => new HttpRequestMessage(HttpMethod.Post, new Uri(options.ApiUrl, method.Name)) { Content = new FormUrlEncodedContent(Pairs(arguments)) },
        _ => new HttpRequestMessage(HttpMethod.Get, new Uri(options.ApiUrl, $"{method.Name}?{Query(arguments)}")),
    };

    private static string Query(JsonObject arguments) =>
        string.Join('&', Pairs(arguments).Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));

    /// <summary>Structured arguments are JSON texts in a form.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Pairs(JsonObject arguments) => arguments
        .Where(argument => argument.Value is not null)
        .Select(argument => KeyValuePair.Create(argument.Key, argument.Value is JsonValue value && value.GetValueKind() == JsonValueKind.String ? (string)value! : argument.Value!.ToJsonString()));

    private async Task<SlackResult> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
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
            return (int)response.StatusCode >= 500
                ? new SlackResult.Unreachable($"HTTP {(int)response.StatusCode}")
                : new SlackResult.Failed($"http_{(int)response.StatusCode}", []);
        }

        // The answer to a response_url is the bare word "ok", or nothing.
        if (Parse(text) is not { } body)
        {
            return text is "" or "ok" ? new SlackResult.Ok([]) : new SlackResult.Unreachable("an answer that is not JSON");
        }

        return body["ok"]?.GetValueKind() == JsonValueKind.True ? new SlackResult.Ok(body)
            : (string?)body["error"] switch
            {
                "ratelimited" or "rate_limited" => new SlackResult.Wait(response.Headers.RetryAfter?.Delta ?? UnsaidWait),
                { } error => new SlackResult.Failed(error, body),
                null => new SlackResult.Unreachable("an answer without ok and error"),
            };
    }

    private static JsonObject? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
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

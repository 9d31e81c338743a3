using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Identity.Client;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Bot.Teams.Connector;

/// <summary>One request to the connector, with the bot's token, and what its answer means.</summary>
public sealed partial class ConnectorCall(IHttpClientFactory clients, ConnectorToken token, TimeProvider clock, ILogger<ConnectorCall> log)
{
    public const string Client = "teams";

    private const int LongestAnswer = 4 * 1024 * 1024;
    private static readonly MediaTypeHeaderValue Json = new("application/json", "utf-8");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan UntilSet = TimeSpan.FromMinutes(5);

    /// <summary>A token that is refused is dropped once, and the request made once more.</summary>
    public async Task<ConnectorResult> SendAsync(HttpMethod method, Uri address, ActivityJson? body, CancellationToken ct)
    {
        string? refused = null;
        while (true)
        {
            string bearer;
            try
            {
                bearer = await token.AskAsync(refused, ct);
            }
            catch (MsalException failed)
            {
                LogNoToken(failed.ErrorCode, LoginErrors.Number(failed.Message), failed.CorrelationId);
                return new ConnectorResult.NotNow(UntilSet, $"no token: {failed.ErrorCode}");
            }
            catch (HttpRequestException failed)
            {
                return new ConnectorResult.NotNow(null, $"no token: {failed.HttpRequestError}");
            }

            using var request = new HttpRequestMessage(method, address);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
            if (body is not null)
            {
                request.Content = new ReadOnlyMemoryContent(body.Utf8) { Headers = { ContentType = Json } };
            }

            var result = await SendAsync(request, ct);
            if (result is not ConnectorResult.Refused { Status: 401 } || refused is not null)
            {
                return result;
            }

            refused = bearer;
        }
    }

    private async Task<ConnectorResult> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            using var http = clients.CreateClient(Client);
            http.MaxResponseContentBufferSize = LongestAnswer;
            using var response = await http.SendAsync(request, either.Token);
            var result = Meaning(response, Parse(await response.Content.ReadAsStringAsync(either.Token)));
            Log(request.Method, response, result);
            return result;
        }
        catch (HttpRequestException broken) when (broken.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError)
        {
            return new ConnectorResult.NotNow(null, broken.HttpRequestError.ToString());
        }
        catch (HttpRequestException broken)
        {
            return new ConnectorResult.Unclear(broken.HttpRequestError.ToString());
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new ConnectorResult.Unclear($"no answer within {Patience.TotalSeconds} s", IsSlow: true);
        }
    }

    /// <summary>By the table of "Status codes from agent conversational APIs".</summary>
    private ConnectorResult Meaning(HttpResponseMessage response, JsonObject? body)
    {
        var code = (string?)(body?["error"] as JsonObject)?["code"] ?? $"http_{(int)response.StatusCode}";
        return response.StatusCode switch
        {
            HttpStatusCode.TooManyRequests => new ConnectorResult.NotNow(After(response), code),
            HttpStatusCode.PreconditionFailed or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable => new ConnectorResult.NotNow(After(response), code),
            HttpStatusCode.GatewayTimeout => new ConnectorResult.Unclear(code),
            _ when response.IsSuccessStatusCode => new ConnectorResult.Ok(body ?? []),
            var status => new ConnectorResult.Refused((int)status, code),
        };
    }

    private TimeSpan? After(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } seconds } => seconds,
        { Date: { } at } => at - clock.GetUtcNow() is var wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero,
        _ => null,
    };

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

    private void Log(HttpMethod method, HttpResponseMessage response, ConnectorResult result)
    {
        if (result is ConnectorResult.Ok)
        {
            return;
        }

        // Microsoft finds a request by this id.
        var vector = response.Headers.TryGetValues("MS-CV", out var values) ? values.First() : null;
        var status = (int)response.StatusCode;
        switch (result)
        {
            case ConnectorResult.Refused { Status: 401, Code: var code }:
                LogNotAccepted(code, vector);
                break;
            case ConnectorResult.Refused { Code: "InvalidBotApiHost" }:
                LogOtherCloud(response.RequestMessage?.RequestUri?.Host, vector);
                break;
            case ConnectorResult.Refused { Code: var code }:
                LogNotDone(method.Method, status, code, vector);
                break;
            case ConnectorResult.NotNow { Why: var why }:
                LogNotDone(method.Method, status, why, vector);
                break;
            case ConnectorResult.Unclear { Why: var why }:
                LogNotDone(method.Method, status, why, vector);
                break;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The login gave no token: {Error} {Number} (correlation {Correlation}). Check Teams__AppId, Teams__TenantId and the secret, certificate or managed identity; nothing is said in Teams until it does")]
    private partial void LogNoToken(string error, string? number, string? correlation);

    [LoggerMessage(Level = LogLevel.Error, Message = "The connector did not take the bot's token: {Code} (MS-CV {Vector}). Check that the bot is registered with Teams__AppId and that Teams__TenantId is its home tenant")]
    private partial void LogNotAccepted(string code, string? vector);

    [LoggerMessage(Level = LogLevel.Error, Message = "The connector at {Host} does not serve this tenant: InvalidBotApiHost (MS-CV {Vector}). A government cloud's tenants are served by hosts of their own, named by the activities that come from them")]
    private partial void LogOtherCloud(string? host, string? vector);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Method} was not done: {Status} {Code} (MS-CV {Vector})")]
    private partial void LogNotDone(string method, int status, string code, string? vector);
}

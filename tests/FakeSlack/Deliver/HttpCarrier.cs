using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FakeSlack.World;

namespace FakeSlack.Deliver;

/// <summary>Posts to the app's addresses, signed over the raw bytes ("Verifying requests from Slack").</summary>
internal sealed class HttpCarrier(SlackWorld world) : ICarrier, IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { Timeout = Timeout.InfiniteTimeSpan };

    public Task<Ack> CarryAsync(DeliveryKind kind, JsonObject payload, int retry, string? retryReason, CancellationToken ct) => kind switch
    {
        DeliveryKind.SlashCommand => PostAsync(world.App.CommandsUrl, Form(payload), "application/x-www-form-urlencoded", 0, null, ct),
        DeliveryKind.Interaction => PostAsync(world.App.InteractivityUrl, Form(new JsonObject { ["payload"] = payload.ToJsonString() }), "application/x-www-form-urlencoded", 0, null, ct),
        _ => PostAsync(world.App.EventsUrl, payload.ToJsonString(), "application/json", retry, retryReason, ct),
    };

    public void Dispose() => _http.Dispose();

    /// <summary>Any body, with a good signature.</summary>
    public async Task<Ack> PostAsync(Uri? to, string body, string contentType, int retry, string? retryReason, CancellationToken ct)
    {
        if (to is null)
        {
            return new Ack.Unreachable("the app's settings hold no address for this");
        }

        var bytes = Encoding.UTF8.GetBytes(body);
        var timestamp = world.Now.ToUnixTimeSeconds().ToString();
        using var request = new HttpRequestMessage(HttpMethod.Post, to) { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        request.Headers.UserAgent.ParseAdd("Slackbot 1.0 (+https://api.slack.com/robots)");
        request.Headers.Add("X-Slack-Request-Timestamp", timestamp);
        request.Headers.Add("X-Slack-Signature", Sign(world.App.SigningSecret, timestamp, bytes));
        if (retry > 0)
        {
            request.Headers.Add("x-slack-retry-num", retry.ToString());
            request.Headers.Add("x-slack-retry-reason", retryReason);
        }

        try
        {
            using var response = await _http.SendAsync(request, ct);
            var text = await response.Content.ReadAsStringAsync(ct);
            var forbidsRetry = response.Headers.TryGetValues("x-slack-no-retry", out var values) && values.Contains("1");
            return new Ack.Answered((int)response.StatusCode, text) { Json = Parse(text), ForbidsRetry = forbidsRetry };
        }
        catch (HttpRequestException broken)
        {
            return new Ack.Unreachable(broken.HttpRequestError.ToString());
        }
    }

    public static string Sign(string secret, string timestamp, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"v0:{timestamp}:"), .. body];
        return "v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
    }

    private static string Form(JsonObject fields) =>
        string.Join('&', fields.Select(field => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString((string?)field.Value ?? "").Replace("%20", "+", StringComparison.Ordinal)}"));

    private static JsonNode? Parse(string text)
    {
        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

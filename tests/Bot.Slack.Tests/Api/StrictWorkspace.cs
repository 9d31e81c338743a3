using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Bot.Slack.Tests.Api;

/// <summary>Answers after a while, takes so many messages within any second and refuses the next with 429 and Retry-After.</summary>
internal sealed class StrictWorkspace(int perSecond, ManualClock clock) : HttpMessageHandler
{
    private static readonly TimeSpan Way = TimeSpan.FromMilliseconds(60);
    private readonly Queue<DateTimeOffset> _lastSecond = new();
    private readonly Lock _gate = new();
    private int _changed;

    public ConcurrentQueue<string> Taken { get; } = new();

    public ConcurrentQueue<DateTimeOffset> Refused { get; } = new();

    public int Changed => Volatile.Read(ref _changed);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri!.AbsolutePath == "/api/chat.update")
        {
            Interlocked.Increment(ref _changed);
            return Json("""{"ok":true,"ts":"1.000100"}""");
        }

        if (request.RequestUri!.AbsolutePath != "/api/chat.postMessage")
        {
            return Json("""{"ok":true,"team_id":"T1","team":"pilots","user_id":"UBOT"}""");
        }

        var body = JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!;
        await Task.Delay(Way, clock, cancellationToken);
        var answer = Take((string)body["channel"]!);
        await Task.Delay(Way, clock, cancellationToken);
        return answer;
    }

    private HttpResponseMessage Take(string channel)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            while (_lastSecond.TryPeek(out var oldest) && now - oldest >= TimeSpan.FromSeconds(1))
            {
                _lastSecond.Dequeue();
            }

            if (_lastSecond.Count >= perSecond)
            {
                Refused.Enqueue(now);
                return new HttpResponseMessage(HttpStatusCode.TooManyRequests) { Headers = { RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(1)) } };
            }

            _lastSecond.Enqueue(now);
            Taken.Enqueue(channel);
            return Json($$"""{"ok":true,"channel":"D{{channel}}","ts":"{{Taken.Count}}.000100"}""");
        }
    }

    private static HttpResponseMessage Json(string json) => new(HttpStatusCode.OK) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
}

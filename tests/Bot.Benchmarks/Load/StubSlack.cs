using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Bot.Benchmarks.Load;

/// <summary>
/// As much of Slack's Web API as the load asks for, answering after a time like Slack's (log-normal around a median). It refuses nothing and
/// enforces no rate: how fast calls come is what the hosts allow themselves.
/// </summary>
internal sealed class StubSlack : IAsyncDisposable
{
    /// <summary>With 80 ms in the middle, 99 of 100 calls take less than 200 ms.</summary>
    private const double Spread = 0.4;
    private readonly WebApplication _app;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _median;
    private readonly ConcurrentDictionary<string, int> _calls = new();
    private long _lastTick;

    private StubSlack(TimeSpan median, TimeProvider clock)
    {
        (_median, _clock) = (median, clock);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public Uri ApiUrl { get; private set; } = null!;

    /// <summary>Messages posted, by the channel or person they were posted to, each with when.</summary>
    public ConcurrentDictionary<string, Posted> Posts { get; } = new();

    /// <summary>Told of each first post to a person.</summary>
    public Action<string, Posted>? PersonTold { get; set; }

    /// <summary>How often each method was called.</summary>
    public IReadOnlyDictionary<string, int> Calls => _calls;

    public static async Task<StubSlack> StartAsync(TimeSpan median, TimeProvider clock)
    {
        var stub = new StubSlack(median, clock);
        await stub._app.StartAsync();
        stub.ApiUrl = new Uri(stub._app.Urls.Single() + "/api/");
        return stub;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext call)
    {
        var method = call.Request.Path.Value!.Split('/')[^1];
        _calls.AddOrUpdate(method, 1, (_, count) => count + 1);
        using var asked = call.Request.ContentLength > 0 ? await JsonDocument.ParseAsync(call.Request.Body, cancellationToken: call.RequestAborted) : null;
        await Task.Delay(_median * Math.Exp(Spread * Normal()), _clock, call.RequestAborted);
        object answer = method switch
        {
            "chat.postMessage" => Post(asked!.RootElement.GetProperty("channel").GetString()!, asked.RootElement.GetProperty("text").GetString()!),
            "users.info" => Person(call.Request.Query["user"].ToString()),
            "conversations.info" => new { ok = true, channel = new { id = call.Request.Query["channel"].ToString(), is_member = true } },
            _ => new { ok = true, ts = Tick() },
        };
        await call.Response.WriteAsJsonAsync(answer, call.RequestAborted);
    }

    private object Post(string to, string text)
    {
        var isPerson = to[0] == 'U';
        var posted = Posts.AddOrUpdate(
            to, _ => new Posted(isPerson ? "D" + to[1..] : to, Tick(), _clock.GetUtcNow(), text, 1), (_, earlier) => earlier.Text == text ? earlier with { Times = earlier.Times + 1 } : earlier with { Others = earlier.Others + 1 });
        if (isPerson && posted is { Times: 1, Others: 0 })
        {
            PersonTold?.Invoke(to, posted);
        }

        return new { ok = true, channel = posted.Conversation, ts = posted.Ts };
    }

    private static object Person(string id) => new
    {
        ok = true,
        user = new { id, name = id, real_name = $"Person {id[1..]}", tz = LoadSeed.Zone, deleted = false, is_bot = false, is_admin = false, is_owner = false, profile = new { display_name = $"Person {id[1..]}" } },
    };

    /// <summary>Slack's form of a message's id: seconds, six digits; no two alike.</summary>
    private string Tick()
    {
        var tick = Interlocked.Increment(ref _lastTick);
        return $"{_clock.GetUtcNow().ToUnixTimeSeconds()}.{tick % 1_000_000:000000}";
    }

    /// <summary>Box and Muller.</summary>
    private static double Normal() => Math.Sqrt(-2 * Math.Log(1 - Random.Shared.NextDouble())) * Math.Cos(2 * Math.PI * Random.Shared.NextDouble());
}

/// <param name="Conversation">Where the message is.</param>
/// <param name="At">When the first came.</param>
/// <param name="Text">Of the first.</param>
/// <param name="Times">How often the first was posted there.</param>
internal sealed record Posted(string Conversation, string Ts, DateTimeOffset At, string Text, int Times)
{
    /// <summary>Others posted there since.</summary>
    public int Others { get; init; }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Bot.Benchmarks.Load;

/// <summary>
/// Sends check-ins as Slack does, signed, at a fixed rate whether or not the earlier ones are through (an open loop). How long one took is counted from
/// the moment it was meant to be sent, so that a host which stands still is charged for all who wait. Nobody presses Answer first: what is sent is
/// the filled form, opened from the prompt.
/// </summary>
internal sealed class SendAnswers(IReadOnlyList<Uri> hosts, string secret, int rate, TimeProvider clock) : IDisposable
{
    /// <summary>Slack shows its user an error then ("Handling view submissions").</summary>
    public static readonly TimeSpan SlackWaits = TimeSpan.FromSeconds(3);
    private static readonly string[] Struggles = ["wrong", "trust", "fit", "training", "slow", "missing", "job", "nothing"];
    private readonly HttpClient _http = new(new SocketsHttpHandler { PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1), UseCookies = false }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly List<(Asked Who, Posted Prompt)> _reached = [];
    private readonly byte[] _key = Encoding.UTF8.GetBytes(secret);
    private int _underWay;
    private int _next;

    /// <summary>By the minute in which they were meant to be sent.</summary>
    public ConcurrentDictionary<int, Minute> Minutes { get; } = new();

    /// <summary>From now on they may answer.</summary>
    public void Reach(Asked who, Posted prompt)
    {
        lock (_reached)
        {
            _reached.Add((who, prompt));
        }
    }

    public async Task RunAsync(TimeSpan howLong)
    {
        var start = clock.GetTimestamp();
        var all = (long)(howLong.TotalSeconds * rate);
        for (var number = 1L; number <= all; number++)
        {
            var meant = TimeSpan.FromSeconds((number - 1) / (double)rate);
            if (meant - clock.GetElapsedTime(start) is { Ticks: > 0 } early)
            {
                await Task.Delay(early, clock, CancellationToken.None);
            }

            var (who, prompt) = Next();
            Interlocked.Increment(ref _underWay);
            _ = SendAsync(number, who, prompt, start, meant);
        }

        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50), clock);
        while (Volatile.Read(ref _underWay) > 0)
        {
            await timer.WaitForNextTickAsync();
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task SendAsync(long number, Asked who, Posted prompt, long start, TimeSpan meant)
    {
        // Off the loop that keeps the time.
        await Task.Yield();
        var end = await PostAsync(number, who, prompt);
        Minutes.GetOrAdd((int)meant.TotalMinutes, _ => new Minute()).Note(clock.GetElapsedTime(start) - meant, end);
        lock (_reached)
        {
            who.IsAnswering = false;
            if (end == End.Taken)
            {
                who.Taken = number;
            }
            else if (end != End.NotBegun)
            {
                who.Unknown.Add(number);
            }
        }

        Interlocked.Decrement(ref _underWay);
    }

    /// <summary>In turn, and nobody whose last answer is not through: which of two is the newer would be anybody's guess.</summary>
    private (Asked Who, Posted Prompt) Next()
    {
        lock (_reached)
        {
            for (var tries = 0; tries < _reached.Count; tries++)
            {
                var next = _reached[_next++ % _reached.Count];
                if (!next.Who.IsAnswering)
                {
                    next.Who.IsAnswering = true;
                    return next;
                }
            }

            throw new InvalidOperationException("Everybody is answering: there are too few people for this rate.");
        }
    }

    private async Task<End> PostAsync(long number, Asked who, Posted prompt)
    {
        var body = "payload=" + Uri.EscapeDataString(Payload(number, who, prompt));
        var timestamp = clock.GetUtcNow().ToUnixTimeSeconds().ToString();
        var signature = "v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"v0:{timestamp}:{body}")));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(hosts[(int)(number % hosts.Count)], "/slack/interactions"))
        {
            Content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded"),
            Headers = { { "X-Slack-Request-Timestamp", timestamp }, { "X-Slack-Signature", signature } },
        };
        using var patience = new CancellationTokenSource(SlackWaits, clock);
        try
        {
            using var response = await _http.SendAsync(request, patience.Token);
            var said = await response.Content.ReadAsStringAsync(patience.Token);
            // The window closes with an empty answer. Whatever else is said, a fault or that it takes longer, is not an answer that was taken.
            return !response.IsSuccessStatusCode ? End.Refused : said.Length == 0 ? End.Taken : said.Contains("could not be saved", StringComparison.Ordinal) ? End.NotBegun : End.PutOff;
        }
        catch (OperationCanceledException)
        {
            return End.TooLate;
        }
        catch (HttpRequestException)
        {
            return End.Refused;
        }
    }

    private static string Payload(long number, Asked who, Posted prompt)
    {
        static object Chosen(string value) => new { type = "static_select", selected_option = new { value } };
        return JsonSerializer.Serialize(new
        {
            type = "view_submission",
            team = new { id = who.Team, domain = who.Team },
            user = new { id = who.User, team_id = who.Team },
            trigger_id = $"load.{number}",
            view = new
            {
                id = $"V{number}",
                callback_id = "checkin",
                private_metadata = JsonSerializer.Serialize(new
                {
                    Key = who.Round, In = prompt.Conversation, Kind = 0, Name = (string?)null, Thread = (string?)null, OnConversation = prompt.Conversation, OnMessage = prompt.Ts, FromHome = false,
                }),
                blocks = new[] { new { type = "input", block_id = "rating" } },
                state = new
                {
                    values = new Dictionary<string, object>
                    {
                        ["rating"] = new Dictionary<string, object> { ["rating"] = Chosen($"{1 + (number % 5)}") },
                        ["struggles"] = new Dictionary<string, object> { ["struggles"] = Chosen(Struggles[number % Struggles.Length]) },
                        ["drift"] = new Dictionary<string, object> { ["drift"] = Chosen("no") },
                        ["comment"] = new Dictionary<string, object> { ["comment"] = new { type = "plain_text_input", value = $"Answer {number}" } },
                    },
                },
            },
        });
    }
}

/// <summary>What became of an answer.</summary>
internal enum End
{
    Taken,

    /// <summary>Acknowledged in time, and gone on with afterwards.</summary>
    PutOff,

    /// <summary>Told in time to try again: it is not there.</summary>
    NotBegun,

    /// <summary>Later than Slack waits.</summary>
    TooLate,
    Refused,
}

/// <summary>The answers that were meant to be sent in one minute.</summary>
internal sealed class Minute
{
    private readonly List<float> _milliseconds = [];
    private readonly int[] _ends = new int[5];

    public void Note(TimeSpan took, End end)
    {
        lock (_milliseconds)
        {
            _milliseconds.Add((float)took.TotalMilliseconds);
            _ends[(int)end]++;
        }
    }

    public int Sent => _milliseconds.Count;

    public int Of(End end) => _ends[(int)end];

    public IReadOnlyList<float> Milliseconds => _milliseconds;

    /// <summary>All of several minutes.</summary>
    public static double Percentile(IEnumerable<Minute> minutes, double share)
    {
        var all = minutes.SelectMany(minute => minute._milliseconds).Order().ToList();
        return all.Count == 0 ? 0 : all[Math.Min(all.Count - 1, (int)(all.Count * share))];
    }
}

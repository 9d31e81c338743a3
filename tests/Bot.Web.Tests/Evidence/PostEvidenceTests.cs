using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Bot.Chat;
using Bot.Evidence;
using Bot.Loops;
using Bot.Tests.Evidence;
using Bot.Web.Evidence;
using Bot.Web.Tests.Links;
using Microsoft.EntityFrameworkCore;

namespace Bot.Web.Tests.Evidence;

/// <summary>The door for monitors on a real server: who is let in, what is taken, and what each refusal says.</summary>
public sealed class PostEvidenceTests
{
    private const string One = """{"series":"tickets_deflected","value":41,"at":"2026-11-20T09:00:00Z"}""";

    public static TheoryData<string> EveryPayload => [.. Payloads.Names];

    [Theory, MemberData(nameof(EveryPayload))]
    public async Task Each_form_is_taken_once_however_often_it_is_sent(string payload)
    {
        await using var host = await LinkHost.StartAsync();
        var key = await KeyAsync(host, host.Loop);

        var (status, first) = await PostAsync(host, host.Loop, key, Payloads.Read(payload));
        var (again, second) = await PostAsync(host, host.Loop, key, Payloads.Read(payload));

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (status, again));
        var items = (int)first["stored"]!;
        Assert.True(items > 0);
        Assert.Equal((0, 0, items), ((int)first["known"]!, (int)second["stored"]!, (int)second["known"]!));
        Assert.Equal(items, await CountAsync(host));
    }

    [Fact]
    public async Task What_is_broken_is_refused_with_where_and_what_and_nothing_of_it_is_stored()
    {
        await using var host = await LinkHost.StartAsync();
        var key = await KeyAsync(host, host.Loop);

        foreach (var broken in Payloads.AllBroken)
        {
            using var answer = await SendAsync(host, host.Loop, key, Encoding.UTF8.GetBytes(broken.Body));
            var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

            Assert.Equal((broken.Status, "application/problem+json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
            Assert.Equal(broken.Status, (int)problem["status"]!);
            Assert.Contains(broken.Says, string.Join("; ", problem["expected"]?.AsArray().Select(e => (string?)e) ?? [(string?)problem["detail"]]));
        }

        Assert.Equal(0, await CountAsync(host));
    }

    [Fact]
    public async Task Without_the_right_key_every_answer_is_the_same()
    {
        await using var host = await LinkHost.StartAsync();
        var other = await host.AddWorkspaceAsync("other");
        var (key, theirs, revoked) = (await KeyAsync(host, host.Loop), await KeyAsync(host, other), await KeyAsync(host, host.Loop, revoked: true));
        var own = $"/evidence/{host.Loop.InitiativeId}";
        (string Path, string? Header)[] refused =
        [
            (own, null), (own, ""), (own, "Bearer"), (own, "Bearer "), (own, "Bearer x"), (own, $"Basic {key}"), (own, key), (own, $"Bearer {key}x"), (own, $"Bearer {key[..^1]}"),
            (own, $"Bearer {theirs}"), (own, $"Bearer {revoked}"), (own, $"Bearer {EvidenceSecret.Hash(key)}"),
            ($"/evidence/{Guid.NewGuid():N}", $"Bearer {key}"), ($"/evidence/{other.InitiativeId}", $"Bearer {key}"), ("/evidence/churn", $"Bearer {key}"), ("/evidence/'--", $"Bearer {key}"),
        ];

        var answers = new HashSet<string>();
        foreach (var (path, header) in refused)
        {
            // Broken on purpose: nothing of it may be looked at.
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent("{"u8.ToArray()) };
            request.Headers.TryAddWithoutValidation("Authorization", header);
            using var answer = await host.Http.SendAsync(request);
            answers.Add($"{answer.StatusCode} {answer.Headers.WwwAuthenticate} {answer.Content.Headers.ContentType} {await answer.Content.ReadAsStringAsync()}");
        }

        Assert.StartsWith("Unauthorized Bearer application/problem+json {", Assert.Single(answers));
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(host, host.Loop, key, Encoding.UTF8.GetBytes(One))).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(host, other, theirs, Encoding.UTF8.GetBytes(One))).Status);
    }

    [Fact]
    public async Task Sent_many_times_at_once_it_is_accepted_each_time_and_stored_once()
    {
        await using var host = await LinkHost.StartAsync();
        var key = await KeyAsync(host, host.Loop);

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => PostAsync(host, host.Loop, key, Payloads.Read("nannyml-rows"))));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Accepted, a.Status));
        Assert.Equal(4, answers.Sum(a => (int)a.Body["stored"]!));
        Assert.Equal(4, await CountAsync(host));
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(true, false)]
    public async Task Too_large_a_body_is_answered_before_its_sender_is_cut_off(bool chunked, bool hasKey)
    {
        await using var host = await LinkHost.StartAsync();
        var key = hasKey ? await KeyAsync(host, host.Loop) : "ap_none";
        using var request = Request(host.Loop, key, new byte[4 * PostEvidence.MostBytes]);
        request.Headers.TransferEncodingChunked = chunked;

        using var answer = await host.Http.SendAsync(request);

        Assert.Equal(hasKey ? HttpStatusCode.RequestEntityTooLarge : HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains(hasKey ? "1024 KB" : "/pilot evidence", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_body_of_exactly_the_limit_is_read()
    {
        await using var host = await LinkHost.StartAsync();
        var key = await KeyAsync(host, host.Loop);
        var (fits, tooLarge) = (Padded(PostEvidence.MostBytes), Padded(PostEvidence.MostBytes + 1));

        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(host, host.Loop, key, fits)).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PostAsync(host, host.Loop, key, tooLarge)).Status);

        static byte[] Padded(int bytes) => Encoding.UTF8.GetBytes(One.PadRight(bytes));
    }

    [Theory]
    [InlineData("text/plain", null)]
    [InlineData("application/x-www-form-urlencoded", null)]
    [InlineData(null, null)]
    [InlineData("application/json", "gzip")]
    public async Task What_is_not_sent_as_JSON_is_refused_with_how_to_send_it(string? type, string? encoding)
    {
        await using var host = await LinkHost.StartAsync();
        using var request = Request(host.Loop, await KeyAsync(host, host.Loop), Encoding.UTF8.GetBytes(One));
        request.Content!.Headers.ContentType = type is null ? null : new MediaTypeHeaderValue(type);
        if (encoding is not null)
        {
            request.Content.Headers.ContentEncoding.Add(encoding);
        }

        using var answer = await host.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Contains("Content-Type: application/json", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task One_key_too_often_is_told_when_to_come_again_and_another_is_not_kept_out()
    {
        await using var host = await LinkHost.StartAsync(new EvidenceOptions { PostsPerMinute = 2 });
        var (busy, other) = (await KeyAsync(host, host.Loop), await KeyAsync(host, host.Loop));
        await PostAsync(host, host.Loop, busy, Encoding.UTF8.GetBytes(One));
        await PostAsync(host, host.Loop, busy, Encoding.UTF8.GetBytes(One));

        using var answer = await SendAsync(host, host.Loop, busy, Encoding.UTF8.GetBytes(One));

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(host, host.Loop, other, Encoding.UTF8.GetBytes(One))).Status);
    }

    [Fact]
    public async Task Many_wrong_keys_from_one_address_are_told_to_wait_and_the_right_one_still_gets_in()
    {
        await using var host = await LinkHost.StartAsync(new EvidenceOptions { RefusalsPerMinute = 3 });
        var key = await KeyAsync(host, host.Loop);
        var refused = new List<HttpStatusCode>();
        for (var i = 0; i < 5; i++)
        {
            using var answer = await SendAsync(host, host.Loop, "ap_wrong", Encoding.UTF8.GetBytes(One));
            refused.Add(answer.StatusCode);
            Assert.Equal(i >= 3, answer.Headers.RetryAfter is not null);
        }

        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.Unauthorized, 3), .. Enumerable.Repeat(HttpStatusCode.TooManyRequests, 2)], refused);
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(host, host.Loop, key, Encoding.UTF8.GetBytes(One))).Status);
    }

    [Fact]
    public async Task A_body_that_ends_too_soon_stores_nothing_and_harms_nobody()
    {
        await using var host = await LinkHost.StartAsync();
        var key = await KeyAsync(host, host.Loop);
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(host.Http.BaseAddress!.Host, host.Http.BaseAddress.Port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                $"POST /evidence/{host.Loop.InitiativeId} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{One}"));
        }

        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(host, host.Loop, key, Encoding.UTF8.GetBytes(One))).Status);
        Assert.Equal(1, await CountAsync(host));
    }

    [Fact]
    public async Task Neither_keys_nor_bodies_are_logged()
    {
        await using var host = await LinkHost.StartAsync();
        var key = await KeyAsync(host, host.Loop);

        await PostAsync(host, host.Loop, key, """{"series":"whispered","value":41,"at":"2026-11-20T09:00:00Z","text":"between us"}"""u8.ToArray());
        await PostAsync(host, host.Loop, key, """{"series":"whispered","value":"between us"}"""u8.ToArray());
        await PostAsync(host, host.Loop, key + "x", """{"series":"whispered"}"""u8.ToArray());

        Assert.Contains("1 stored, 0 known", host.Log.All);
        Assert.All(new[] { key, "whispered", "between us", EvidenceSecret.Hash(key) }, secret => Assert.DoesNotContain(secret, host.Log.All));
    }

    [Fact]
    public async Task That_a_key_is_used_is_noted()
    {
        await using var host = await LinkHost.StartAsync();
        var key = await KeyAsync(host, host.Loop);

        await PostAsync(host, host.Loop, key, Encoding.UTF8.GetBytes(One));

        await host.UseAsync(async db => Assert.Equal(host.Clock.Now, (await db.EvidenceKeys.SingleAsync()).LastUsedAt));
    }

    [Fact]
    public async Task The_address_is_under_the_public_one()
    {
        await using var host = await LinkHost.StartAsync();

        Assert.Equal($"https://pilot.example.org/afterpilot/evidence/{host.Loop.InitiativeId}", host.Links.Evidence(host.Loop.InitiativeId).AbsoluteUri);
    }

    private static async Task<string> KeyAsync(LinkHost host, Loop loop, bool revoked = false)
    {
        var secret = EvidenceSecret.New();
        await host.UseAsync(async db =>
        {
            db.Add(new EvidenceKey
            {
                Id = Id.New<EvidenceKeyId>(host.Clock), WorkspaceId = loop.WorkspaceId, InitiativeId = loop.InitiativeId, Hash = EvidenceSecret.Hash(secret), Label = "a monitor",
                CreatedBy = new PersonId(Guid.NewGuid()), CreatedAt = host.Clock.Now, RevokedAt = revoked ? host.Clock.Now : null,
            });
            await db.SaveChangesAsync();
        });
        return secret;
    }

    private static HttpRequestMessage Request(Loop loop, string key, byte[] body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/evidence/{loop.InitiativeId}") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return request;
    }

    private static async Task<HttpResponseMessage> SendAsync(LinkHost host, Loop loop, string key, byte[] body)
    {
        using var request = Request(loop, key, body);
        return await host.Http.SendAsync(request);
    }

    private static async Task<(HttpStatusCode Status, JsonNode Body)> PostAsync(LinkHost host, Loop loop, string key, byte[] body)
    {
        using var answer = await SendAsync(host, loop, key, body);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }

    private static async Task<int> CountAsync(LinkHost host)
    {
        var count = 0;
        await host.UseAsync(async db => count = await db.Evidence.CountAsync());
        return count;
    }
}

using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Bot.Chat;
using FsCheck;
using FsCheck.Fluent;

namespace Bot.Slack.Tests.Inbound;

// The door over HTTP: only signed bytes come in and nothing is parsed before; probes and challenges; the three addresses and the one; other verbs;
// bodies that are too large, too deep, doubled, in odd encodings or no text at all: always a 4xx or an acknowledgement, and nothing reaches the product.
public sealed class ReceiveTests : IAsyncLifetime
{
    private const string Json = "application/json";
    private const string Form = "application/x-www-form-urlencoded";
    private static readonly byte[] Home = Encoding.UTF8.GetBytes(
        """{"type":"event_callback","team_id":"T000000001","event_id":"Ev1","event":{"type":"message","channel_type":"im","channel":"D1","user":"U00000ANA","text":"help"}}""");

    private Adapter _adapter = null!;

    public async Task InitializeAsync() => _adapter = await Adapter.StartAsync();

    public async Task DisposeAsync() => await _adapter.DisposeAsync();

    [Fact]
    public async Task A_signed_event_comes_in()
    {
        using var answer = await _adapter.PostAsync(Home);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("help", _adapter.Product.Single<CommandTyped>().Text);
    }

    [Theory]
    [InlineData(-301)]
    [InlineData(301)]
    [InlineData(3600)]
    public async Task Signed_too_long_ago_or_ahead_it_is_refused_with_an_empty_401(int seconds)
    {
        using var answer = await _adapter.PostAsync(Home, timestamp: _adapter.Clock.GetUtcNow().AddSeconds(seconds).ToUnixTimeSeconds().ToString());

        await AssertRefusedAsync(answer);
    }

    [Fact]
    public async Task Signed_by_another_secret_or_not_at_all_it_is_refused()
    {
        using var other = await _adapter.PostAsync(Home, signature: Signed.By("another", _adapter.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(), Home));
        using var none = await _adapter.PostAsync(Home, timestamp: "", signature: "");
        using var bare = await _adapter.Http.PostAsync("/slack/events", new ByteArrayContent(Home));

        await AssertRefusedAsync(other);
        await AssertRefusedAsync(none);
        await AssertRefusedAsync(bare);
    }

    [Fact]
    public async Task A_byte_changed_after_signing_is_refused()
    {
        var stamp = _adapter.Clock.GetUtcNow().ToUnixTimeSeconds().ToString();
        var signature = Signed.By(_adapter.Slack.App.SigningSecret, stamp, Home);
        var changed = Home.ToArray();
        changed[^3] ^= 1;

        using var answer = await _adapter.PostAsync(changed, timestamp: stamp, signature: signature);

        await AssertRefusedAsync(answer);
    }

    [Fact]
    public async Task A_request_played_again_within_its_five_minutes_does_nothing_the_second_time_and_later_is_refused()
    {
        var stamp = _adapter.Clock.GetUtcNow().ToUnixTimeSeconds().ToString();
        var signature = Signed.By(_adapter.Slack.App.SigningSecret, stamp, Home);

        using var first = await _adapter.PostAsync(Home, timestamp: stamp, signature: signature);
        _adapter.Clock.Advance(TimeSpan.FromSeconds(299));
        using var again = await _adapter.PostAsync(Home, timestamp: stamp, signature: signature);
        _adapter.Clock.Advance(TimeSpan.FromSeconds(2));
        using var late = await _adapter.PostAsync(Home, timestamp: stamp, signature: signature);

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Unauthorized], new[] { first, again, late }.Select(a => a.StatusCode));
        _adapter.Product.Single<CommandTyped>();
    }

    [Fact]
    public async Task The_challenge_of_an_address_is_answered_only_when_signed()
    {
        var body = """{"token":"x","challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P","type":"url_verification"}"""u8.ToArray();

        using var answer = await _adapter.PostAsync(body);
        using var unsigned = await _adapter.PostAsync(body, signature: "v0=00");

        Assert.Equal("3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P", (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["challenge"]);
        await AssertRefusedAsync(unsigned);
    }

    [Theory]
    [InlineData("token=x&ssl_check=1", true)]
    [InlineData("ssl_check=1&token=x", true)]
    [InlineData("ssl_check=1&token=x", false)]
    public async Task A_probe_of_the_certificate_gets_200_and_nothing_else_happens(string body, bool isSigned)
    {
        using var answer = await _adapter.PostAsync(Encoding.UTF8.GetBytes(body), "/slack/commands", Form, signature: isSigned ? null : "v0=00");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("", await answer.Content.ReadAsStringAsync());
        Assert.Empty(_adapter.Product.Heard);
    }

    [Fact]
    public async Task An_unsigned_command_that_calls_itself_a_probe_does_nothing()
    {
        var body = "ssl_check=1&team_id=T000000001&user_id=U00000ANA&channel_id=C0000TEAM&command=%2Fpilot&text=new&trigger_id=1.2.3"u8.ToArray();

        using var answer = await _adapter.PostAsync(body, "/slack/commands", Form, signature: "v0=00");

        Assert.Equal("", await answer.Content.ReadAsStringAsync());
        Assert.Empty(_adapter.Product.Heard);
    }

    [Theory]
    [InlineData("/slack/events")]
    [InlineData("/slack/interactions")]
    [InlineData("/slack/commands")]
    public async Task Each_address_takes_everything(string path)
    {
        _adapter.Slack.App.PointTo(new Uri(_adapter.Address, path));
        var ana = _adapter.Slack.As("U00000ANA");

        var typed = await ana.TypeAsync("#team", "/pilot status");
        var pressed = await ana.ShortcutAsync("answer_checkin");
        var said = await ana.SayAsync(FakeSlack.People.Person.App, "help");

        Assert.All([typed, pressed, said!], delivery => Assert.True(delivery.IsAcknowledged));
        Assert.Equal(["status", "checkin", "help"], _adapter.Product.Heard.Cast<CommandTyped>().Select(command => command.Text));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Other_verbs_are_not_allowed(string verb)
    {
        using var answer = await _adapter.Http.SendAsync(new HttpRequestMessage(new HttpMethod(verb), "/slack/events"));

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_over_a_mebibyte_is_refused_whether_its_length_is_told_or_not(bool isLengthTold)
    {
        var (body, stamp) = (new byte[(1024 * 1024) + 1], _adapter.Clock.GetUtcNow().ToUnixTimeSeconds().ToString());
        using HttpContent content = isLengthTold ? new ByteArrayContent(body) : new StreamContent(new Unsized(body));
        content.Headers.Add("X-Slack-Request-Timestamp", stamp);
        content.Headers.Add("X-Slack-Signature", Signed.By("another", stamp, body));
        using var answer = await _adapter.Http.PostAsync("/slack/events", content);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task What_cannot_be_signed_is_refused_before_it_has_come()
    {
        using var line = new TcpClient();
        await line.ConnectAsync(_adapter.Address.Host, _adapter.Address.Port);
        await using var stream = line.GetStream();
        await stream.WriteAsync("POST /slack/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n{"u8.ToArray());

        using var reader = new StreamReader(stream);

        Assert.Equal("HTTP/1.1 401 Unauthorized", await reader.ReadLineAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("42")]
    [InlineData("{")]
    [InlineData("""{"type":"event_callback","type":"url_verification"}""")]
    [InlineData("""{"type":"event_callback","event":{"user":"U1","user":"U2"}}""")]
    [InlineData("""{"type":"\ud800"}""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("{\"type\":\"event_callback\"} {}")]
    public async Task Signed_JSON_that_is_no_payload_is_a_bad_request(string body)
    {
        using var answer = await _adapter.PostAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(_adapter.Product.Heard);
    }

    [Fact]
    public async Task Signed_JSON_that_is_nested_very_deep_is_a_bad_request()
    {
        using var answer = await _adapter.PostAsync(string.Concat(Enumerable.Repeat("{\"a\":", 100_000)) + "1" + new string('}', 100_000));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("""{"type":"block_actions","team":{"id":"T000000001"},"user":{"id":7},"actions":[{"type":"button"}]}""")]
    [InlineData("""{"type":"block_actions","team":{"id":"T000000001"},"user":{"id":"U00000ANA"},"actions":"x"}""")]
    [InlineData("""{"type":"block_actions","team":{"id":"T000000001"},"user":{"id":"U00000ANA"},"actions":[null]}""")]
    [InlineData("""{"type":"view_submission","team":{"id":"T000000001"},"user":{"id":"U00000ANA"},"view":{"callback_id":"f","private_metadata":"{}"}}""")]
    [InlineData("""{"type":"view_submission","team":{"id":"T000000001"},"user":{"id":"U00000ANA"},"view":{"callback_id":"f","private_metadata":"{\"Key\":\"k\",\"Kind\":99}"}}""")]
    [InlineData("""{"type":"view_closed","team":{"id":"T000000001"},"user":[],"view":{}}""")]
    [InlineData("""{"type":"event_callback","team_id":"T000000001","event_id":"Ev2","event":{"type":"member_joined_channel","user":{},"channel":[]}}""")]
    [InlineData("""{"type":"event_callback","team_id":{},"event_id":"Ev3","event":null}""")]
    [InlineData("""{"type":"event_callback","team_id":"T000000001","event_id":"Ev4","event":{"type":"tokens_revoked","tokens":{"bot":"x"}}}""")]
    [InlineData("""{"type":"something_new","team_id":"T000000001"}""")]
    public async Task A_payload_with_something_missing_or_of_another_kind_is_acknowledged_and_dropped(string body)
    {
        using var answer = await _adapter.PostAsync(body, "/slack/interactions");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(_adapter.Product.Heard);
    }

    [Fact]
    public void Any_bytes_are_a_4xx_or_an_acknowledgement() => Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), Gen.Elements(Json, Form, "text/plain", "application/json; charset=utf-16").ToArbitrary(), (body, type) =>
        IsAnsweredAsync(body, type).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public void Any_bytes_put_into_a_good_payload_are_a_4xx_or_an_acknowledgement() => Prop.ForAll(
        Gen.Choose(0, Home.Length - 1).ToArbitrary(), ArbMap.Default.ArbFor<byte[]>(), (at, more) =>
            IsAnsweredAsync([.. Home[..at], .. more, .. Home[at..]], Json).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private async Task<bool> IsAnsweredAsync(byte[] body, string type)
    {
        using var answer = await _adapter.PostAsync(body, contentType: type);
        return answer.StatusCode is HttpStatusCode.OK or (>= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError);
    }

    private async Task AssertRefusedAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("", await answer.Content.ReadAsStringAsync());
        Assert.Empty(_adapter.Product.Heard);
    }

    /// <summary>A stream that does not tell how long it is: it is sent in chunks.</summary>
    private sealed class Unsized(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;
    }
}

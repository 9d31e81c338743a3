using System.Net;
using System.Text;
using Bot.Chat;
using Bot.Fuzzing;
using FsCheck;
using FsCheck.Fluent;

namespace Bot.Slack.Tests.Inbound;

// Laws of Slack's doors, signed as Slack signs: whatever comes, by any of the three ways, is acknowledged or a 4xx, soon, and what is a 4xx does not reach the product. What
// failed once stands in the corpus.
public sealed class FuzzTests : IAsyncLifetime
{
    private static readonly IReadOnlyList<string> Corpus = Fuzz.Corpus();
    private static readonly Card Shown = new("card", new() { ["type"] = "AdaptiveCard", ["version"] = "1.5", ["body"] = new System.Text.Json.Nodes.JsonArray() }, "A card.");
    private static readonly string[] CommandFields = ["token", "team_id", "team_domain", "channel_id", "channel_name", "user_id", "user_name", "command", "text", "response_url", "trigger_id", "enterprise_id", "type", "ssl_check", "payload", ""];
    private Adapter _adapter = null!;

    public async Task InitializeAsync()
    {
        _adapter = await Adapter.StartAsync();
        var turn = 0;
        _adapter.Product.Answers = inbound => Task.FromResult<Reply>((turn++ % 4) switch
        {
            0 => new Reply.Whisper(Shown),
            1 => new Reply.ReplaceCard(Shown),
            2 => new Reply.OpenForm(new Form(new ActionRef("form", "key"), "A form", Shown)),
            _ => new Reply.Silence(),
        });
    }

    public async Task DisposeAsync()
    {
        var stopped = _adapter.DisposeAsync().AsTask();
        while (!stopped.IsCompleted)
        {
            // What follows an answer waits for Slack's rates.
            _adapter.Clock.Advance(TimeSpan.FromSeconds(1));
            // Not at once again: that would keep a thread from whatever it waits for.
            await Task.WhenAny(stopped, Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None));
        }

        await stopped;
    }

    [Fact]
    public void A_recorded_payload_with_something_else_in_it_is_answered() =>
        Prop.ForAll(Fuzz.Json(Corpus).ToArbitrary(), Gen.Elements("/slack/events", "/slack/interactions").ToArbitrary(), (payload, path) => path == "/slack/events"
            ? IsAnswered(Encoding.UTF8.GetBytes(payload), path, "application/json")
            : IsAnswered(Encoding.UTF8.GetBytes("payload=" + Uri.EscapeDataString(payload)), path, "application/x-www-form-urlencoded")).Check(Fuzz.Config(150));

    [Fact]
    public void Bytes_of_a_recorded_payload_cut_and_turned_are_answered() =>
        Prop.ForAll(Fuzz.Bytes(Corpus).ToArbitrary(), payload => IsAnswered(payload, "/slack/events", "application/json")).Check(Fuzz.Config(100));

    [Fact]
    public void A_command_with_anything_in_its_fields_is_answered() => Prop.ForAll(
        Gen.ListOf(Gen.Zip(Gen.Elements(CommandFields), Fuzz.Text)).ToArbitrary(), ArbMap.Default.ArbFor<bool>(), (fields, whole) =>
        {
            var all = fields.Select(f => (f.Item1, f.Item2));
            if (whole)
            {
                all = new[] { ("team_id", "T000000001"), ("user_id", "U00000ANA"), ("channel_id", "C0000TEAM"), ("command", "/pilot"), ("trigger_id", Guid.NewGuid().ToString()) }.Concat(all);
            }

            return IsAnswered(Encoding.UTF8.GetBytes(string.Join('&', all.Select(f => f.Item1 + "=" + Escaped(f.Item2)))), "/slack/commands", "application/x-www-form-urlencoded");
        }).Check(Fuzz.Config(100));

    [Fact]
    public async Task Every_payload_of_the_corpus_is_answered_as_it_is()
    {
        Assert.NotEmpty(Corpus);
        foreach (var payload in Corpus)
        {
            using var answer = await _adapter.PostAsync(payload);
            Assert.True(answer.StatusCode is HttpStatusCode.OK or (>= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError), payload);
        }

        Assert.NotEmpty(_adapter.Product.Heard);
    }

    [Fact]
    public async Task Any_way_back_from_the_consent_page_installs_nothing_and_is_answered()
    {
        await using var adapter = await Adapter.StartAsync(options => options with { ClientId = "1.2", ClientSecret = "secret" });
        var names = Gen.Elements("state", "code", "error", "error_description", "", "state[]", "x");

        Prop.ForAll(Gen.ListOf(Gen.Zip(names, Fuzz.Text)).ToArbitrary(), fields =>
        {
            var query = string.Join('&', fields.Select(f => f.Item1 + "=" + Escaped(f.Item2)));
            using var answer = adapter.Http.GetAsync("/slack/oauth?" + query[..Math.Min(query.Length, 6000)]).GetAwaiter().GetResult();
            return answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.BadRequest or HttpStatusCode.TooManyRequests;
        }).Check(Fuzz.Config(60));
        Assert.DoesNotContain(adapter.Slack.Calls, call => call.Method == "oauth.v2.access");
    }

    private bool IsAnswered(byte[] body, string path, string type) => IsAnsweredAsync(body, path, type).GetAwaiter().GetResult();

    private async Task<bool> IsAnsweredAsync(byte[] body, string path, string type)
    {
        // Otherwise what follows an answer would wait for the rate at which Slack takes it.
        _adapter.Clock.Advance(TimeSpan.FromSeconds(1));
        var heard = Heard();
        using var answer = await _adapter.PostAsync(body, path, type);
        var isRefused = answer.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError;
        Assert.True(answer.StatusCode == HttpStatusCode.OK || isRefused, $"Answered {answer.StatusCode}.");
        Assert.True(!isRefused || Heard() == heard, $"Answered {answer.StatusCode} to what the product heard.");
        return true;
    }

    /// <summary>But drafts and Home, which come beside and after what brought them.</summary>
    private int Heard() => _adapter.Product.Heard.Count(inbound => inbound is not (FormClosed or HomeOpened));

    /// <summary>Half a character has no bytes of its own.</summary>
    private static string Escaped(string text) => Uri.EscapeDataString(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));
}

using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Bot.Chat;
using FakeTeams.Issuer;
using FakeTeams.Talk;
using Microsoft.EntityFrameworkCore;

namespace Bot.Teams.Tests.Inbound;

// The door: what is read before the token is good (nothing); broken, strange and too long bodies; another channel, tenant, service address; kinds nobody takes;
// a store that fails; the same activity again; the switch for the playground, from here, from a tunnel, by another name, off.
public sealed class DoorTests : IAsyncLifetime
{
    private ListeningBot _bot = null!;

    public async Task InitializeAsync() => _bot = await ListeningBot.StartAsync();

    public async Task DisposeAsync() => await _bot.DisposeAsync();

    [Fact]
    public async Task What_follows_does_not_hold_up_the_next_request_of_the_same_connection()
    {
        _bot.Reply(new Reply.Whisper(_bot.Words("An answer.")));
        var ada = _bot.As(_bot.Person(), _bot.Impatient);
        var isSaid = _bot.Cloud.Connector.Hold();
        await ada.SayAsync("status");
        await isSaid;

        var next = await ada.SayAsync("status");

        Assert.Equal(202, next.Status);
        _bot.Cloud.Connector.GoOn();
        await _bot.SettleAsync();
    }

    [Fact]
    public async Task When_there_is_too_much_to_do_an_activity_is_not_begun()
    {
        var ada = _bot.As(_bot.Person());
        var others = new List<IDisposable>();
        for (var i = 0; i < 32; i++)
        {
            others.Add((await _bot.Admission.EnterAsync())!);
        }

        var first = await ada.SayAsync("status");
        others.ForEach(turn => turn.Dispose());
        var again = await ada.SayAsync("status");

        Assert.Equal((503, 202), (first.Status, again.Status));
        Assert.Single(_bot.Heard);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"type\":\"message\",\"type\":\"invoke\"}")]
    [InlineData("{\"type\":\"message\",\"text\":\"\\ud800\"}")]
    [InlineData("{\"type\":1,\"channelId\":{},\"conversation\":[],\"recipient\":\"x\",\"serviceUrl\":7}")]
    public async Task A_body_that_is_no_activity_is_a_bad_request_and_without_a_good_token_not_even_that(string body)
    {
        var good = await _bot.PostAsync(new StringContent(body));
        var bad = await _bot.PostAsync(new StringContent(body), "Bearer of.bad.news");

        Assert.Equal((400, 401), (good, bad));
    }

    [Fact]
    public async Task Nesting_without_end_is_refused() =>
        Assert.Equal(400, await _bot.PostAsync(new StringContent(string.Concat(Enumerable.Repeat("{\"a\":", 5000)) + "1" + new string('}', 5000))));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_of_more_than_256_kilobytes_is_refused_whether_it_says_its_length_or_not(bool saysIt)
    {
        var body = Encoding.UTF8.GetBytes($$"""{"text":"{{new string('x', 256 * 1024)}}"}""");

        var status = await _bot.PostAsync(saysIt ? new ByteArrayContent(body) : new Unmeasured(body));

        Assert.Equal(413, status);
    }

    [Theory]
    [InlineData("conversation")]
    [InlineData("channelData")]
    [InlineData("both")]
    public async Task Another_tenant_is_refused_and_nothing_of_it_is_kept(string where)
    {
        var eve = _bot.As(_bot.Person("Eve"));
        var hello = Hello(eve);
        Tenant(hello, where is "conversation" or "both" ? "99999999-9999-9999-9999-999999999999" : null, where is "channelData" or "both" ? "99999999-9999-9999-9999-999999999999" : null);

        var answer = await eve.DeliverAsync(hello);

        Assert.Equal(403, answer.Status);
        Assert.Empty(_bot.Heard);
        Assert.Null(await _bot.References.NewestAsync("99999999-9999-9999-9999-999999999999", CancellationToken.None));
    }

    [Fact]
    public async Task An_activity_that_names_two_tenants_is_none()
    {
        var eve = _bot.As(_bot.Person("Eve"));
        var hello = Hello(eve);
        Tenant(hello, _bot.Cloud.Tenant.Id, "99999999-9999-9999-9999-999999999999");

        Assert.Equal(400, (await eve.DeliverAsync(hello)).Status);
    }

    [Theory]
    [InlineData("https://collector.example.org/emea/")]
    [InlineData("https://smba.trafficmanager.net.example.org/")]
    [InlineData("https://smba.trafficmanager.net@example.org/")]
    [InlineData("http://smba.trafficmanager.net/emea/")]
    [InlineData("https://teams.microsoft.com/")]
    public async Task An_address_that_is_not_microsofts_is_refused_even_with_a_token_that_vouches_for_it(string serviceUrl)
    {
        var eve = _bot.As(_bot.Person("Eve"));
        var hello = Hello(eve);
        hello["serviceUrl"] = serviceUrl;

        var answer = await eve.DeliverAsync(hello, new TokenWish(_bot.Cloud.App.AppId, serviceUrl));

        Assert.Equal(403, answer.Status);
        Assert.Empty(_bot.Heard);
    }

    [Fact]
    public async Task Another_channel_than_teams_is_refused()
    {
        var eve = _bot.As(_bot.Person("Eve"));
        var hello = Hello(eve);
        hello["channelId"] = "webchat";

        var answers = (await eve.DeliverAsync(hello), await eve.DeliverAsync(hello, new TokenWish(_bot.Cloud.App.AppId, _bot.Cloud.ServiceUrl) { Key = SigningKey.OtherChannel }));

        Assert.Equal((401, 401), (answers.Item1.Status, answers.Item2.Status));
    }

    [Theory]
    [InlineData("typing", 202)]
    [InlineData("messageReaction", 202)]
    [InlineData("messageUpdate", 202)]
    [InlineData("event", 202)]
    [InlineData("somethingNew", 202)]
    public async Task Kinds_of_activities_that_nobody_takes_are_acknowledged(string type, int status)
    {
        var ada = _bot.As(_bot.Person());

        var answer = await ada.DeliverAsync(ada.Activity(ada.Chat, type));

        Assert.Equal((status, 0), (answer.Status, _bot.Heard.Count));
    }

    [Theory]
    [InlineData("composeExtension/query")]
    [InlineData("signin/verifyState")]
    [InlineData(null)]
    public async Task An_invoke_that_nobody_takes_is_not_implemented(string? name)
    {
        var ada = _bot.As(_bot.Person());
        var invoke = ada.Activity(ada.Chat, "invoke");
        invoke["name"] = name;

        var answer = await ada.DeliverAsync(invoke);

        Assert.Equal((501, null), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task What_could_not_be_stored_is_not_acknowledged_and_is_the_same_delivery_when_it_comes_again()
    {
        var ada = _bot.As(_bot.Person());
        var hello = Hello(ada);
        _bot.Replies = _ => throw new DbUpdateException("The disk is full.");
        var failed = await ada.DeliverAsync(hello);
        _bot.Reply(new Reply.Silence());

        var again = await ada.DeliverAsync(hello);

        Assert.Equal((500, 202), (failed.Status, again.Status));
        Assert.Equal(_bot.Heard[0].Delivery, _bot.Heard[1].Delivery);
    }

    [Fact]
    public async Task An_activity_that_is_replayed_does_nothing_again()
    {
        await using var bot = await ListeningBot.StartWholeAsync();
        var ada = bot.As(bot.Person());
        var (first, second) = (Hello(ada), Hello(ada));
        (first["text"], second["text"]) = ("timezone Asia/Kolkata", "timezone Europe/Lisbon");
        await ada.DeliverAsync(first);
        await ada.DeliverAsync(second);

        await ada.DeliverAsync(first);

        Assert.Equal("Europe/Lisbon", await bot.UseAsync(db => db.People.Select(p => p.TimeZone).SingleAsync()));
    }

    [Fact]
    public async Task The_same_id_in_another_conversation_is_another_delivery()
    {
        var (ada, ben) = (_bot.As(_bot.Person()), _bot.As(_bot.Person("Ben")));
        var (one, other) = (Hello(ada), Hello(ben));
        other["id"] = (string)one["id"]!;

        await ada.DeliverAsync(one);
        await ben.DeliverAsync(other);

        Assert.NotEqual(_bot.Heard[0].Delivery, _bot.Heard[1].Delivery);
    }

    [Theory]
    [InlineData(true, null, null, 202)]
    [InlineData(true, "X-Forwarded-For", "203.0.113.9", 401)]
    [InlineData(true, "Forwarded", "for=203.0.113.9", 401)]
    [InlineData(true, "Host", "pilot.example.org", 401)]
    [InlineData(false, null, null, 401)]
    public async Task Without_a_token_only_this_machine_is_let_in_where_the_switch_is_on(bool isOn, string? header, string? value, int status)
    {
        await using var bot = await ListeningBot.StartAsync(options => options with { AllowUnauthenticatedOnLoopback = isOn });
        var ada = bot.As(bot.Person());

        var answer = await bot.PostAsync(new StringContent(Hello(ada).ToJsonString()), null, header is null ? [] : [(header, value!)]);

        Assert.Equal(status, answer);
    }

    [Fact]
    public async Task With_the_switch_on_a_bad_token_is_still_a_bad_token()
    {
        await using var bot = await ListeningBot.StartAsync(options => options with { AllowUnauthenticatedOnLoopback = true });
        var ada = bot.As(bot.Person());

        Assert.Equal(401, await bot.PostAsync(new StringContent(Hello(ada).ToJsonString()), "Bearer of.bad.news"));
    }

    private static JsonObject Hello(TeamsClient from)
    {
        var hello = from.Activity(from.Chat, "message");
        hello["text"] = "help";
        return hello;
    }

    private static void Tenant(JsonObject activity, string? ofConversation, string? ofChannelData)
    {
        activity["conversation"]!["tenantId"] = ofConversation;
        activity["channelData"]!["tenant"]!["id"] = ofChannelData;
    }

    /// <summary>A body sent in chunks.</summary>
    private sealed class Unmeasured(byte[] bytes) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(bytes).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}

using System.Text.Json.Nodes;
using FakeTeams.Issuer;
using FakeTeams.Talk;

namespace Bot.Teams.Tests.Inbound;

// Whose token is good: valid; another audience, issuer, algorithm, key; too old, too early, within five minutes; no serviceurl, another, a slash more or less, other
// letters; a key that is not endorsed for Teams; no token. One found good once: again, too old by then, its key withdrawn by then. Keys: rolled, rolled within the hour, out of reach and back, grown old and out of reach, withdrawn.
public sealed class TokenTests : IAsyncLifetime
{
    private ListeningBot _bot = null!;

    public async Task InitializeAsync() => _bot = await ListeningBot.StartAsync();

    public async Task DisposeAsync() => await _bot.DisposeAsync();

    [Theory]
    [InlineData("valid", 202)]
    [InlineData("other audience", 401)]
    [InlineData("other issuer", 401)]
    [InlineData("issuer with a slash", 401)]
    [InlineData("alg none", 401)]
    [InlineData("HS256 with the public key", 401)]
    [InlineData("unknown key", 401)]
    [InlineData("ended 4 minutes ago", 202)]
    [InlineData("ended 10 minutes ago", 401)]
    [InlineData("begins in 4 minutes", 202)]
    [InlineData("begins in 10 minutes", 401)]
    [InlineData("other service url", 401)]
    [InlineData("no service url", 401)]
    [InlineData("empty service url", 401)]
    [InlineData("service url without its slash", 202)]
    [InlineData("service url in capitals", 202)]
    [InlineData("key endorsed for another channel", 401)]
    public async Task A_token_is_held_against_the_contract(string @case, int status)
    {
        var ada = _bot.As(_bot.Person());

        var answer = await ada.DeliverAsync(Hello(ada), Wish(@case));

        Assert.Equal((status, null), (answer.Status, answer.Body));
        Assert.Equal(status == 202 ? 1 : 0, _bot.Heard.Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer a.b.c")]
    [InlineData("Bearer ....")]
    [InlineData("Basic YWRhOmFkYQ==")]
    public async Task What_is_no_token_is_refused(string? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/messages") { Content = new StringContent("{}") };
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        var answer = await _bot.Client.SendAsync(request);

        Assert.Equal(401, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_new_key_of_the_issuer_is_fetched_for_the_first_token_it_signed()
    {
        var ada = _bot.As(_bot.Person());
        await ada.DeliverAsync(Hello(ada));
        _bot.Clock.MoveOn(TimeSpan.FromHours(1));
        _bot.Cloud.Issuer.Roll();

        var answer = await ada.DeliverAsync(Hello(ada));

        Assert.Equal(202, answer.Status);
    }

    [Fact]
    public async Task Unknown_keys_make_the_bot_look_at_most_once_an_hour()
    {
        var ada = _bot.As(_bot.Person());
        await ada.DeliverAsync(Hello(ada));
        _bot.Cloud.Issuer.Roll();
        _bot.Clock.MoveOn(TimeSpan.FromMinutes(59));

        var within = await ada.DeliverAsync(Hello(ada));
        _bot.Clock.MoveOn(TimeSpan.FromMinutes(1));
        var after = await ada.DeliverAsync(Hello(ada));

        Assert.Equal((401, 202), (within.Status, after.Status));
    }

    [Fact]
    public async Task While_the_keys_cannot_be_read_the_connector_is_told_to_come_again()
    {
        var ada = _bot.As(_bot.Person());
        _bot.IsOnline = false;
        var down = await ada.DeliverAsync(Hello(ada));
        _bot.IsOnline = true;

        var atOnce = await ada.DeliverAsync(Hello(ada));
        _bot.Clock.MoveOn(TimeSpan.FromSeconds(10));
        var later = await ada.DeliverAsync(Hello(ada));

        Assert.Equal((503, 503, 202), (down.Status, atOnce.Status, later.Status));
    }

    [Fact]
    public async Task Keys_that_grew_old_stay_good_while_newer_ones_cannot_be_read()
    {
        var ada = _bot.As(_bot.Person());
        await ada.DeliverAsync(Hello(ada));
        _bot.Clock.MoveOn(TimeSpan.FromDays(2));
        _bot.IsOnline = false;

        var answer = await ada.DeliverAsync(Hello(ada));

        Assert.Equal(202, answer.Status);
    }

    [Fact]
    public async Task A_key_that_the_issuer_withdrew_is_refused_once_the_keys_are_read_again()
    {
        var ada = _bot.As(_bot.Person());
        await ada.DeliverAsync(Hello(ada));
        _bot.Clock.MoveOn(TimeSpan.FromHours(13));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/messages") { Content = new StringContent(Hello(ada).ToJsonString()) };
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + _bot.Cloud.Issuer.Token(Wish("valid")));
        _bot.Cloud.Issuer.Roll();

        var answer = await _bot.Client.SendAsync(request);

        Assert.Equal(401, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_token_found_good_is_good_again_until_it_ends()
    {
        var token = Token();

        var first = await PostAsync(token);
        var again = await PostAsync(token);
        _bot.Clock.MoveOn(TimeSpan.FromHours(2));
        var ended = await PostAsync(token);

        Assert.Equal((202, 202, 401), (first, again, ended));
    }

    [Fact]
    public async Task A_token_found_good_is_refused_once_its_key_is_withdrawn()
    {
        var token = "Bearer " + _bot.Cloud.Issuer.Token(Wish("valid") with { EndedAgo = TimeSpan.FromHours(-24) });
        var first = await PostAsync(token);
        _bot.Cloud.Issuer.Roll();
        _bot.Clock.MoveOn(TimeSpan.FromHours(13));

        var withdrawn = await PostAsync(token);

        Assert.Equal((202, 401), (first, withdrawn));
    }

    [Fact]
    public async Task A_token_like_one_found_good_is_held_against_the_contract()
    {
        var token = Token();
        await PostAsync(token);

        var other = await PostAsync(token[..^4] + (token.EndsWith("AAAA", StringComparison.Ordinal) ? "BBBB" : "AAAA"));

        Assert.Equal(401, other);
    }

    private string Token() => "Bearer " + _bot.Cloud.Issuer.Token(Wish("valid"));

    private Task<int> PostAsync(string authorization) => _bot.PostAsync(new StringContent(Hello(_bot.As(_bot.Person())).ToJsonString()), authorization);

    private static JsonObject Hello(TeamsClient from)
    {
        var hello = from.Activity(from.Chat, "message");
        hello["text"] = "help";
        return hello;
    }

    private TokenWish Wish(string @case)
    {
        var valid = new TokenWish(_bot.Cloud.App.AppId, _bot.Cloud.ServiceUrl);
        return @case switch
        {
            "valid" => valid,
            "other audience" => valid with { Audience = "00000000-0000-0000-0000-000000000001" },
            "other issuer" => valid with { Issuer = $"https://sts.windows.net/{_bot.Cloud.App.TenantId}/" },
            "issuer with a slash" => valid with { Issuer = ConnectorIssuer.Name + "/" },
            "alg none" => valid with { Algorithm = "none" },
            "HS256 with the public key" => valid with { Algorithm = "HS256" },
            "unknown key" => valid with { Key = SigningKey.Unpublished },
            "ended 4 minutes ago" => valid with { EndedAgo = TimeSpan.FromMinutes(4), BeginsIn = TimeSpan.FromHours(-2) },
            "ended 10 minutes ago" => valid with { EndedAgo = TimeSpan.FromMinutes(10), BeginsIn = TimeSpan.FromHours(-2) },
            "begins in 4 minutes" => valid with { BeginsIn = TimeSpan.FromMinutes(4) },
            "begins in 10 minutes" => valid with { BeginsIn = TimeSpan.FromMinutes(10) },
            "other service url" => valid with { ServiceUrl = "https://smba.trafficmanager.net/amer/" },
            "no service url" => valid with { ServiceUrl = null },
            "empty service url" => valid with { ServiceUrl = "" },
            "service url without its slash" => valid with { ServiceUrl = _bot.Cloud.ServiceUrl.TrimEnd('/') },
            "service url in capitals" => valid with { ServiceUrl = _bot.Cloud.ServiceUrl.ToUpperInvariant() },
            "key endorsed for another channel" => valid with { Key = SigningKey.OtherChannel },
            _ => throw new ArgumentException(@case),
        };
    }
}

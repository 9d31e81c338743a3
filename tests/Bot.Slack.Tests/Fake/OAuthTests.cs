using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using FakeSlack.OAuth;
using FakeSlack.World;
using Microsoft.AspNetCore.WebUtilities;

namespace Bot.Slack.Tests.Fake;

// Consent: given, refused, an address that was not registered, an unknown client
// a code: ten minutes, once, with the address of the first step and the right secret by Basic; again in the same place: the same token, more scopes; org-wide
public sealed class OAuthTests
{
    private const string Redirect = "https://bot.example/slack/oauth";

    [Fact]
    public async Task A_code_is_exchanged_once_within_ten_minutes_with_its_own_address()
    {
        await using var call = await StartAsync();
        call.Slack.Consent = new Consent("U1", call.Slack.Workspace);
        var (code, second) = ((await ConsentAsync(call))["code"], (await ConsentAsync(call))["code"]);

        var otherAddress = await ExchangeAsync(call, code, "https://bot.example/other");
        var wrongSecret = await ExchangeAsync(call, code, Redirect, "wrong");
        var exchanged = await ExchangeAsync(call, code, Redirect);
        var again = await ExchangeAsync(call, code, Redirect);
        call.Clock.Now += TimeSpan.FromMinutes(11);
        var late = await ExchangeAsync(call, second, Redirect);

        Assert.Equal(
            ["bad_redirect_uri", "bad_client_secret", null, "code_already_used", "invalid_code"],
            new[] { otherAddress, wrongSecret, exchanged, again, late }.Select(answer => (string?)answer["error"]));
        Assert.Equal((call.Installed.Token, "U1", "T000000001"), ((string?)exchanged["access_token"], (string?)exchanged["authed_user"]!["id"], (string?)exchanged["team"]!["id"]));
        Assert.Contains("files:write", (string?)exchanged["scope"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_organisations_installation_names_no_team()
    {
        await using var call = await StartAsync();
        call.Slack.Consent = new Consent("W1", call.Slack.Workspace, new Enterprise("E1", "acme"));

        var exchanged = await ExchangeAsync(call, (await ConsentAsync(call))["code"], Redirect);

        Assert.Null(exchanged["team"]);
        Assert.Equal((true, "E1"), ((bool)exchanged["is_enterprise_install"]!, (string?)exchanged["enterprise"]!["id"]));
    }

    [Fact]
    public async Task A_refusal_comes_back_with_the_state()
    {
        await using var call = await StartAsync();
        call.Slack.Consent = new Consent("U1", call.Slack.Workspace) { IsGiven = false };

        var answer = await ConsentAsync(call);

        Assert.Equal(("access_denied", "s1"), (answer["error"], answer["state"]));
    }

    [Theory]
    [InlineData("client_id=1.2&scope=commands&redirect_uri=https://bot.example/slack/oauth")]
    [InlineData("client_id=111111111111.222222222222&scope=commands&redirect_uri=https://elsewhere.example/")]
    [InlineData("client_id=111111111111.222222222222&scope=commands&redirect_uri=https://bot.example/slack/oauthx")]
    [InlineData("client_id=111111111111.222222222222&redirect_uri=https://bot.example/slack/oauth")]
    public async Task A_consent_page_that_is_asked_for_wrongly_leads_nowhere(string query)
    {
        await using var call = await StartAsync();
        call.Slack.Consent = new Consent("U1", call.Slack.Workspace);

        using var answer = await call.RawAsync(HttpMethod.Get, new Uri(call.Slack.ApiUrl, "/oauth/v2/authorize?" + query));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static async Task<Caller> StartAsync()
    {
        var call = await Caller.StartAsync();
        call.Slack.App.RedirectUrls.Add(new Uri(Redirect));
        return call;
    }

    private static async Task<Dictionary<string, string>> ConsentAsync(Caller call)
    {
        var page = new Uri(call.Slack.ApiUrl, $"/oauth/v2/authorize?client_id={call.Slack.App.ClientId}&scope=commands,files:write&state=s1&redirect_uri={Uri.EscapeDataString(Redirect)}");
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var answer = await http.GetAsync(page);
        return QueryHelpers.ParseQuery(answer.Headers.Location!.Query).ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
    }

    private static async Task<JsonObject> ExchangeAsync(Caller call, string code, string redirect, string? secret = null)
    {
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{call.Slack.App.ClientId}:{secret ?? call.Slack.App.ClientSecret}"));
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["code"] = code, ["redirect_uri"] = redirect });
        using var answer = await call.RawAsync(HttpMethod.Post, new Uri(call.Slack.ApiUrl, "oauth.v2.access"), form, new AuthenticationHeaderValue("Basic", credentials));
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
    }
}

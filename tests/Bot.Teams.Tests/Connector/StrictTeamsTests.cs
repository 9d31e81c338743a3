using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FakeTeams;
using FakeTeams.Talk;

namespace Bot.Teams.Tests.Connector;

// The Teams that the other tests speak to refuses what the documentation says is refused: tokens, addresses, bodies, split messages, mentions, sizes,
// parallel edits, rates, group chats, members by the wrong id.
public sealed class StrictTeamsTests : IAsyncLifetime, IDisposable
{
    private readonly PassingClock _clock = new();
    private TeamsCloud _teams = null!;
    private HttpClient _http = null!;
    private TeamsUser _ada = null!;
    private TeamsConversation _group = null!;

    private string Group => $"v3/conversations/{Uri.EscapeDataString(_group.Id)}";

    public async Task InitializeAsync()
    {
        _teams = await TeamsCloud.StartAsync(TeamsApp.Example, _clock);
        _ada = _teams.Tenant.AddUser("Ada Byron");
        _group = _teams.Tenant.AddGroupChat("Pilots", _ada);
        _group.HasBot = true;
        _http = new HttpClient(_teams.Internet()) { BaseAddress = new Uri(_teams.ServiceUrl) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync());
    }

    public Task DisposeAsync() => _teams.DisposeAsync().AsTask();

    public void Dispose() => _http.Dispose();

    [Theory]
    [InlineData("grant_type", "password", 400)]
    [InlineData("client_id", "another", 400)]
    [InlineData("scope", "https://graph.microsoft.com/.default", 400)]
    [InlineData("client_secret", "another", 401)]
    public async Task The_login_gives_a_token_to_the_app_alone(string field, string value, int status)
    {
        var form = Form();
        form[field] = value;

        var answer = await _http.PostAsync(new Uri($"https://login.microsoftonline.com/{TeamsApp.Example.TenantId}/oauth2/v2.0/token"), new FormUrlEncodedContent(form));

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_token_ends_after_an_hour()
    {
        _clock.MoveOn(TimeSpan.FromHours(1));

        Assert.Equal((401, "Unauthorized"), await PostAsync($"{Group}/activities", Text("hello")));
    }

    [Fact]
    public async Task An_address_whose_parts_are_not_encoded_is_refused() =>
        Assert.Equal((400, "BadSyntax"), await PostAsync($"v3/conversations/{_group.Id}/activities", Text("hello")));

    [Fact]
    public async Task What_no_activity_has_is_refused() =>
        Assert.Equal((400, "BadSyntax"), await PostAsync($"{Group}/activities", With(Text("hello"), "blocks", new JsonArray())));

    [Fact]
    public async Task A_text_and_a_card_become_two_messages_without_an_id()
    {
        var activity = With(Text("hello"), "attachments", Card());

        Assert.Equal((202, null), await PostAsync($"{Group}/activities", activity));
        Assert.Equal(2, _group.Messages.Count);
    }

    [Fact]
    public async Task A_mention_says_exactly_what_the_text_says()
    {
        var mention = new JsonObject { ["type"] = "mention", ["text"] = "<at>Ada Byron</at>", ["mentioned"] = new JsonObject { ["id"] = _ada.Id, ["name"] = "Ada Byron" } };

        Assert.Equal((201, null), await PostAsync($"{Group}/activities", With(Text("<at>Ada Byron</at>, look"), "entities", new JsonArray(mention.DeepClone()))));
        Assert.Equal((400, "BadArgument"), await PostAsync($"{Group}/activities", With(Text("<at>Ada</at>, look"), "entities", new JsonArray(mention))));
    }

    [Fact]
    public async Task What_is_too_large_is_refused_and_a_picture_is_not_too_large()
    {
        Assert.Equal((413, "MessageSizeTooBig"), await PostAsync($"{Group}/activities", Text(new string('x', 52_000))));
        Assert.Equal((201, null), await PostAsync($"{Group}/activities", Text("data:image/png;base64," + new string('A', 52_000))));
    }

    [Fact]
    public async Task Of_two_edits_at_once_in_a_conversation_the_second_one_fails()
    {
        await PostAsync($"{Group}/activities", Text("first"));
        var held = _teams.Connector.Hold();

        var first = SendAsync(HttpMethod.Put, $"{Group}/activities/{_group.Last.Id}", Text("one"));
        await held;
        var second = await SendAsync(HttpMethod.Put, $"{Group}/activities/{_group.Last.Id}", Text("other"));
        _teams.Connector.GoOn();

        Assert.Equal((412, "PreconditionFailed"), second);
        Assert.Equal((200, null), await first);
    }

    [Fact]
    public async Task The_eighth_message_in_a_second_is_too_many_and_the_answer_says_how_long_to_wait()
    {
        for (var n = 0; n < 7; n++)
        {
            Assert.Equal((201, null), await PostAsync($"{Group}/activities", Text("hello")));
        }

        using var answer = await _http.PostAsJsonAsync($"{Group}/activities", Text("hello"));

        Assert.Equal((429, TimeSpan.FromSeconds(1)), ((int)answer.StatusCode, answer.Headers.RetryAfter?.Delta));
    }

    [Fact]
    public async Task Fifty_one_requests_in_a_second_are_too_many_for_a_tenant()
    {
        var statuses = new List<int>();
        for (var n = 0; n < 51; n++)
        {
            statuses.Add((await SendAsync(HttpMethod.Get, $"v3/conversations/{n}/pagedmembers", null)).Status);
        }

        Assert.Equal([.. Enumerable.Repeat(404, 50), 429], statuses);
    }

    [Fact]
    public async Task A_chat_is_opened_by_the_bots_id_of_one_person_and_is_the_same_every_time()
    {
        var chat = new JsonObject { ["isGroup"] = false, ["members"] = new JsonArray(new JsonObject { ["id"] = _ada.Id }), ["tenantId"] = _teams.Tenant.Id };
        var byAccount = (JsonObject)chat.DeepClone();
        byAccount["members"]![0]!["id"] = _ada.AadObjectId;
        var two = (JsonObject)chat.DeepClone();
        ((JsonArray)two["members"]!).Add(new JsonObject { ["id"] = _ada.Id });
        var withoutTenant = (JsonObject)chat.DeepClone();
        withoutTenant.Remove("tenantId");

        Assert.Equal([(201, null), (201, null)], [await PostAsync("v3/conversations", chat), await PostAsync("v3/conversations", chat)]);
        Assert.Equal([(400, "BadSyntax"), (400, "BadSyntax"), (400, "BadSyntax")], [await PostAsync("v3/conversations", byAccount), await PostAsync("v3/conversations", two), await PostAsync("v3/conversations", withoutTenant)]);
        Assert.Single(_teams.Tenant.Conversations, c => c.Type == ConversationType.Personal);
    }

    [Fact]
    public async Task A_group_chat_is_never_created() => Assert.Equal(
        (400, "BadSyntax"),
        await PostAsync("v3/conversations", new JsonObject { ["isGroup"] = true, ["members"] = new JsonArray(new JsonObject { ["id"] = _ada.Id }), ["tenantId"] = _teams.Tenant.Id }));

    [Theory]
    [InlineData(null, 120)]
    [InlineData("10", 50)]
    [InlineData("60", 60)]
    [InlineData("1000", 120)]
    public async Task A_page_of_a_teams_roster_has_fifty_to_five_hundred(string? pageSize, int expected)
    {
        var channel = _teams.Tenant.AddChannel("Pilots", "General", Enumerable.Range(1, 120).Select(n => _teams.Tenant.AddUser($"Person {n}")));
        channel.HasBot = true;

        var page = await _http.GetFromJsonAsync<JsonObject>($"v3/conversations/{Uri.EscapeDataString(channel.Id)}/pagedmembers{(pageSize is null ? "" : $"?pageSize={pageSize}")}");

        Assert.Equal((expected, expected < 120), (((JsonArray)page!["members"]!).Count, page["continuationToken"] is not null));
    }

    private static JsonObject Text(string text) => new() { ["type"] = "message", ["text"] = text };

    private static JsonArray Card() => new(new JsonObject
    {
        ["contentType"] = "application/vnd.microsoft.card.adaptive", ["content"] = new JsonObject { ["type"] = "AdaptiveCard", ["version"] = "1.5", ["body"] = new JsonArray() },
    });

    private static JsonObject With(JsonObject activity, string key, JsonNode value)
    {
        activity[key] = value;
        return activity;
    }

    private static Dictionary<string, string> Form() => new()
    {
        ["grant_type"] = "client_credentials", ["client_id"] = TeamsApp.Example.AppId, ["client_secret"] = TeamsApp.Example.Secret, ["scope"] = "https://api.botframework.com/.default",
    };

    private async Task<string> TokenAsync()
    {
        using var answer = await _http.PostAsync(new Uri($"https://login.microsoftonline.com/{TeamsApp.Example.TenantId}/oauth2/v2.0/token"), new FormUrlEncodedContent(Form()));
        return (string)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["access_token"]!;
    }

    private Task<(int Status, string? Code)> PostAsync(string address, JsonObject body) => SendAsync(HttpMethod.Post, address, body);

    private async Task<(int Status, string? Code)> SendAsync(HttpMethod method, string address, JsonObject? body)
    {
        using var request = new HttpRequestMessage(method, address) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, text.Length == 0 ? null : (string?)JsonNode.Parse(text)?["error"]?["code"]);
    }
}

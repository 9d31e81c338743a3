using System.Net;
using System.Net.Http.Json;

namespace Bot.Host.Tests;

// The door of Teams in the whole host: not there when Teams is not set, shut without a token, and with the playground's switch an activity is taken from this machine.
public sealed class TeamsDoorTests
{
    private const string Tenant = "22222222-2222-2222-2222-222222222222";

    [Fact]
    public async Task Without_teams_there_is_no_door_and_with_it_it_is_shut_to_whoever_has_no_token()
    {
        using var store = new StoreFile();
        await using var without = await HostProcess.StartAsync(store.Path);
        var none = await SayAsync(without);
        await without.StopAsync();
        await using var with = await HostProcess.StartAsync(store.Path, Teams());

        var shut = await SayAsync(with);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Unauthorized), (none, shut));
    }

    [Fact]
    public async Task With_the_switch_for_the_agents_playground_an_activity_of_this_machine_is_taken()
    {
        using var store = new StoreFile();
        await using var host = await HostProcess.StartAsync(store.Path, Teams(("Teams__AllowUnauthenticatedOnLoopback", "true")));

        Assert.Equal(HttpStatusCode.Accepted, await SayAsync(host));
    }

    private static Dictionary<string, string> Teams(params IEnumerable<(string Key, string Value)> more) => new(more.Select(m => KeyValuePair.Create(m.Key, m.Value)))
    {
        ["Teams__AppId"] = "11111111-1111-1111-1111-111111111111",
        ["Teams__TenantId"] = Tenant,
        ["Teams__ClientSecret"] = "secret",
        // Nobody listens there: nothing of a test leaves this machine.
        ["Teams__LoginUrl"] = "https://127.0.0.1:9/",
        ["Teams__OpenIdMetadataUrl"] = "http://127.0.0.1:9/keys",
    };

    private static async Task<HttpStatusCode> SayAsync(HostProcess host)
    {
        using var http = new HttpClient { BaseAddress = host.Address };
        var answer = await http.PostAsJsonAsync("/api/messages", new
        {
            type = "message", id = "1", text = "timezone Europe/Lisbon", channelId = "msteams", serviceUrl = "https://smba.trafficmanager.net/emea/",
            from = new { id = "29:ada", name = "Ada" }, recipient = new { id = "28:bot" }, conversation = new { id = "a:1", conversationType = "personal", tenantId = Tenant },
        });
        return answer.StatusCode;
    }
}

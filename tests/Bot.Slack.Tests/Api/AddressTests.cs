using System.Text.Json.Nodes;
using Bot.Slack.Api;

namespace Bot.Slack.Tests.Api;

// Addresses that payloads and answers name: Slack's own, over TLS, and nothing that only looks like it.
public sealed class AddressTests
{
    private static readonly Uri Real = new(SlackOptions.RealApi);

    [Theory]
    [InlineData("https://hooks.slack.com/commands/T1/2/3")]
    [InlineData("https://hooks.slack.com/actions/T1/2/3")]
    [InlineData("https://HOOKS.slack.com:443/app/T1/2/3")]
    public void Slacks_answer_addresses_are_answered_to(string address) => Assert.True(SlackAddresses.IsResponseUrl(new Uri(address), Real));

    [Theory]
    [InlineData("http://hooks.slack.com/commands/T1/2/3")]
    [InlineData("https://hooks.slack.com:8443/commands/T1/2/3")]
    [InlineData("https://hooks.slack.com@evil.test/commands")]
    [InlineData("https://evil.test@hooks.slack.com/commands")]
    [InlineData("https://a:b@hooks.slack.com/commands")]
    [InlineData("https://hooks.slack.com.evil.test/commands")]
    [InlineData("https://evil-hooks.slack.com/commands")]
    [InlineData("https://evil.hooks.slack.com/commands")]
    [InlineData("https://slack.com/commands")]
    [InlineData("https://hooks.slack.com./commands")]
    [InlineData("https://hooks.slаck.com/commands")]
    [InlineData("https://hooks.slack.com。evil.test/commands")]
    [InlineData("https://hooks.slack.com%2eevil.test/commands")]
    [InlineData("https://hooks.slack.com%00.evil.test/commands")]
    [InlineData("https://hooks.slack.com\\@evil.test/commands")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://[::1]/commands")]
    [InlineData("https:hooks.slack.com/commands")]
    [InlineData("file:///etc/passwd")]
    [InlineData("//hooks.slack.com/commands")]
    [InlineData("/commands/T1")]
    public void Everything_else_is_not(string address) => Assert.False(
        Uri.TryCreate(address, UriKind.RelativeOrAbsolute, out var parsed) && SlackAddresses.IsResponseUrl(parsed, Real) && !IsThatHost(parsed));

    [Theory]
    [InlineData("wss://wss-primary.slack.com/link/?ticket=x&app_id=y", true)]
    [InlineData("wss://wss-backup.slack.com/link/?ticket=x", true)]
    [InlineData("ws://wss-primary.slack.com/link/", false)]
    [InlineData("wss://wss-primary.slack.com:444/link/", false)]
    [InlineData("wss://wss-primary.slack.com@evil.test/link/", false)]
    [InlineData("wss://a@wss-primary.slack.com/link/", false)]
    [InlineData("wss://slack.com.evil.test/link/", false)]
    [InlineData("wss://evilslack.com/link/", false)]
    [InlineData("https://wss-primary.slack.com/link/", false)]
    public void A_socket_is_opened_to_Slack_only(string address, bool isSlacks) => Assert.Equal(isSlacks, SlackAddresses.IsSocket(new Uri(address), Real));

    [Fact]
    public void Where_another_Slack_is_configured_its_host_is_the_only_one()
    {
        var fake = new Uri("http://127.0.0.1:4003/api/");

        Assert.True(SlackAddresses.IsResponseUrl(new Uri("http://127.0.0.1:4003/hooks/x"), fake));
        Assert.False(SlackAddresses.IsResponseUrl(new Uri("http://127.0.0.1:4004/hooks/x"), fake));
        Assert.False(SlackAddresses.IsResponseUrl(new Uri("https://hooks.slack.com/x"), fake));
        Assert.True(SlackAddresses.IsSocket(new Uri("ws://127.0.0.1:4003/link/"), fake));
        Assert.False(SlackAddresses.IsSocket(new Uri("wss://wss-primary.slack.com/link/"), fake));
    }

    [Fact]
    public async Task A_payload_that_names_another_address_gets_its_answer_by_Slacks_own_way_and_nothing_is_sent_there()
    {
        await using var adapter = await Adapter.StartAsync();
        await using var elsewhere = await FakeSlack.SlackServer.StartAsync(adapter.Clock);
        await adapter.Slack.InviteAppAsync(adapter.Slack.Workspace.FindChannel("#team")!, "U00000ANA");
        adapter.Product.Answers = _ => Task.FromResult<Bot.Chat.Reply>(Replies.Whisper("All is well."));
        var body = new JsonObject
        {
            ["type"] = "block_actions", ["team"] = new JsonObject { ["id"] = "T000000001" }, ["user"] = new JsonObject { ["id"] = "U00000ANA" },
            ["container"] = new JsonObject { ["type"] = "message", ["message_ts"] = "1.1", ["channel_id"] = "C0000TEAM" }, ["trigger_id"] = "1",
            ["channel"] = new JsonObject { ["id"] = "C0000TEAM", ["name"] = "team" }, ["response_url"] = new Uri(elsewhere.ApiUrl, "/hooks/x").AbsoluteUri,
            ["actions"] = new JsonArray(new JsonObject { ["type"] = "button", ["action_id"] = "press~1", ["value"] = "k1", ["action_ts"] = "1.2" }),
        };

        using var answer = await adapter.PostAsync(body.ToJsonString());

        await adapter.Slack.As("U00000ANA").SeesAsync("#team", "All is well.");
        Assert.Empty(elsewhere.Complaints);
    }

    /// <summary>An address that a parser of another opinion reads as Slack's own is Slack's own.</summary>
    private static bool IsThatHost(Uri address) => address.IdnHost == "hooks.slack.com" && address.Scheme == "https" && address.UserInfo.Length == 0;
}

using FakeSlack.World;

namespace Bot.Slack.Tests.Fake;

// Pages with cursors, a bad cursor and a bad limit; what a conversation is, by its kind; direct chats and groups
// org-wide tokens: team_id where it is needed, workspaces that were not granted, channels of another organisation
public sealed class ListTests
{
    [Fact]
    public async Task Members_come_in_pages_and_a_cursor_is_of_its_list()
    {
        await using var call = await Caller.StartAsync();

        var first = await call.GetAsync("conversations.members?channel=C1&limit=2");
        var cursor = (string)first["response_metadata"]!["next_cursor"]!;
        var second = await call.GetAsync($"conversations.members?channel=C1&limit=2&cursor={Uri.EscapeDataString(cursor)}");
        var broken = await call.GetAsync("conversations.members?channel=C1&cursor=xyz");
        var elsewhere = await call.GetAsync($"conversations.list?cursor={Uri.EscapeDataString(cursor)}");
        var tooMany = await call.GetAsync("conversations.members?channel=C1&limit=1001");

        Assert.Equal(["U1", "U2"], first["members"]!.AsArray().Select(member => (string?)member));
        Assert.Equal([call.Installed.BotUserId], second["members"]!.AsArray().Select(member => (string?)member));
        Assert.Equal("", (string?)second["response_metadata"]!["next_cursor"]);
        Assert.Equal(("invalid_cursor", "invalid_cursor", "invalid_limit"), ((string?)broken["error"], (string?)elsewhere["error"], (string?)tooMany["error"]));
    }

    [Fact]
    public async Task A_list_shows_the_kinds_it_was_asked_for_and_private_ones_only_from_within()
    {
        await using var call = await Caller.StartAsync();
        call.Slack.Workspace.AddChannel("C2", "inner", ["U1", call.Installed.BotUserId], ChannelKind.Private);
        call.Slack.Workspace.AddChannel("C3", "secret", ["U1"], ChannelKind.Private);
        call.Slack.Workspace.AddChannel("C4", "open", ["U1"]);

        var all = await call.GetAsync("conversations.list?types=public_channel,private_channel");
        var mine = await call.GetAsync("users.conversations?types=public_channel,private_channel");
        var unscoped = await call.GetAsync("conversations.list?types=mpim");
        var unknown = await call.GetAsync("conversations.list?types=forum");

        Assert.Equal(["C1", "C2", "C4"], all["channels"]!.AsArray().Select(channel => (string?)channel!["id"]));
        Assert.Equal(["C1", "C2"], mine["channels"]!.AsArray().Select(channel => (string?)channel!["id"]));
        Assert.Equal(("missing_scope", "invalid_types"), ((string?)unscoped["error"], (string?)unknown["error"]));
    }

    [Fact]
    public async Task A_direct_chat_is_opened_once_and_a_group_needs_its_scope()
    {
        await using var call = await Caller.StartAsync();
        call.Slack.Workspace.AddMember("U3", "cyd").IsDeactivated = true;

        var prevented = await call.ErrorAsync("conversations.open", """{"users":"U1","prevent_creation":true}""");
        var opened = await call.JsonAsync("conversations.open", """{"users":"U1"}""");
        var again = await call.JsonAsync("conversations.open", """{"users":"U1","return_im":true}""");
        var group = await call.ErrorAsync("conversations.open", """{"users":"U1,U2"}""");
        var left = await call.ErrorAsync("conversations.open", """{"users":"U3"}""");
        var nobody = await call.ErrorAsync("conversations.open", """{"users":"U9"}""");

        Assert.Equal((string?)opened["channel"]!["id"], (string?)again["channel"]!["id"]);
        Assert.Equal("U1", (string?)again["channel"]!["user"]);
        Assert.Equal(["channel_not_found", "missing_scope", "user_disabled", "user_not_found"], new List<string?> { prevented, group, left, nobody });
    }

    [Fact]
    public async Task An_org_wide_token_names_its_workspace_and_sees_only_those_granted()
    {
        await using var call = await Caller.StartAsync();
        var organisation = new Enterprise("E1", "acme");
        var (granted, other) = (call.Slack.AddWorkspace("T2", "granted", organisation), call.Slack.AddWorkspace("T3", "other", organisation));
        granted.AddChannel("C20", "here", []);
        other.AddChannel("C30", "there", []);
        var installed = call.Slack.InstallOrgWide(organisation, granted);
        call.Token = installed.Token;

        var unnamed = await call.GetAsync("conversations.list");
        var named = await call.GetAsync("conversations.list?team_id=T2");
        var notGranted = await call.GetAsync("conversations.list?team_id=T3");
        var channel = await call.GetAsync("conversations.info?channel=C30");
        var foreign = await call.GetAsync("conversations.info?channel=C1");
        var who = await call.JsonAsync("auth.test", "{}");

        Assert.Equal("missing_argument", (string?)unnamed["error"]);
        Assert.Equal("C20", (string?)Assert.Single(named["channels"]!.AsArray())!["id"]);
        Assert.Equal(("team_access_not_granted", "team_access_not_granted", "channel_not_found"), ((string?)notGranted["error"], (string?)channel["error"], (string?)foreign["error"]));
        Assert.Equal((true, "E1"), ((bool)who["is_enterprise_install"]!, (string?)who["enterprise_id"]));
    }
}

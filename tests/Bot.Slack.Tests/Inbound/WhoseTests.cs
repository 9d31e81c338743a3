using System.Text.Json.Nodes;
using Bot.Slack.Inbound;

namespace Bot.Slack.Tests.Inbound;

// Whose installation a payload is for: one workspace; an organisation's; a channel shared with another company, whose workspace and organisation stand in
// the payload too and must never be answered by ("Events API": authorizations; bolt-js issues 935 and 1614, java-slack-sdk issue 1041).
public sealed class WhoseTests
{
    [Theory]
    [InlineData("a command", """{"team_id":"T1","enterprise_id":"E1","is_enterprise_install":"false","command":"/pilot"}""", "T1", null)]
    [InlineData("an organisation's command", """{"team_id":"T1","enterprise_id":"E1","is_enterprise_install":"true","command":"/pilot"}""", "T1", "E1")]
    [InlineData("a button", """{"type":"block_actions","team":{"id":"T1"},"user":{"id":"U1","team_id":"T1"},"enterprise":null}""", "T1", null)]
    [InlineData("a button pressed by another company", """{"type":"block_actions","team":{"id":"T1"},"user":{"id":"U9","team_id":"T9"},"enterprise":null}""", "T1", null)]
    [InlineData("an organisation's button", """{"type":"block_actions","team":null,"user":{"id":"W1","team_id":"T1"},"enterprise":{"id":"E1"},"is_enterprise_install":true}""", "T1", "E1")]
    [InlineData("a form", """{"type":"view_submission","team":{"id":"T1"},"user":{"id":"U1","team_id":"T1"},"view":{"app_installed_team_id":"T1"}}""", "T1", null)]
    [InlineData(
        "a form sent by another company", """
        {"type":"view_submission","team":{"id":"T9"},"user":{"id":"U9","team_id":"T9"},"enterprise":{"id":"E9"},"is_enterprise_install":true,"view":{"app_installed_team_id":"T1"}}
        """, "T1", null)]
    [InlineData(
        "an organisation's form", """
        {"type":"view_submission","team":null,"user":{"id":"W1","team_id":"T1"},"enterprise":{"id":"E1"},"is_enterprise_install":true,"view":{"app_installed_team_id":"T1"}}
        """, "T1", "E1")]
    [InlineData(
        "an organisation's form whose view names the organisation", """
        {"type":"view_submission","team":null,"user":{"id":"W1","team_id":"T1"},"enterprise":{"id":"E1"},"is_enterprise_install":true,"view":{"app_installed_team_id":"E1","team_id":"E1"}}
        """, "T1", "E1")]
    [InlineData(
        "an event", """{"type":"event_callback","team_id":"T1","authorizations":[{"enterprise_id":null,"team_id":"T1","is_enterprise_install":false}]}""", "T1", null)]
    [InlineData(
        "an event in another company's organisation", """
        {"type":"event_callback","team_id":"T9","enterprise_id":"E9","authorizations":[{"enterprise_id":null,"team_id":"T1","is_enterprise_install":false}]}
        """, "T1", null)]
    [InlineData(
        "an organisation's event", """{"type":"event_callback","team_id":"T1","authorizations":[{"enterprise_id":"E1","team_id":null,"is_enterprise_install":true}]}""", "T1", "E1")]
    [InlineData("an event of before authorizations", """{"type":"event_callback","team_id":"T1","enterprise_id":"E1"}""", "T1", null)]
    public void Is_named_by_what_says_where_the_app_is_installed(string _, string payload, string team, string? organisation) =>
        Assert.Equal(new Whose(team, organisation), Whose.Of(JsonNode.Parse(payload)!.AsObject()));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"type":"event_callback","authorizations":[]}""")]
    [InlineData("""{"type":"block_actions","team":null,"user":{"id":"U1"}}""")]
    public void Is_nobodys_where_no_workspace_is_named(string payload) => Assert.Null(Whose.Of(JsonNode.Parse(payload)!.AsObject()));
}

using System.Text.Json.Nodes;
using Bot.Slack.Install;

namespace Bot.Slack.Tests.Manifests;

// The app's manifests: the same app over Socket Mode and HTTP; the limits of "App manifest reference"; the scopes, events, command and shortcut the code relies on;
// and Slack's own type of a manifest.
public sealed class ManifestTests
{
    public static TheoryData<string> Both => [ManifestFiles.OverSockets, ManifestFiles.OverHttp];

    [Theory, MemberData(nameof(Both))]
    public void What_it_asks_for_is_what_the_install_page_explains(string file)
    {
        var manifest = ManifestFiles.Read(file);

        Assert.Equal(Scope.All.Select(scope => scope.Name), Texts(manifest["oauth_config"]!["scopes"]!["bot"]));
        Assert.Equal(Scope.All.Where(scope => scope.IsOptional).Select(scope => scope.Name), Texts(manifest["oauth_config"]!["scopes"]!["bot_optional"]));
        Assert.Equal(["bot", "bot_optional"], manifest["oauth_config"]!["scopes"]!.AsObject().Select(kind => kind.Key));
    }

    /// <summary>The scope of each event as its reference page names it; users.info, chat.postMessage and the command need theirs. What is optional nothing needs.</summary>
    [Theory, MemberData(nameof(Both))]
    public void Every_scope_is_needed_and_every_event_has_its_scope(string file)
    {
        var manifest = ManifestFiles.Read(file);

        var needed = Texts(manifest["settings"]!["event_subscriptions"]!["bot_events"]).Select(name => name switch
        {
            "app_home_opened" or "app_uninstalled" or "tokens_revoked" or "team_access_granted" or "team_access_revoked" => null,
            "app_mention" => "app_mentions:read",
            "message.im" => "im:history",
            _ when name.StartsWith("group_", StringComparison.Ordinal) => "groups:read",
            _ => "channels:read",
        }).OfType<string>();

        Assert.Equal(needed.Concat(["users:read", "chat:write", "commands"]).Distinct().Order(StringComparer.Ordinal), 
            Texts(manifest["oauth_config"]!["scopes"]!["bot"]).Except(Texts(manifest["oauth_config"]!["scopes"]!["bot_optional"])).Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Both))]
    public void The_command_and_the_shortcut_are_those_that_are_handled(string file)
    {
        var features = ManifestFiles.Read(file)["features"]!;

        Assert.Equal("/pilot", (string?)Assert.Single(features["slash_commands"]!.AsArray())!["command"]);
        Assert.Equal("answer_checkin", (string?)Assert.Single(features["shortcuts"]!.AsArray())!["callback_id"]);
    }

    [Theory, MemberData(nameof(Both))]
    public void Every_text_is_within_its_limit(string file)
    {
        var manifest = ManifestFiles.Read(file);
        var (display, features) = (manifest["display_information"]!, manifest["features"]!);
        var (command, shortcut) = (features["slash_commands"]![0]!, features["shortcuts"]![0]!);

        Assert.All(
            new[]
            {
                (display["name"], 1, 35), (display["description"], 1, 140), (display["long_description"], 175, 4000), (features["bot_user"]!["display_name"], 1, 80),
                (command["command"], 2, 32), (command["description"], 1, 2000), (command["usage_hint"], 1, 1000), (shortcut["name"], 1, 24), (shortcut["callback_id"], 1, 255), (shortcut["description"], 1, 150),
            },
            limit => Assert.InRange(((string)limit.Item1!).Length, limit.Item2, limit.Item3));
        Assert.Matches("^#[0-9a-f]{6}$", (string?)display["background_color"]);
        Assert.Matches("^[a-z0-9._-]+$", (string?)features["bot_user"]!["display_name"]);
    }

    [Fact]
    public void Over_http_every_address_is_of_one_host_and_has_an_endpoint()
    {
        var manifest = ManifestFiles.Read(ManifestFiles.OverHttp);

        var addresses = new[]
        {
            manifest["features"]!["slash_commands"]![0]!["url"], manifest["settings"]!["event_subscriptions"]!["request_url"],
            manifest["settings"]!["interactivity"]!["request_url"], manifest["oauth_config"]!["redirect_urls"]![0],
        }.Select(address => new Uri((string)address!)).ToList();

        Assert.Equal(["/slack/commands", "/slack/events", "/slack/interactions", "/slack/oauth"], addresses.Select(address => address.AbsolutePath));
        Assert.Equal("https://pilot.example.org", Assert.Single(addresses.Select(address => address.GetLeftPart(UriPartial.Authority)).Distinct()));
    }

    [Fact]
    public void But_for_addresses_and_transport_both_are_the_same_app()
    {
        var (http, sockets) = (ManifestFiles.Read(ManifestFiles.OverHttp), ManifestFiles.Read(ManifestFiles.OverSockets));

        Assert.True(sockets["settings"]!["socket_mode_enabled"]!.GetValue<bool>());
        Assert.False(http["settings"]!["socket_mode_enabled"]!.GetValue<bool>());
        Assert.Equal(Bare(sockets), Bare(http));
    }

    /// <summary>The names of scopes and events, and that there is no property Slack does not know; the last line proves that the compiler looks.</summary>
    [NodeFact]
    public async Task Both_are_manifests_by_slacks_own_type()
    {
        var source = $$"""
            import type { Manifest } from '@slack/web-api/dist/types/request/manifest.js';
            export const sockets: Manifest = {{ManifestFiles.Read(ManifestFiles.OverSockets).ToJsonString()}};
            export const http: Manifest = {{ManifestFiles.Read(ManifestFiles.OverHttp).ToJsonString()}};
            // @ts-expect-error no such scope
            export const unknown: Manifest = { display_information: { name: 'x' }, oauth_config: { scopes: { bot: ['chat:shout'] } } };
            """;

        Assert.Equal("", await TypeScript.CheckAsync(source));
    }

    private static string Bare(JsonObject manifest)
    {
        manifest["features"]!["slash_commands"]![0]!.AsObject().Remove("url");
        manifest["settings"]!["event_subscriptions"]!.AsObject().Remove("request_url");
        manifest["settings"]!["interactivity"]!.AsObject().Remove("request_url");
        manifest["oauth_config"]!.AsObject().Remove("redirect_urls");
        manifest["settings"]!.AsObject().Remove("socket_mode_enabled");
        manifest["settings"]!.AsObject().Remove("org_deploy_enabled");
        return manifest.ToJsonString();
    }

    private static IEnumerable<string> Texts(JsonNode? list) => list!.AsArray().Select(text => (string)text!);
}

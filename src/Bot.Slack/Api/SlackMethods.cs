using static Bot.Slack.Api.SlackEncoding;

namespace Bot.Slack.Api;

/// <summary>The methods used here. Encodings and tiers as the reference page of each says (tier 2: 20 a minute, 3: 50, 4: 100).</summary>
public static class SlackMethods
{
    public static SlackMethod AuthTest { get; } = new("auth.test", Json, 100);

    public static SlackMethod ConnectionsOpen { get; } = new("apps.connections.open", Json, 50);

    /// <summary>Its tier is special: about one a second in a channel, several hundred a minute in a workspace.</summary>
    public static SlackMethod PostMessage { get; } = new("chat.postMessage", Json, 0);

    public static SlackMethod Update { get; } = new("chat.update", Json, 50);

    public static SlackMethod PostEphemeral { get; } = new("chat.postEphemeral", Json, 100);

    public static SlackMethod ViewsOpen { get; } = new("views.open", Json, 100);

    public static SlackMethod ViewsPush { get; } = new("views.push", Json, 100);

    public static SlackMethod ViewsUpdate { get; } = new("views.update", Json, 100);

    public static SlackMethod ViewsPublish { get; } = new("views.publish", Json, 100);

    public static SlackMethod ConversationInfo { get; } = new("conversations.info", Query, 50);

    public static SlackMethod ConversationMembers { get; } = new("conversations.members", Query, 100);

    public static SlackMethod UserList { get; } = new("users.list", Query, 20);

    public static SlackMethod UserInfo { get; } = new("users.info", Query, 100);

    /// <summary>Form only, with the client's id and secret by HTTP Basic.</summary>
    public static SlackMethod OAuthAccess { get; } = new("oauth.v2.access", Form, 600);
}

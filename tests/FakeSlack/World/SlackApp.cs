namespace FakeSlack.World;

/// <summary>The app under test, as its settings pages describe it.</summary>
public sealed class SlackApp
{
    public string Id { get; } = "A000000001";

    public string ClientId { get; } = "111111111111.222222222222";

    public string ClientSecret { get; set; } = "fake-client-secret";

    public string SigningSecret { get; set; } = "fake-signing-secret";

    /// <summary>Opens sockets (scope connections:write) and lists authorizations (authorizations:read).</summary>
    public string AppToken { get; } = "xapp-1-A000000001-fake";

    public ISet<string> AppTokenScopes { get; } = new HashSet<string> { "connections:write", "authorizations:read" };

    public string BotName { get; set; } = "afterpilot";

    /// <summary>Under which an installation may come back.</summary>
    public IList<Uri> RedirectUrls { get; } = [];

    public Uri? CommandsUrl { get; set; }

    public Uri? InteractivityUrl { get; set; }

    public Uri? EventsUrl { get; set; }

    /// <summary>On: everything goes by sockets and nothing to the addresses.</summary>
    public bool IsSocketMode { get; set; }

    /// <summary>With their slash.</summary>
    public ISet<string> Commands { get; } = new HashSet<string> { "/pilot" };

    /// <summary>Mentions in commands arrive as ids (<c>should_escape</c>).</summary>
    public bool EscapesMentions { get; set; } = true;

    /// <summary>The callback ids of global and message shortcuts.</summary>
    public ISet<string> Shortcuts { get; } = new HashSet<string> { "answer_checkin" };

    /// <summary>Subscribed bot events by their names in the app's settings, <c>message.im</c> for messages in the app's own chats.</summary>
    public ISet<string> Events { get; } = new HashSet<string>
    {
        "app_home_opened", "app_mention", "app_uninstalled", "tokens_revoked", "message.im", "member_joined_channel", "member_left_channel", "channel_rename",
        "channel_archive", "channel_unarchive", "channel_deleted", "channel_left", "group_rename", "group_archive", "group_unarchive", "group_deleted", "group_left",
    };

    /// <summary>What an installation asks for where the test does not say.</summary>
    public IReadOnlyList<string> Scopes { get; set; } =
        ["commands", "chat:write", "im:write", "im:history", "app_mentions:read", "users:read", "channels:read", "groups:read"];

    /// <summary>Those of them that whoever installs the app may leave out (<c>bot_optional</c> of the manifest).</summary>
    public ISet<string> OptionalScopes { get; } = new HashSet<string> { "users:read.email" };

    public bool HasHomeTab { get; set; } = true;

    public bool HasMessagesTab { get; set; } = true;

    /// <summary>One address for everything.</summary>
    public void PointTo(Uri address) => CommandsUrl = InteractivityUrl = EventsUrl = address;

    /// <summary>The three addresses of an adapter that listens under <c>/slack</c>.</summary>
    public void PointToPathsOf(Uri host)
    {
        CommandsUrl = new Uri(host, "/slack/commands");
        InteractivityUrl = new Uri(host, "/slack/interactions");
        EventsUrl = new Uri(host, "/slack/events");
    }
}

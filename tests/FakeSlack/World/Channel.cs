using System.Text.Json.Nodes;

namespace FakeSlack.World;

/// <summary>What Slack calls a conversation by its kind: the scopes to read it differ.</summary>
public enum ChannelKind
{
    Public,
    Private,

    /// <summary>A direct chat of two ("im").</summary>
    Direct,

    /// <summary>A direct chat of several ("mpim").</summary>
    Group,
}

/// <summary>A conversation of a workspace.</summary>
public sealed class Channel
{
    private readonly List<string> _members = [];
    private readonly List<Message> _messages = [];

    internal Channel(Workspace workspace, string id, string name, ChannelKind kind)
    {
        Workspace = workspace;
        Id = id;
        Name = name;
        Kind = kind;
    }

    public Workspace Workspace { get; }

    /// <summary>Begins with C, or with D for a direct chat.</summary>
    public string Id { get; }

    /// <summary>Without the #.</summary>
    public string Name { get; internal set; }

    public ChannelKind Kind { get; }

    public bool IsArchived { get; internal set; }

    /// <summary>User ids, bots among them, in the order in which they joined.</summary>
    public IReadOnlyList<string> Members => _members;

    internal List<string> Joined => _members;

    internal List<Message> Messages => _messages;

    /// <summary>As slash commands and interactions name it: a person's chat is "directmessage", a private channel "privategroup".</summary>
    internal string NameInPayload => Kind switch
    {
        ChannelKind.Direct => "directmessage",
        ChannelKind.Private => "privategroup",
        ChannelKind.Group => "mpdm-" + Name,
        _ => Name,
    };

    /// <summary>As events name the kind.</summary>
    internal string TypeInEvents => Kind switch
    {
        ChannelKind.Direct => "im",
        ChannelKind.Group => "mpim",
        ChannelKind.Private => "group",
        _ => "channel",
    };

    /// <summary>Which scope reads it: channels, groups, im or mpim.</summary>
    internal string ScopeFamily => Kind switch
    {
        ChannelKind.Direct => "im",
        ChannelKind.Group => "mpim",
        ChannelKind.Private => "groups",
        _ => "channels",
    };

    internal JsonObject Show(string reader, DateTimeOffset now)
    {
        var shown = new JsonObject
        {
            ["id"] = Id,
            ["created"] = now.ToUnixTimeSeconds(),
            ["is_im"] = Kind == ChannelKind.Direct,
            ["is_archived"] = IsArchived,
            ["context_team_id"] = Workspace.Id,
        };
        if (Kind == ChannelKind.Direct)
        {
            shown["user"] = _members.Find(member => member != reader);
            return shown;
        }

        shown["name"] = Name;
        shown["name_normalized"] = Name;
        shown["is_channel"] = Kind == ChannelKind.Public;
        shown["is_group"] = Kind == ChannelKind.Private;
        shown["is_mpim"] = Kind == ChannelKind.Group;
        shown["is_private"] = Kind != ChannelKind.Public;
        shown["is_general"] = false;
        shown["is_member"] = _members.Contains(reader);
        return shown;
    }
}

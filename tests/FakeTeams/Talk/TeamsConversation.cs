namespace FakeTeams.Talk;

/// <summary>Where a conversation is: as activities call it.</summary>
public static class ConversationType
{
    public const string Personal = "personal";
    public const string GroupChat = "groupChat";
    public const string Channel = "channel";
}

/// <summary>A conversation and what was said in it by the bot.</summary>
public sealed class TeamsConversation
{
    private readonly Lock _gate = new();
    private readonly List<TeamsMessage> _messages = [];
    private readonly HashSet<string> _begun = [];

    public required string Id { get; init; }

    /// <summary>One of <see cref="ConversationType"/>.</summary>
    public required string Type { get; init; }

    public string? Name { get; set; }

    /// <summary>Null outside channels.</summary>
    public string? TeamId { get; init; }

    public List<TeamsUser> Members { get; } = [];

    /// <summary>Whether the app is installed here.</summary>
    public bool HasBot { get; set; }

    /// <summary>The code with which the bot is refused with 403, for example <c>ConversationBlockedByUser</c>.</summary>
    public string? Refuses { get; set; }

    public bool IsDeleted { get; set; }

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<TeamsMessage> Messages
    {
        get
        {
            lock (_gate)
            {
                return [.. _messages];
            }
        }
    }

    public TeamsMessage Last => Messages[^1];

    internal void Add(TeamsMessage message)
    {
        lock (_gate)
        {
            _messages.Add(message);
        }
    }

    /// <summary>Somebody's message, which the bot may answer in its thread.</summary>
    internal void Begin(string messageId)
    {
        lock (_gate)
        {
            _begun.Add(messageId);
        }
    }

    internal bool HasThread(string id)
    {
        lock (_gate)
        {
            return _begun.Contains(id) || _messages.Exists(message => message.Id == id && !message.IsDeleted);
        }
    }

    internal TeamsMessage? Find(string id)
    {
        lock (_gate)
        {
            return _messages.Find(message => message.Id == id && !message.IsDeleted);
        }
    }
}

namespace Bot.Chat;

/// <summary>
/// What the bot needs of a chat platform to speak on its own: post, update, and ask who is there. It is transport and never grows
/// with features. One implementation per platform; the reason this interface exists.
/// </summary>
public interface IChatPlatform
{
    PlatformName Name { get; }

    /// <summary>What has to be granted before people's e-mail addresses are given, as a sentence; null where rosters have them anyway, or never.</summary>
    string? EmailNeeds => null;

    /// <summary>Posts a card.</summary>
    /// <param name="key">The same key again means the same post: a platform that can tell returns the first one.</param>
    Task<PostOutcome> PostAsync(WorkspaceRef workspace, Destination to, Card card, string key, CancellationToken ct);

    /// <summary>Replaces the card of a message posted earlier.</summary>
    Task<PostOutcome> UpdateAsync(WorkspaceRef workspace, MessageRef message, Card card, CancellationToken ct);

    /// <summary>Everybody in a conversation but the bot.</summary>
    Task<IReadOnlyList<ChatPerson>> MembersAsync(WorkspaceRef workspace, Conversation conversation, CancellationToken ct);

    /// <summary>What the platform knows about a person: name, time zone, rights. Null when it knows nobody of that id.</summary>
    Task<ChatPerson?> PersonAsync(WorkspaceRef workspace, string personId, CancellationToken ct);
}

/// <summary>Where a card goes.</summary>
public abstract record Destination
{
    private Destination()
    {
    }

    /// <summary>To everybody in a conversation; in the thread of <paramref name="Thread"/> where given.</summary>
    public sealed record ToConversation(Conversation Conversation, MessageRef? Thread) : Destination;

    /// <summary>To one person alone; the platform finds or opens their personal chat and names it in the <see cref="PostOutcome.Posted"/>.</summary>
    public sealed record ToPerson(string PersonId) : Destination;
}

/// <summary>How a post or update ended.</summary>
public abstract record PostOutcome
{
    private PostOutcome()
    {
    }

    /// <summary>The platform has it.</summary>
    public sealed record Posted(MessageRef Message) : PostOutcome;

    /// <summary>Not now: the platform asked to wait, or was out of reach.</summary>
    /// <param name="After">Null: the sender chooses.</param>
    /// <param name="ForAll">The platform was not even asked, as it takes no post of the workspace before that time; of an update, no update. Has a time.</param>
    public sealed record Later(TimeSpan? After, string Why, bool ForAll = false) : PostOutcome;

    /// <summary>The person or conversation is gone or refuses the bot: stop sending there.</summary>
    public sealed record Gone(string Why) : PostOutcome;

    /// <summary>The platform will never take this card: a defect to look at.</summary>
    public sealed record Refused(string Why) : PostOutcome;
}

using Bot.Chat;

namespace Bot.Teams.Addresses.Store;

/// <summary>Whether the bot may speak somewhere.</summary>
public enum ConversationState
{
    Active,

    /// <summary>The app was removed; an activity from there ends it.</summary>
    Uninstalled,

    /// <summary>The platform refused the bot there; an activity from there ends it.</summary>
    Blocked,

    /// <summary>A personal chat that the bot opened. It may speak there for as long as the app is somewhere else in the tenant.</summary>
    Opened,
}

/// <summary>A conversation from which an activity came, or a personal chat that the bot opened.</summary>
public sealed class KnownConversation
{
    public required string TenantId { get; init; }

    /// <summary>Without a thread's suffix.</summary>
    public required string ConversationId { get; init; }
    public required Uri ServiceUrl { get; set; }
    public required ConversationKind Kind { get; init; }
    public string? TeamId { get; set; }
    public string? ChannelId { get; set; }
    public required string BotId { get; set; }
    public ConversationState State { get; set; }
    public required DateTimeOffset SeenAt { get; set; }
}

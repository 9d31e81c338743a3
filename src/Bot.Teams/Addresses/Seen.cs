using Bot.Chat;

namespace Bot.Teams.Addresses;

/// <summary>What an activity tells of where it came from and of who sent it.</summary>
/// <param name="ServiceUrl">Where the bot answers it; may change from one activity to the next.</param>
/// <param name="ConversationId">As given; a thread's suffix is no matter.</param>
/// <param name="BotId">Ours, <c>28:</c> and the app's id.</param>
/// <param name="UserId">The sender as this bot knows them, <c>29:...</c>; null where nobody is named.</param>
/// <param name="AadObjectId">The sender as the tenant knows them.</param>
/// <param name="TimeZone">IANA name.</param>
public sealed record Seen(
    string TenantId, Uri ServiceUrl, string ConversationId, ConversationKind Kind, string? TeamId, string? ChannelId, string BotId,
    string? UserId, string? AadObjectId, string? UserName, string? TimeZone, string? Locale, DateTimeOffset At);

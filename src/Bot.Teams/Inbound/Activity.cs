using System.Text.Json;
using Bot.Chat;
using Bot.Teams.Addresses;

namespace Bot.Teams.Inbound;

/// <summary>One thing that happened in Teams: what every activity carries, parsed.</summary>
/// <param name="Id">The connector's; the same one again is the same activity.</param>
/// <param name="ServiceUrl">Where it is answered.</param>
/// <param name="ConversationId">As given: with a thread's suffix where it is one.</param>
/// <param name="BotId">Ours, <c>28:</c> and the app's id.</param>
/// <param name="Json">All of it.</param>
internal sealed record Activity(string Type, string? Id, string ChannelId, Uri ServiceUrl, string TenantId, string ConversationId, ConversationKind Kind, string BotId, JsonElement Json)
{
    /// <summary>Null for what lacks something that every activity has, or names two tenants.</summary>
    public static Activity? Read(JsonElement json)
    {
        var tenants = new[] { json.Text("conversation", "tenantId"), json.Text("channelData", "tenant", "id") }.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return json.Text("type") is { } type && json.Text("channelId") is { } channel && json.Text("conversation", "id") is { } conversation
            && json.Text("recipient", "id") is { } bot && Uri.TryCreate(json.Text("serviceUrl"), UriKind.Absolute, out var service) && tenants is [var tenant]
            ? new Activity(type, json.Text("id"), channel, service, tenant.ToLowerInvariant(), conversation, KindOf(json, conversation), bot, json)
            : null;
    }

    public string SpokenServiceUrl => Json.Text("serviceUrl")!;

    public WorkspaceRef Workspace => new(TeamsPlatform.PlatformName, TenantId);

    public Conversation In => new(Threads.Root(ConversationId), Kind, NameOf(Threads.Root(ConversationId)));

    /// <summary>Whether only its sender sees it: a slash command, or an answer to what only they saw.</summary>
    public bool IsTargeted => Json.IsOn("recipient", "isTargeted");

    /// <summary>The message that carries the card; null where there is none that can be named.</summary>
    public MessageRef? On => Json.Text("replyToId") is { } id && id != "-1" ? new MessageRef(ConversationId, id) : null;

    public DeliveryId Delivery(string kind) => TeamsJson.Delivery(kind, "", ConversationId, Id ?? Json.GetRawText());

    public Seen Seen(DateTimeOffset at)
    {
        var user = Json.Text("from", "id") is { } id && id != BotId && !id.StartsWith("28:", StringComparison.Ordinal) && !id.StartsWith("19:", StringComparison.Ordinal) ? id : null;
        return new Seen(
            TenantId, ServiceUrl, ConversationId, Kind, Json.Text("channelData", "team", "id"), Kind == ConversationKind.Channel ? Threads.Root(ConversationId) : null, BotId,
            user, user is null ? null : Json.Text("from", "aadObjectId"), user is null ? null : Json.Text("from", "name"), TimeZone(), Json.Text("locale"), at);
    }

    /// <summary>A channel's name where the activity tells it; the first channel of a team has none of its own and goes by the team's.</summary>
    public string? NameOf(string conversationId) => Kind switch
    {
        ConversationKind.Group => Json.Text("conversation", "name"),
        ConversationKind.Channel when conversationId == Json.Text("channelData", "channel", "id") && Json.Text("channelData", "channel", "name") is { } name => name,
        ConversationKind.Channel when conversationId == Json.Text("channelData", "team", "id") => Json.Text("channelData", "team", "name"),
        _ => null,
    };

    private string? TimeZone() => Json.Each("entities").Where(e => e.Text("type") == "clientInfo").Select(e => e.Text("timezone")).FirstOrDefault(z => z is not null) ?? Json.Text("localTimezone");

    private static ConversationKind KindOf(JsonElement json, string conversation) => json.Text("conversation", "conversationType") switch
    {
        "personal" => ConversationKind.Personal,
        "groupChat" => ConversationKind.Group,
        "channel" => ConversationKind.Channel,
        _ when conversation.Contains("@thread.tacv2", StringComparison.Ordinal) => ConversationKind.Channel,
        _ => conversation.StartsWith("19:", StringComparison.Ordinal) ? ConversationKind.Group : ConversationKind.Personal,
    };
}

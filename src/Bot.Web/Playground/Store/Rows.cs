using System.Text.Json;
using System.Text.Json.Nodes;
using Bot.Chat;

namespace Bot.Web.Playground.Store;

/// <summary>Somebody one can be in the playground. Everybody is in every channel.</summary>
public sealed class PlaygroundPerson
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>IANA name.</summary>
    public required string TimeZone { get; init; }

    public required bool IsAdmin { get; init; }

    public required DateTimeOffset AddedAt { get; init; }

    public ChatPerson AsChatPerson() => new(Id, Name, TimeZone, IsAdmin);
}

/// <summary>A channel that everybody can see.</summary>
public sealed class PlaygroundChannel
{
    public required string Id { get; init; }

    /// <summary>Without the number sign.</summary>
    public required string Name { get; init; }

    public required DateTimeOffset AddedAt { get; init; }

    public Conversation AsConversation() => new(Id, ConversationKind.Channel, Name);
}

/// <summary>One message: somebody's text, or a card of the bot.</summary>
public sealed class PlaygroundMessage
{
    /// <summary>Counts up, so it also tells the order.</summary>
    public long Id { get; init; }

    public required string ConversationId { get; init; }

    /// <summary>The message this one answers; null in the main line.</summary>
    public long? ThreadId { get; init; }

    /// <summary>Null: the bot.</summary>
    public string? FromId { get; init; }

    /// <summary>The one person who sees it; null: everybody in the conversation.</summary>
    public string? VisibleTo { get; init; }

    /// <summary>What was typed, or the card as plain text.</summary>
    public required string Text { get; set; }

    public string? CardName { get; set; }

    /// <summary>The Adaptive Card as JSON; null for typed text.</summary>
    public string? CardJson { get; set; }

    /// <summary>What makes a post happen once; null where nothing asks for it.</summary>
    public string? Key { get; init; }

    public required DateTimeOffset PostedAt { get; init; }

    public DateTimeOffset? EditedAt { get; set; }

    public MessageRef Ref => new(ConversationId, Id.ToString());

    public bool IsSeenBy(PlaygroundPerson person) =>
        (VisibleTo is null || VisibleTo == person.Id) && (!ConversationId.StartsWith(Place.DirectPrefix, StringComparison.Ordinal) || ConversationId == Place.DirectOf(person.Id));

    public void Show(Card card, DateTimeOffset at)
    {
        (CardName, CardJson, Text, EditedAt) = (card.Name, card.Content.ToJsonString(), card.Text, at);
    }

    public static PlaygroundMessage Of(Card card, string conversationId, long? threadId, string? visibleTo, string? key, DateTimeOffset at) => new()
    {
        ConversationId = conversationId,
        ThreadId = threadId,
        VisibleTo = visibleTo,
        Text = card.Text,
        CardName = card.Name,
        CardJson = card.Content.ToJsonString(),
        Key = key,
        PostedAt = at,
    };
}

/// <summary>A form somebody has open: it survives a reload and a restart until it is sent or closed.</summary>
public sealed class PendingForm
{
    public required string Id { get; init; }

    public required string PersonId { get; init; }

    public required string ConversationId { get; init; }

    public long? ThreadId { get; init; }

    /// <summary>The message whose button opened it, if any.</summary>
    public long? OnMessageId { get; init; }

    public required string Name { get; init; }

    public required string Key { get; init; }

    public required string Title { get; set; }

    public required string CardJson { get; set; }

    /// <summary>JSON object of field id to text, complete with the fields left empty; null until something was typed.</summary>
    public string? Typed { get; set; }

    /// <summary>JSON object of field id to message.</summary>
    public string? Errors { get; set; }

    /// <summary>Goes up with every answer that asks for a correction, so that the page knows the form anew.</summary>
    public int Revision { get; set; }

    public required DateTimeOffset OpenedAt { get; init; }

    public ActionRef Ref => new(Name, Key);

    public JsonObject Card => JsonNode.Parse(CardJson)!.AsObject();

    public IReadOnlyDictionary<string, string> TypedValues => Read(Typed);

    public IReadOnlyDictionary<string, string> ErrorTexts => Read(Errors);

    public static string Write(IEnumerable<KeyValuePair<string, string>> values) => JsonSerializer.Serialize(values.ToDictionary());

    private static Dictionary<string, string> Read(string? json) =>
        json is null ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(json)!;
}

/// <summary>How far somebody has read in one conversation.</summary>
public sealed class LastRead
{
    public required string PersonId { get; init; }

    public required string ConversationId { get; init; }

    public required long MessageId { get; init; }
}

/// <summary>How far the playground's clock is ahead of the system's; one row.</summary>
public sealed class ClockSetting
{
    public int Id { get; init; } = 1;

    public long AheadMilliseconds { get; set; }

    /// <summary>The instant it was moved to last: it is never before that again, whatever the system clock does.</summary>
    public DateTimeOffset NotBefore { get; set; }
}

using System.Text.Json;
using Bot.Chat;

namespace Bot.Slack.Inbound;

/// <summary>What a modal carries with it: what its form is about and where it was opened. It is a pointer only; rights are checked anew.</summary>
/// <param name="Key">The form's key.</param>
/// <param name="In">The conversation's id; null for Home and shortcuts.</param>
/// <param name="OnConversation">Of the card it was opened from.</param>
/// <param name="OnMessage">Of the card it was opened from.</param>
internal sealed record OpenedFrom(string Key, string? In, ConversationKind Kind, string? Name, string? Thread, string? OnConversation, string? OnMessage, bool FromHome)
{
    private const int LongestName = 200;

    public static OpenedFrom Of(string key, Origin origin) => new(
        key, origin.In?.Id, origin.In?.Kind ?? ConversationKind.Personal, Cards.Say.Shortened(origin.In?.Name ?? "", LongestName), origin.Thread,
        origin.On?.ConversationId, origin.On?.MessageId, origin.Surface == Surface.Home);

    public Conversation? Conversation => In is null ? null : new Conversation(In, Kind, Name is { Length: > 0 } ? Name : null);

    public MessageRef? On => OnConversation is not null && OnMessage is not null ? new MessageRef(OnConversation, OnMessage) : null;

    public string Write() => JsonSerializer.Serialize(this);

    /// <summary>Null where it is not what we wrote.</summary>
    public static OpenedFrom? Read(string? metadata)
    {
        try
        {
            return string.IsNullOrEmpty(metadata) || JsonSerializer.Deserialize<OpenedFrom>(metadata) is not { Key: not null } read || !Enum.IsDefined(read.Kind) ? null : read;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

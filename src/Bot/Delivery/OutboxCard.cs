using Bot.Chat;

namespace Bot.Delivery;

/// <summary>A delivery already handled, with what was answered to it.</summary>
public sealed class InboxEntry
{
    public required WorkspaceId WorkspaceId { get; init; }
    public required string DeliveryId { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>The reply as JSON, given again to a redelivery.</summary>
    public required string Reply { get; set; }
}

public enum OutboxState
{
    Waiting,
    Delivered,

    /// <summary>Given up, with the reason; listed until somebody looks.</summary>
    Dead,
}

/// <summary>What a platform limits apart.</summary>
public enum CardKind
{
    Post,
    Update,
}

/// <summary>A card on its way out: a post, or an update of an earlier post.</summary>
public sealed class OutboxCard
{
    public required OutboxId Id { get; init; }
    public required WorkspaceId WorkspaceId { get; init; }

    /// <summary>What this post is, for example <c>prompt:round:person</c>; unique within the workspace, which is why nothing is said twice.</summary>
    public required string Key { get; init; }

    /// <summary>Set on an update: the key of the post it changes.</summary>
    public string? Updates { get; init; }

    public CardKind Kind => Updates is null ? CardKind.Post : CardKind.Update;

    /// <summary>To one person alone ...</summary>
    public PersonId? ToPerson { get; init; }

    /// <summary>... or to a channel.</summary>
    public ChannelId? ToChannel { get; init; }

    /// <summary>In the thread under the post of this key.</summary>
    public string? ThreadOf { get; init; }

    /// <summary>The card as JSON; emptied once delivered.</summary>
    public required string Card { get; set; }
    public required DateTimeOffset NotBefore { get; set; }

    /// <summary>Giving up is counted from here.</summary>
    public required DateTimeOffset CreatedAt { get; set; }
    public int Attempts { get; set; }

    /// <summary>Counts changes of the card while it waits, so that a change during the sending is noticed.</summary>
    public int Revision { get; set; }
    public OutboxState State { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public string? LastError { get; set; }
}

/// <summary>Where a delivered post is, so that it can be updated and answered in its thread.</summary>
public sealed class PostedCard
{
    public required WorkspaceId WorkspaceId { get; init; }
    public required string Key { get; init; }
    public required string ConversationId { get; init; }
    public required string MessageId { get; init; }
    public required DateTimeOffset At { get; init; }

    public MessageRef Ref => new(ConversationId, MessageId);
}

public readonly record struct OutboxId(Guid Value) : IId<OutboxId>
{
    public static OutboxId From(Guid value) => new(value);

    public override string ToString() => Value.ToString("N");
}

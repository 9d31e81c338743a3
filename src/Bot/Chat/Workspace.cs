namespace Bot.Chat;

/// <summary>A workspace in which the bot is installed; nothing is ever visible across workspaces.</summary>
public sealed class Workspace
{
    public required WorkspaceId Id { get; init; }
    public required PlatformName Platform { get; init; }

    /// <summary>The platform's id of it.</summary>
    public required string ExternalId { get; init; }
    public string? Name { get; set; }
    public required DateTimeOffset AddedAt { get; init; }

    /// <summary>When the bot was uninstalled; data goes 30 days later, or as it is set.</summary>
    public DateTimeOffset? RemovedAt { get; set; }

    /// <summary>When it began to be deleted: nothing leads here any more.</summary>
    public DateTimeOffset? DeletingSince { get; set; }

    public WorkspaceRef Ref => new(Platform, ExternalId, Name);
}

/// <summary>Somebody who talks with the bot or is in a conversation with it.</summary>
public sealed class Person
{
    public required PersonId Id { get; init; }
    public required WorkspaceId WorkspaceId { get; init; }
    public required string ExternalId { get; init; }
    public required string Name { get; set; }

    /// <summary>IANA name; null until known.</summary>
    public string? TimeZone { get; set; }
    public bool IsAdmin { get; set; }

    /// <summary>When the platform said that they left or refuse the bot; they are not sent to until they are heard of again.</summary>
    public DateTimeOffset? GoneAt { get; set; }

    /// <summary>When they chose their time zone themselves: what the platform says of it changes nothing any more.</summary>
    public DateTimeOffset? ZoneChosenAt { get; set; }
}

/// <summary>A conversation of several people that the bot is in, or was.</summary>
public sealed class Channel
{
    public required ChannelId Id { get; init; }
    public required WorkspaceId WorkspaceId { get; init; }
    public required string ExternalId { get; init; }
    public required ConversationKind Kind { get; init; }
    public string? Name { get; set; }
    public DateTimeOffset? GoneAt { get; set; }

    /// <summary>When its members were last read; null asks for it to be done.</summary>
    public DateTimeOffset? MembersReadAt { get; set; }

    public Conversation Ref => new(ExternalId, Kind, Name);
    public string Label => Name is not { } name ? "this channel" : Kind == ConversationKind.Channel ? "#" + name : name;
}

/// <summary>Somebody is in a channel.</summary>
public sealed class ChannelMember
{
    public required ChannelId ChannelId { get; init; }
    public required PersonId PersonId { get; init; }
}

/// <summary>What somebody typed into a form and has not sent, or sent and was asked to correct.</summary>
public sealed class Draft
{
    public required PersonId PersonId { get; init; }
    public required string Form { get; init; }
    public required string Key { get; init; }

    /// <summary>JSON object of field id to text.</summary>
    public required string Values { get; set; }
    public required DateTimeOffset SavedAt { get; set; }
}

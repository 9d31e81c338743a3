namespace Bot.Chat;

/// <summary>The name an adapter goes by, for example <c>playground</c>; it picks the adapter that speaks for a workspace.</summary>
public readonly record struct PlatformName(string Value)
{
    public override string ToString() => Value;
}

/// <summary>A workspace as its platform names it.</summary>
public sealed record WorkspaceRef(PlatformName Platform, string Id, string? Name = null);

/// <summary>The platform's id of one delivery, unique within a workspace.</summary>
public readonly record struct DeliveryId(string Value);

/// <summary>A person as the platform names them; what the platform did not say is null.</summary>
/// <param name="TimeZone">IANA name.</param>
/// <param name="IsAdmin">Whether the platform lets them administer the workspace.</param>
/// <param name="Email">Given by some rosters, where the workspace lets the bot see it.</param>
public sealed record ChatPerson(string Id, string? Name = null, string? TimeZone = null, bool? IsAdmin = null, EmailAddress? Email = null)
{
    public string? Name { get; init => field = PlainText.Of(value); } = PlainText.Of(Name);
}

/// <summary>Where people talk.</summary>
public enum ConversationKind
{
    /// <summary>One person and the bot.</summary>
    Personal,
    Group,
    Channel,
}

/// <summary>A conversation as the platform names it.</summary>
public sealed record Conversation(string Id, ConversationKind Kind, string? Name = null)
{
    public string? Name { get; init => field = PlainText.Of(value); } = PlainText.Of(Name);
}

/// <summary>A message as the platform names it, good for updating it and for answering in its thread.</summary>
public sealed record MessageRef(string ConversationId, string MessageId);

/// <summary>Which button or form, and what it is about. The key is only a pointer: the handler looks it up within the workspace and checks rights.</summary>
/// <param name="Name">The action's registered name, a card's <c>verb</c>.</param>
/// <param name="Key">At most 255 characters.</param>
public sealed record ActionRef(string Name, string Key)
{
    public string Key { get; init => field = PlainText.Of(value); } = PlainText.Of(Key);
}

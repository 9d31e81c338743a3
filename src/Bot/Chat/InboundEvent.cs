namespace Bot.Chat;

/// <summary>
/// Something a platform told us, already verified and translated. A closed set: adapters map everything they hear to one of
/// these, or drop it.
/// </summary>
/// <param name="Delivery">The platform's id of this delivery; the same one again is answered from the inbox, not handled twice.</param>
/// <param name="Workspace">Where it happened.</param>
/// <param name="By">Who did it; null where the platform names nobody.</param>
/// <param name="In">Where it was said; null for what belongs to no conversation.</param>
public abstract record InboundEvent(DeliveryId Delivery, WorkspaceRef Workspace, ChatPerson? By, Conversation? In);

/// <summary>Somebody typed <c>/pilot ...</c>, or the same words to the bot.</summary>
/// <param name="Text">Everything after the command word, as typed.</param>
public sealed record CommandTyped(DeliveryId Delivery, WorkspaceRef Workspace, ChatPerson? By, Conversation? In, string Text)
    : InboundEvent(Delivery, Workspace, By, In)
{
    public string Text { get; init => field = PlainText.Of(value); } = PlainText.Of(Text);
}

/// <summary>Somebody pressed a button on a card.</summary>
/// <param name="On">The message that carries the card; null when it was whispered and cannot be named.</param>
public sealed record CardAction(DeliveryId Delivery, WorkspaceRef Workspace, ChatPerson? By, Conversation? In, ActionRef Action, MessageRef? On)
    : InboundEvent(Delivery, Workspace, By, In);

/// <summary>Somebody sent a form.</summary>
/// <param name="Form">Which form, and what it is about.</param>
/// <param name="Values">What was typed; an empty field is absent.</param>
/// <param name="On">The card the form was opened from, if any.</param>
public sealed record FormSubmitted(
    DeliveryId Delivery, WorkspaceRef Workspace, ChatPerson? By, Conversation? In, ActionRef Form, FormValues Values, MessageRef? On)
    : InboundEvent(Delivery, Workspace, By, In);

/// <summary>A form holds text that was not sent: it was closed, or the platform tells what is typed as it is typed.</summary>
public sealed record FormClosed(
    DeliveryId Delivery, WorkspaceRef Workspace, ChatPerson? By, Conversation? In, ActionRef Form, FormValues Values)
    : InboundEvent(Delivery, Workspace, By, In);

/// <summary>Somebody opened the bot's home, where the platform has one.</summary>
public sealed record HomeOpened(DeliveryId Delivery, WorkspaceRef Workspace, ChatPerson? By, Conversation? In)
    : InboundEvent(Delivery, Workspace, By, In);

/// <summary>The bot was installed in the workspace (no conversation), or brought into a conversation.</summary>
public sealed record BotAdded(DeliveryId Delivery, WorkspaceRef Workspace, ChatPerson? By, Conversation? In)
    : InboundEvent(Delivery, Workspace, By, In);

/// <summary>The bot was uninstalled (no conversation), or removed from a conversation.</summary>
public sealed record BotRemoved(DeliveryId Delivery, WorkspaceRef Workspace, ChatPerson? By, Conversation? In)
    : InboundEvent(Delivery, Workspace, By, In);

/// <summary>People joined or left a conversation.</summary>
public sealed record MembersChanged(
    DeliveryId Delivery, WorkspaceRef Workspace, Conversation? In, IReadOnlyList<ChatPerson> Joined, IReadOnlyList<ChatPerson> Left)
    : InboundEvent(Delivery, Workspace, null, In);

/// <summary>A conversation got a new name, or is gone for good.</summary>
public sealed record ConversationChanged(DeliveryId Delivery, WorkspaceRef Workspace, Conversation? In, bool Gone)
    : InboundEvent(Delivery, Workspace, null, In);

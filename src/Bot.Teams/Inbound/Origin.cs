using Bot.Chat;

namespace Bot.Teams.Inbound;

/// <summary>Whom an answer goes to, and from where they asked.</summary>
/// <param name="Activity">What they did.</param>
/// <param name="In">The conversation it is about, where it is another than the one it was done in.</param>
internal sealed record Origin(Activity Activity, ChatPerson By, Conversation In)
{
    public static Origin Of(Activity activity, ChatPerson by) => new(activity, by, activity.In);

    public bool IsPersonal => Activity.Kind == ConversationKind.Personal;

    public OpenedFrom Opens(MessageRef? on) => new(Activity.TenantId, By.Id, In, on);
}

using System.Text.Json;
using Bot.Chat;
using Bot.Teams.Cards;

namespace Bot.Teams.Inbound;

/// <summary>What was pressed or sent, from whichever place, as the product hears it.</summary>
/// <param name="Inbound">A <see cref="CardAction"/> or <see cref="FormSubmitted"/>.</param>
/// <param name="Shown">The card that becomes another one with the reply; null where none does.</param>
/// <param name="Opener">The card that a form opened by the reply is opened from.</param>
internal sealed record Press(InboundEvent Inbound, Origin Origin, MessageRef? Shown, MessageRef? Opener)
{
    public bool IsForm => Inbound is FormSubmitted;

    public static Press Of(Activity activity, ChatPerson by, JsonElement data, ActionName known, ActionRef action, SealForms seal)
    {
        if (!known.IsForm)
        {
            return new Press(new CardAction(activity.Delivery("act"), activity.Workspace, by, activity.In, action, activity.On), Origin.Of(activity, by), activity.On, activity.On);
        }

        var from = seal.Open(data, activity.TenantId, by.Id);
        var origin = Origin.Of(activity, by) with { In = from?.In ?? activity.In };
        var typed = ReservedKey.Typed(data);
        // The same form sent twice with the same words, by a double press, is one delivery; opened anew it is another.
        var delivery = SealForms.Text(data) is { } window
            ? TeamsJson.Delivery("form", window, by.Id, action.Name, action.Key, JsonSerializer.Serialize(new SortedDictionary<string, string>(typed.All.ToDictionary(), StringComparer.Ordinal)))
            : activity.Delivery("form");
        // A form that is a message of its own becomes the answer; one shown in the place of another card leaves that as it was, unless told otherwise.
        return new Press(new FormSubmitted(delivery, activity.Workspace, by, origin.In, action, typed, from?.On), origin, from is { On: null } ? activity.On : null, from?.On);
    }
}

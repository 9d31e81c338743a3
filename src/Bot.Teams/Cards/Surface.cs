namespace Bot.Teams.Cards;

/// <summary>Where a card is looked at, which decides how its buttons have to arrive.</summary>
internal enum Surface
{
    /// <summary>In the personal chat: a form comes in the place of the card.</summary>
    Personal,

    /// <summary>In a channel or group, where everybody sees what is there: a form opens as a dialog.</summary>
    Shared,

    /// <summary>In a dialog, which knows Action.Submit alone.</summary>
    Dialog,
}

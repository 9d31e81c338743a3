using System.Text.Json.Serialization;

namespace Bot.Chat;

/// <summary>What the bot answers at once to an <see cref="InboundEvent"/>. A closed set; the adapter renders it into the same response.</summary>
[JsonDerivedType(typeof(Silence), "silence")]
[JsonDerivedType(typeof(Whisper), "whisper")]
[JsonDerivedType(typeof(ReplaceCard), "replace")]
public abstract record Reply
{
    private Reply()
    {
    }

    /// <summary>Nothing to show. A form that was sent closes.</summary>
    public sealed record Silence : Reply;

    /// <summary>Only the asker sees it. A form that was sent closes.</summary>
    public sealed record Whisper(Card Card) : Reply
    {
        /// <summary>Set where the card holds a secret: what is kept in its place, and answered when the same delivery comes again.</summary>
        [JsonIgnore]
        public Card? KeptAs { get; init; }
    }

    /// <summary>
    /// The card that was pressed, or from which the form was opened, becomes this one; where there is none the asker gets it as a
    /// <see cref="Whisper"/>. A form that was sent closes.
    /// </summary>
    public sealed record ReplaceCard(Card Card) : Reply;

    /// <summary>The form stays open with a message at each named field, everything typed kept.</summary>
    /// <param name="Form">The form again, filled with what was typed, for platforms that show it anew.</param>
    /// <param name="Errors">By field id; plain text.</param>
    public sealed record FieldErrors(Form Form, IReadOnlyDictionary<string, string> Errors) : Reply;

    /// <summary>A form opens for the asker: a dialog where the platform has one, otherwise a card only they see.</summary>
    public sealed record OpenForm(Form Form) : Reply;
}

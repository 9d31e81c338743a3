namespace Bot.Cards;

/// <summary>A card template that cannot be used; the host does not start with it.</summary>
public sealed class CardTemplateException(string card, string pointer, string problem, Exception? cause = null)
    : Exception($"The card '{card}' cannot be used. At {(pointer.Length == 0 ? "its root" : pointer)}: {problem}.", cause)
{
    public string Card => card;

    /// <summary>The JSON pointer of the place in the template, '' for its root.</summary>
    public string Pointer => pointer;
}

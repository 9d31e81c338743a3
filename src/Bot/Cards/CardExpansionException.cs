namespace Bot.Cards;

/// <summary>Data that a card template cannot show.</summary>
public sealed class CardExpansionException(string card, string pointer, string problem)
    : Exception($"The card '{card}' cannot show its data. At {(pointer.Length == 0 ? "its root" : pointer)}: {problem}")
{
    public string Card => card;

    /// <summary>The JSON pointer of the place in the template, '' for its root.</summary>
    public string Pointer => pointer;
}

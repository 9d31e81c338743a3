namespace Bot.Cards;

/// <summary>What one card template is filled with: its properties are the fields the template may name, in camel case.</summary>
public interface ICardData
{
    /// <summary>The file name in <c>cards/</c>, without its ending.</summary>
    static abstract string Template { get; }
}

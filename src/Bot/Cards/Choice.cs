namespace Bot.Cards;

/// <summary>One entry of a choice on a form.</summary>
public sealed record Choice(string Value, string Title)
{
    /// <summary>More than this no platform shows in one list.</summary>
    public const int Most = 100;
}

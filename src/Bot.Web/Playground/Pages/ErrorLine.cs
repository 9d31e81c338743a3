namespace Bot.Web.Playground.Pages;

/// <summary>One thing to correct in a form.</summary>
/// <param name="ElementId">Where; null when it belongs to no one field.</param>
/// <param name="Label">The field's label.</param>
public sealed record ErrorLine(string? ElementId, string? Label, string Text)
{
    public string Sentence => Label switch
    {
        null => Text,
        [.., '?' or '.' or ':'] => $"{Label} {Text}",
        _ => $"{Label}: {Text}",
    };
}

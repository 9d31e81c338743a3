using Bot.CheckIns;

namespace Bot.Trends;

/// <summary>
/// Groups texts about the same thing, inside each kind of struggle: by words and pairs of words they share, the rarer in this loop the stronger. No model.
/// Weeks are read oldest first and nothing is taken back: a theme keeps its label and its texts for ever after, whatever later weeks bring.
/// </summary>
public static class Themes
{
    /// <param name="initiative">What the texts are about.</param>
    public static IReadOnlyList<Theme> Of(IReadOnlyList<WeekOfTexts> weeks, string initiative)
    {
        var words = new ThemeWords(initiative);
        var kinds = CheckInFields.Each((Struggles)~0).Where(k => k != Struggles.Nothing).ToDictionary(k => k, k => new ThemesOfKind(k, words));
        foreach (var (number, week) in weeks.Index())
        {
            // In the order of their letters, so that the same texts give the same themes, and no place tells who wrote.
            var read = week.Texts.Select(t => (t.Kinds, Text: Plain(t.Text))).Where(t => t.Text.Length > 0)
                .OrderBy(t => t.Text, StringComparer.Ordinal).ThenBy(t => t.Kinds).Select(t => (t.Kinds, Text: words.Read(t.Text))).ToList();
            foreach (var (kind, themes) in kinds)
            {
                themes.Add(number, [.. read.Where(t => t.Kinds.HasFlag(kind)).Select(t => t.Text)]);
            }
        }

        return [.. kinds.Values.SelectMany(k => k.Results(weeks))];
    }

    /// <summary>As written, on one line.</summary>
    private static string Plain(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

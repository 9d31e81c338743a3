using Bot.Cards;
using Bot.CheckIns;
using Bot.Trends;

namespace Bot.Digests;

/// <summary>Puts the themes of a week in place of the kinds of struggle they are of; a kind that has none stands for itself. Pure.</summary>
public static class GotInTheWay
{
    private static readonly string[] Places = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

    /// <summary>Most people first.</summary>
    public static IReadOnlyList<StruggleLine> Lines(WeekFigures figures, IReadOnlyList<ThemeNow> themes)
    {
        var kinds = figures.Struggles.ToDictionary(f => f.Struggle);
        // One person's words are a theme where they go on; otherwise they count in their kind.
        // A text that came under two kinds may found a theme in each; the one that more people share stands for both.
        var told = themes.Where(t => t.People > 1 || t.Running >= ThemeNow.Long).DistinctBy(t => t.Theme.Label, StringComparer.OrdinalIgnoreCase).DistinctBy(t => t.Theme.Quote).ToList();
        var named = told.Select(t => t.Theme.Kind).ToHashSet();
        return
        [
            .. told.Select(t => new StruggleLine(t.Theme.Label, t.People, t.Theme.Quote, Mark(t), Kind(t, kinds)))
                .Concat(figures.Struggles.Where(f => !named.Contains(f.Struggle)).Select(Words.Struggle)).OrderByDescending(l => l.People),
        ];
    }

    /// <summary>For the agenda: what has gone on for three weeks without an action before everything else.</summary>
    public static IReadOnlyList<StruggleLine> Agenda(WeekFigures figures, IReadOnlyList<ThemeNow> themes)
    {
        var unattended = themes.Where(t => t.IsUnattended).Select(t => t.Theme.Label).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. Lines(figures, themes).OrderByDescending(l => l.Mark is not null && unattended.Contains(l.Label))];
    }

    private static string? Mark(ThemeNow theme) => theme switch
    {
        { IsUnattended: true, Running: var running } => $"{(running <= Places.Length ? Places[running - 1] : $"{running}th")} week running, no action yet",
        { GoneFor: { } gone } => $"back after {Say.Count(gone, "week")} without it",
        { IsNew: true } => "new",
        _ => null,
    };

    /// <summary>"wrong or odd results, 5 in all"; imported comments have no kind, and "something else" says nothing.</summary>
    private static string? Kind(ThemeNow theme, Dictionary<Struggles, StruggleFigure> kinds) =>
        theme.Theme.Kind == Struggles.Other || !kinds.TryGetValue(theme.Theme.Kind, out var kind) ? null
        : CheckInFields.Label(kind.Struggle) + (kind.People > theme.People ? $", {kind.People} in all" : "");
}

namespace Bot.Warnings;

/// <summary>
/// What becomes of a warning when the facts are looked at again. Pure. Open: follows the finding. Answered: rests, unless the finding is worse than what was
/// answered. When the finding is gone it is resolved, and the same finding later is a new warning.
/// </summary>
public static class WarningLife
{
    /// <returns>Whether what is shown of it has changed: its state or its level.</returns>
    public static bool Follow(Warning warning, Finding? found, DateTimeOffset now)
    {
        if (warning.State == WarningState.Resolved)
        {
            return false;
        }

        if (found is null)
        {
            warning.EndedAt = warning.ChangedAt = now;
            warning.State = WarningState.Resolved;
            return true;
        }

        if (warning.State == WarningState.Answered && found.Level <= warning.Level)
        {
            return false;
        }

        var shown = warning.State == WarningState.Answered || warning.Level != found.Level;
        var evidence = Lines(found.Evidence);
        if (shown || warning.Finding != found.Sentence || warning.Evidence != evidence)
        {
            (warning.State, warning.EndedAt, warning.ChangedAt) = (WarningState.Open, null, now);
            (warning.Level, warning.Finding, warning.Evidence) = (found.Level, found.Sentence, evidence);
        }

        return shown;
    }

    /// <summary>Those that are new or worse than what was posted, worst first, as many as this week still takes; none twice in a week.</summary>
    public static IReadOnlyList<Warning> ToPost(IReadOnlyCollection<Warning> all, DateTimeOffset weekBegan, int most) =>
        [.. all.Where(w => w.State == WarningState.Open && w.Level > w.PostedLevel && !(w.PostedAt >= weekBegan))
            .OrderByDescending(w => w.Level).ThenBy(w => w.OpenedAt).ThenBy(w => w.Id.Value)
            .Take(Math.Max(0, most - all.Count(w => w.PostedAt >= weekBegan)))];

    public static string Lines(IReadOnlyList<string> evidence) => string.Join('\n', evidence.Select(line => line.ReplaceLineEndings(" ")));
}

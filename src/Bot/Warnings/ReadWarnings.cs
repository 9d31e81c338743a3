using Bot.Chat;
using Bot.Initiatives;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Warnings;

/// <summary>A warning that waits for an answer or for the facts to change.</summary>
/// <param name="Level">1 notice, 2 warning, 3 critical.</param>
/// <param name="Finding">What was found, in one sentence.</param>
public sealed record OpenWarning(WarningId Id, string Rule, int Level, string Finding)
{
    /// <summary>"behaviour flat".</summary>
    public string Title => Warning.TitleOf(Rule);

    /// <summary>"Warning, behaviour flat: ...".</summary>
    public string InWords => $"{Warning.LevelWord(Level)}, {Title}: {Finding}";
}

/// <summary>How many warnings of one initiative are open.</summary>
/// <param name="Worst">The highest level among them.</param>
public sealed record OpenWarnings(int Count, int Worst);

/// <summary>Reads which warnings are open, for digests and lists; what was decided in this turn and is not saved yet belongs to it.</summary>
public sealed class ReadWarnings(BotDb db)
{
    /// <summary>Worst first, then the oldest.</summary>
    public async Task<IReadOnlyList<OpenWarning>> OpenAsync(InitiativeId initiative, CancellationToken ct)
    {
        await db.Warnings.Where(w => w.InitiativeId == initiative && w.State == WarningState.Open).LoadAsync(ct);
        return [.. db.Warnings.Local.Where(w => w.InitiativeId == initiative && w.State == WarningState.Open)
            .OrderByDescending(w => w.Level).ThenBy(w => w.OpenedAt).ThenBy(w => w.Id.Value)
            .Select(w => new OpenWarning(w.Id, w.Rule, w.Level, w.Finding))];
    }

    /// <summary>Of every initiative of a workspace that has any, as saved.</summary>
    public async Task<IReadOnlyDictionary<InitiativeId, OpenWarnings>> CountsAsync(WorkspaceId workspace, CancellationToken ct) =>
        await db.Warnings.Where(w => w.WorkspaceId == workspace && w.State == WarningState.Open)
            .GroupBy(w => w.InitiativeId).Select(g => new { g.Key, Count = g.Count(), Worst = g.Max(w => w.Level) })
            .ToDictionaryAsync(g => g.Key, g => new OpenWarnings(g.Count, g.Worst), ct);
}

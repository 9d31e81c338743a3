using Bot.Readiness;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Initiatives;

/// <summary>How far the deployment plan of an initiative has come.</summary>
/// <param name="OpenDays">The days by which open items are due, of those that have one.</param>
public sealed record PlanProgress(int Done, int All, IReadOnlyList<DateOnly> OpenDays)
{
    /// <summary>Overdue from the day after.</summary>
    public int Overdue(DateOnly today) => OpenDays.Count(d => d < today);

    /// <summary>"4 of 9 done, 3 of 10 users rely on it"; null when there is no plan and nothing to say about who relies on it.</summary>
    public string? InWords(Reliance? reliance)
    {
        var words = string.Join(", ", new[] { All == 0 ? null : $"{Done} of {All} done", reliance?.ToString() }.OfType<string>());
        return words.Length == 0 ? null : words;
    }
}

/// <summary>Reads how far plans have come.</summary>
public sealed class ReadPlanProgress(BotDb db)
{
    public async Task<PlanProgress> OfAsync(InitiativeId initiative, CancellationToken ct)
    {
        var items = await db.PlanItems.Where(p => p.InitiativeId == initiative).Select(p => new { Done = p.DoneAt != null, p.DueOn }).ToListAsync(ct);
        return new PlanProgress(items.Count(i => i.Done), items.Count, [.. items.Where(i => !i.Done).Select(i => i.DueOn).OfType<DateOnly>().Order()]);
    }
}

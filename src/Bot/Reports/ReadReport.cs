using Bot.Chat;
using Bot.Evidence;
using Bot.Initiatives;
using Bot.Links;
using Bot.Loops;
using Bot.Store;
using Bot.Warnings;
using Microsoft.EntityFrameworkCore;

namespace Bot.Reports;

/// <summary>Reads the report a link leads to: the one initiative of the one workspace the link names.</summary>
public sealed class ReadReport(BotDb db, ReadLoopReport loops, TimeProvider clock)
{
    public const int EvidenceWeeks = 12;

    /// <summary>More than this a monitor's flood does not cost: the newest count.</summary>
    private const int MostEvidence = 5000;

    /// <summary>Null when the initiative, or the bot's place in its workspace, is gone.</summary>
    public async Task<Report?> OfAsync(ReportLink link, CancellationToken ct)
    {
        var (workspace, id) = (link.Workspace, link.Initiative);
        if (await db.Initiatives.AsNoTracking()
            .SingleOrDefaultAsync(i => i.Id == id && i.WorkspaceId == workspace && db.Workspaces.Any(w => w.Id == workspace && w.RemovedAt == null), ct) is not { } initiative)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var held = await (
            from loop in db.Loops.AsNoTracking()
            join channel in db.Channels.AsNoTracking() on loop.ChannelId equals channel.Id
            where loop.InitiativeId == id && loop.WorkspaceId == workspace
            orderby loop.EndedAt == null descending, loop.StartedAt descending
            select new { loop, channel }).ToListAsync(ct);
        var zone = held.Count > 0 ? held[0].loop.Slot.Zone : "Etc/UTC";
        var today = DateIn(now);
        var stages = await StagesAsync(initiative, DateIn, ct);
        var since = stages.FirstOrDefault(s => s.To == initiative.Stage && s.From != s.To)?.On ?? DateIn(initiative.CreatedAt);
        var reported = new List<LoopReport>();
        foreach (var it in held)
        {
            reported.Add(await loops.OfAsync(new LoopInHand(it.loop, initiative, it.channel), stages, today, ct));
        }

        return new Report(
            initiative,
            initiative.OwnerId is { } owner ? (await NamesAsync(workspace, [owner], ct)).GetValueOrDefault(owner) : null,
            StageNow.Of(initiative.Stage, since, initiative.PlannedEnd, today),
            reported,
            stages,
            await WarningsAsync(workspace, id, DateIn, ct),
            await MonitorsAsync(id, now, DateIn, ct),
            await PlanAsync(workspace, id, DateIn, ct),
            zone,
            now,
            today);

        DateOnly DateIn(DateTimeOffset at) => WeeklySlot.DateIn(at, zone);
    }

    private async Task<IReadOnlyList<StageEntry>> StagesAsync(Initiative initiative, Func<DateTimeOffset, DateOnly> date, CancellationToken ct)
    {
        var changes = await db.StageChanges.AsNoTracking().Where(s => s.InitiativeId == initiative.Id).OrderByDescending(s => s.At).ThenByDescending(s => s.Id).ToListAsync(ct);
        var names = await NamesAsync(initiative.WorkspaceId, [.. changes.Select(s => s.By).OfType<PersonId>()], ct);
        return changes.ConvertAll(s => new StageEntry(date(s.At), s.From, s.To, s.Reason, s.By is { } by ? names.GetValueOrDefault(by) : null));
    }

    private async Task<IReadOnlyList<WarningEntry>> WarningsAsync(WorkspaceId workspace, InitiativeId id, Func<DateTimeOffset, DateOnly> date, CancellationToken ct)
    {
        var warnings = await db.Warnings.AsNoTracking().Where(w => w.InitiativeId == id && w.WorkspaceId == workspace).ToListAsync(ct);
        var ids = warnings.ConvertAll(w => w.Id);
        var answers = await db.WarningAnswers.AsNoTracking().Where(a => ids.Contains(a.WarningId)).OrderBy(a => a.At).ToListAsync(ct);
        var names = await NamesAsync(workspace, [.. answers.Select(a => a.By)], ct);
        return
        [
            .. from w in warnings
               orderby w.State == WarningState.Open descending, w.State == WarningState.Open ? -w.Level : 0, w.OpenedAt descending
               select new WarningEntry(
                   w.Rule, w.Level, w.State, w.Finding, date(w.OpenedAt), w.EndedAt is { } end ? date(end) : null,
                   [.. answers.Where(a => a.WarningId == w.Id).Select(a => new WarningAnswerEntry(a.Text, names.GetValueOrDefault(a.By) ?? "somebody", date(a.At)))]),
        ];
    }

    private async Task<IReadOnlyList<MonitorEntry>> MonitorsAsync(InitiativeId id, DateTimeOffset now, Func<DateTimeOffset, DateOnly> date, CancellationToken ct)
    {
        var since = now.AddDays(-7 * EvidenceWeeks);
        var items = await db.Evidence.AsNoTracking().Where(e => e.InitiativeId == id && e.At >= since && e.At <= now).OrderByDescending(e => e.At).Take(MostEvidence).ToListAsync(ct);
        return
        [
            .. from item in items
               group item by (item.Source, item.Series) into of
               let last = of.First()
               let drift = of.Count(e => e.Verdict == Verdict.Drift)
               orderby last.Verdict descending, drift descending, of.Key.Series
               select new MonitorEntry(
                   of.Key.Source, of.Key.Series, of.Count(), drift, of.Count(e => e.Verdict == Verdict.Possible),
                   date(last.At), last.Verdict, last.Value, last.Unit, last.Threshold, last.Method, last.Text),
        ];
    }

    private async Task<IReadOnlyList<PlanEntry>> PlanAsync(WorkspaceId workspace, InitiativeId id, Func<DateTimeOffset, DateOnly> date, CancellationToken ct)
    {
        var items = await db.PlanItems.AsNoTracking().Where(p => p.InitiativeId == id && p.WorkspaceId == workspace).ToListAsync(ct);
        var names = await NamesAsync(workspace, [.. items.Select(p => p.OwnerId).OfType<PersonId>()], ct);
        return
        [
            .. from p in items
               orderby p.DoneAt is not null, p.DueOn ?? DateOnly.MaxValue, p.CreatedAt
               select new PlanEntry(p.Kind, p.Text, p.OwnerId is { } owner ? names.GetValueOrDefault(owner) : null, p.DueOn, p.DoneAt is { } done ? date(done) : null),
        ];
    }

    private Task<Dictionary<PersonId, string>> NamesAsync(WorkspaceId workspace, List<PersonId> people, CancellationToken ct) =>
        db.People.Where(p => p.WorkspaceId == workspace && people.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
}

using Bot.Chat;
using Bot.CheckIns;
using Bot.Loops;
using Bot.Readiness;
using Bot.Store;
using Bot.Trends;
using Microsoft.EntityFrameworkCore;

namespace Bot.Reports;

/// <summary>Reads what the report says of one loop: a fixed number of queries for any number of weeks.</summary>
public sealed class ReadLoopReport(BotDb db, ReadHistory history, ReadReadiness readiness, ReadReliance reliance)
{
    /// <param name="stages">Of the initiative, for the marks on the time line.</param>
    public async Task<LoopReport> OfAsync(LoopInHand loop, IReadOnlyList<StageEntry> stages, DateOnly today, CancellationToken ct)
    {
        var (id, zone) = (loop.Loop.Id, loop.Loop.Slot.Zone);
        var weeks = await WeeksAsync(id, ct);
        var dates = await db.Rounds.Where(r => r.LoopId == id).ToDictionaryAsync(r => r.Id, r => r.ReviewDate, ct);
        var decisions = await db.Decisions.AsNoTracking().Where(d => d.LoopId == id).OrderByDescending(d => d.Id).ToListAsync(ct);
        var actions = await db.ActionItems.AsNoTracking().Where(a => a.LoopId == id).ToListAsync(ct);
        var experiments = await db.Experiments.AsNoTracking().Where(x => x.LoopId == id).OrderByDescending(x => x.Id).ToListAsync(ct);
        var rebases = await db.Rebases.AsNoTracking().Where(r => r.LoopId == id).OrderBy(r => r.From).ToListAsync(ct);
        var probed = await readiness.OfAsync(id, today, ct);
        var names = await NamesAsync(loop.Loop.WorkspaceId, [.. decisions.Select(d => d.By), .. actions.Select(a => a.OwnerId), .. rebases.Select(r => r.By)], ct);
        var decided = decisions.ConvertAll(d => new DecisionEntry(dates.GetValueOrDefault(d.RoundId, WeeklySlot.DateIn(d.At, zone)), d.Text, Name(d.By)));
        return new LoopReport(
            loop.Channel.Label,
            // Imported weeks lie before the loop itself.
            weeks.Select(w => w.Figures.ReviewDate).Append(WeeklySlot.DateIn(loop.Loop.StartedAt, zone)).Min(),
            loop.Loop.EndedAt is { } end ? WeeklySlot.DateIn(end, zone) : null,
            weeks,
            Series(loop, weeks, [.. rebases.Select(r => (r, Name(r.By)))], probed),
            decided,
            [.. actions.Select(a => new ActionEntry(a.Text, Name(a.OwnerId), a.DueOn, a.DoneAt is { } done ? WeeklySlot.DateIn(done, zone) : null, a.DoneAt is null && a.DueOn < today))
                .OrderBy(a => a.DoneOn is not null).ThenBy(a => a.DoneOn is null ? a.DueOn.DayNumber : -a.DoneOn.Value.DayNumber)],
            experiments.ConvertAll(x => new ExperimentEntry(dates.GetValueOrDefault(x.RoundId, WeeklySlot.DateIn(x.SetAt, zone)), x.Change, x.Expect, x.By, x.Result)),
            Mark.On(weeks,
            [
                .. stages.Select(s => new MarkedEvent(s.On, MarkKind.StageChange, StageWords.Moved(s), s.By)),
                .. decided.Select(d => new MarkedEvent(d.On, MarkKind.Decision, d.Text, d.By)),
            ]),
            probed.Now,
            loop.Loop.EndedAt is null ? await reliance.OfAsync(id, ct) : null);

        string Name(PersonId person) => names.GetValueOrDefault(person) ?? "somebody";
    }

    private async Task<IReadOnlyList<ReportedWeek>> WeeksAsync(LoopId loop, CancellationToken ct)
    {
        var reasons = await db.Rounds.Where(r => r.LoopId == loop && r.SkippedBecause != null).ToDictionaryAsync(r => r.Id, r => r.SkippedBecause, ct);
        return [.. (await history.OfAsync(loop, DateOnly.MaxValue, ct)).Select(w => new ReportedWeek(w, reasons.GetValueOrDefault(w.RoundId)))];
    }

    /// <summary>Those that have a value in some week.</summary>
    private static IReadOnlyList<ReportedSeries> Series(
        LoopInHand loop, IReadOnlyList<ReportedWeek> weeks, IReadOnlyList<(Rebase Rebase, string By)> rebases, LoopReadiness probed) =>
    [
        .. from name in Enum.GetValues<SeriesName>()
           let series = WeeklySeries.Of(name, [.. weeks.Select(w => w.Figures)], [.. rebases.Select(r => r.Rebase)],
               probed.Weeks.Where(w => w.Overall is not null).ToDictionary(w => w.ReviewDate, w => w.Overall!.Value))
           where series.Weeks.Any(w => w.Value is not null)
           select new ReportedSeries(
               ProcessBehaviourChart.Of(series), SeriesWords.For(name, loop.Initiative.Metric),
               [.. rebases.Where(r => r.Rebase.Series == name).Select(r => new RebaseEntry(r.Rebase.From, r.Rebase.Reason, r.By))]),
    ];

    private Task<Dictionary<PersonId, string>> NamesAsync(WorkspaceId workspace, List<PersonId> people, CancellationToken ct) =>
        db.People.Where(p => p.WorkspaceId == workspace && people.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
}

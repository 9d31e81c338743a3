using Bot.Chat;
using Bot.CheckIns;
using Bot.Evidence;
using Bot.Initiatives;
using Bot.Loops;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Warnings;

/// <summary>
/// Reads what the rules look at: a fixed number of queries for an initiative of any age. The initiative, its stage changes and obstacles are read with what
/// was decided in this turn; everything of its loop as saved, so weeks are asked about after they have closed.
/// </summary>
public sealed class ReadWarningFacts(BotDb db, ReadHistory history, ReadPast past, TimeProvider clock)
{
    private const int MostTexts = 200;
    private const int MostReports = 5000;
    private const string NoZone = "Etc/UTC";

    /// <param name="loop">The one whose weeks count; null while it has none.</param>
    public async Task<WarningFacts> OfAsync(Initiative initiative, Loop? loop, CancellationToken ct)
    {
        var zone = loop?.Slot.Zone ?? NoZone;
        var today = WeeklySlot.DateIn(clock.GetUtcNow(), zone);
        await db.StageChanges.Where(s => s.InitiativeId == initiative.Id).LoadAsync(ct);
        var changes = db.StageChanges.Local.Where(s => s.InitiativeId == initiative.Id).ToList();
        var facts = new WarningFacts
        {
            Today = today,
            Initiative = initiative,
            RegisteredOn = WeeklySlot.DateIn(initiative.CreatedAt, zone),
            StageSince = WeeklySlot.DateIn(TimeInStage.Since(initiative, changes), zone),
            Trainings = await db.PlanItems.AsNoTracking().Where(p => p.InitiativeId == initiative.Id && p.Kind == PlanKind.Training)
                .Select(p => new { p.CreatedAt, p.DoneAt }).ToListAsync(ct) is var sessions
                ? [.. sessions.Select(p => new Training(WeeklySlot.DateIn(p.CreatedAt, zone), p.DoneAt is { } done ? WeeklySlot.DateIn(done, zone) : null))] : [],
            Monitors = await MonitorsAsync(initiative.Id, zone, ct),
        };
        facts = await WithPastAsync(facts, changes, zone, ct);
        return loop is null ? facts : await WithOwnerAsync(await WithLoopAsync(facts, loop, ct), changes, loop, ct);
    }

    private async Task<WarningFacts> WithPastAsync(WarningFacts facts, List<StageChange> changes, string zone, CancellationToken ct)
    {
        var it = facts.Initiative;
        var all = await past.OfAsync(it.WorkspaceId, it.IsSample, ct);
        var began = changes.Where(s => s.To == Stage.Pilot).Select(s => s.At).Append(it.CreatedAt).Max();
        var own = changes.FirstOrDefault(s => s.To == Stage.Pilot && db.Entry(s).State == EntityState.Added);
        var starts = all.Starts.Concat(own is null ? [] : [new Start(it.Id, own.At)]).DistinctBy(s => s.Initiative).OrderBy(s => s.At);
        var until = began.AddDays(7 * (await ThresholdsAsync(it.WorkspaceId, ct)).Whole("one-more-pilot.weeks"));
        return facts with
        {
            InProduction = all.InProduction,
            OwnStops = await OwnStopsAsync(it, changes, zone, ct),
            Starts = [.. starts.Select(s => WeeklySlot.DateIn(s.At, zone))],
            Earlier = [.. all.Unfinished.Where(e => e.Initiative.Id != it.Id && e.Since <= until && !HasMovedOn(e.Initiative)).Select(WithNewest).Select(e => new Earlier(
                e.Initiative.Id, e.Initiative.Name, WeeklySlot.DateIn(e.Since, zone), e.Initiative.Stage != Stage.Pilot, e.Obstacle?.Cause, e.IsAnswered))],
        };
    }

    /// <summary>Each with the cause that counted when it went on.</summary>
    private async Task<IReadOnlyList<OwnStop>> OwnStopsAsync(Initiative it, List<StageChange> changes, string zone, CancellationToken ct)
    {
        var moves = changes.OrderBy(s => s.At).ThenBy(s => s.Id.Value).ToList();
        var stops = moves.Zip(moves.Skip(1)).Where(m => m.First.To == Stage.Stalled).ToList();
        if (stops.Count == 0)
        {
            return [];
        }

        var obstacles = await db.Obstacles.Where(o => o.InitiativeId == it.Id).ToListAsync(ct);
        return [.. stops.Select(m => new OwnStop(
            WeeklySlot.DateIn(m.First.At, zone),
            EarlierInitiatives.Newest(obstacles.Where(o => o.At <= m.Second.At))?.Cause ?? Cause.Unknown))];
    }

    /// <summary>In this turn, and not saved yet.</summary>
    private bool HasMovedOn(Initiative saved) =>
        db.Initiatives.Local.FirstOrDefault(i => i.Id == saved.Id) is { } now && now.Stage != saved.Stage && now.Stage is not (Stage.Stalled or Stage.Retired);

    /// <summary>With what was answered, or deleted, in this turn and is not saved yet.</summary>
    public EarlierInitiative WithNewest(EarlierInitiative earlier)
    {
        var inHand = db.Obstacles.Local.Where(o => o.InitiativeId == earlier.Initiative.Id).ToList();
        return earlier with { Obstacle = EarlierInitiatives.Newest(earlier.Obstacle is { } saved && !inHand.Exists(o => o.Id == saved.Id) ? inHand.Append(saved) : inHand) };
    }

    public async Task<Thresholds> ThresholdsAsync(WorkspaceId workspace, CancellationToken ct)
    {
        await db.Thresholds.Where(t => t.WorkspaceId == workspace).LoadAsync(ct);
        return new Thresholds(db.Thresholds.Local.Where(t => t.WorkspaceId == workspace).ToDictionary(t => t.Name, t => t.Value));
    }

    private async Task<IReadOnlyList<Monitored>> MonitorsAsync(InitiativeId id, string zone, CancellationToken ct)
    {
        var from = clock.GetUtcNow().AddDays(-49);
        var reports = await db.Evidence.AsNoTracking().Where(e => e.InitiativeId == id && e.At >= from && e.Verdict != Verdict.Unknown)
            .OrderByDescending(e => e.At).Take(MostReports).Select(e => new { e.At, e.Series, e.Verdict }).ToListAsync(ct);
        return [.. reports.GroupBy(e => (On: WeeklySlot.DateIn(e.At, zone), e.Series)).Select(g => new Monitored(g.Key.On, g.Key.Series, g.Max(e => e.Verdict)))];
    }

    private async Task<WarningFacts> WithLoopAsync(WarningFacts facts, Loop loop, CancellationToken ct)
    {
        var (id, zone) = (loop.Id, loop.Slot.Zone);
        var recent = facts.Today.AddDays(-42);
        var down = await db.RoundSteps.Where(s => s.State == StepState.Missed && (s.Step == Step.Review || s.Step == Step.Close) && db.Rounds.Any(r => r.Id == s.RoundId && r.LoopId == id))
            .Select(s => s.RoundId).ToListAsync(ct);
        var decisions = await db.Decisions.AsNoTracking().Where(d => d.LoopId == id).OrderByDescending(d => d.At).Take(MostTexts).Select(d => new { d.At, d.Text }).ToListAsync(ct);
        var actions = await db.ActionItems.Where(a => a.LoopId == id).OrderByDescending(a => a.CreatedAt).Take(MostTexts).Select(a => a.CreatedAt).ToListAsync(ct);
        return facts with
        {
            Weeks = await history.OfAsync(id, facts.Today, ct),
            Down = down.ToHashSet(),
            Rebases = await db.Rebases.AsNoTracking().Where(r => r.LoopId == id).ToListAsync(ct),
            Members = await db.Participants.Where(p => p.LoopId == id && p.LeftAt == null).Select(p => new Member(p.Role, p.Joined)).ToListAsync(ct),
            Decisions = [.. decisions.Select(d => new Written(WeeklySlot.DateIn(d.At, zone), d.Text))],
            ActionsAdded = [.. actions.Select(at => WeeklySlot.DateIn(at, zone))],
            Champions = await (
                from round in db.Rounds
                join invitation in db.Invitations on round.Id equals invitation.RoundId
                join answer in db.Answers on round.Id equals answer.RoundId
                where round.LoopId == id && round.ReviewDate > recent && invitation.Probe == Probe.WhoHelps
                    && answer.PersonId == invitation.PersonId && answer.Counted && answer.ProbeAnswer != null
                select new ChampionAnswer(round.ReviewDate, answer.ProbeAnswer!)).ToListAsync(ct),
        };
    }

    /// <summary>Signs of the owner: an answer, a decision, a stage moved, a warning answered.</summary>
    private async Task<WarningFacts> WithOwnerAsync(WarningFacts facts, List<StageChange> changes, Loop loop, CancellationToken ct)
    {
        if (facts.Initiative.OwnerId is not { } owner)
        {
            return facts;
        }

        var invited = await (
            from round in db.Rounds
            join invitation in db.Invitations on round.Id equals invitation.RoundId
            where round.LoopId == loop.Id && invitation.PersonId == owner
            orderby round.ReviewDate
            select new { round.Id, round.ReviewDate, Seen = invitation.AnsweredAt ?? invitation.DeclinedAt }).ToListAsync(ct);
        var decided = await db.Decisions.Where(d => d.LoopId == loop.Id && d.By == owner).MaxAsync(d => (DateTimeOffset?)d.At, ct);
        var answered = await db.WarningAnswers.Where(a => a.By == owner && db.Warnings.Any(w => w.Id == a.WarningId && w.InitiativeId == facts.Initiative.Id)).MaxAsync(a => (DateTimeOffset?)a.At, ct);
        var seen = invited.Select(i => i.Seen).Append(decided).Append(answered).Concat(changes.Where(s => s.By == owner).Select(s => (DateTimeOffset?)s.At)).Max();
        var lived = facts.Lived.Select(w => w.RoundId).ToHashSet();
        return facts with
        {
            OwnerSeenOn = seen is { } at ? WeeklySlot.DateIn(at, loop.Slot.Zone) : null,
            OwnerAskedFor = [.. invited.Where(i => lived.Contains(i.Id)).Select(i => i.ReviewDate)],
        };
    }
}

using Bot.Cards;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Digests;
using Bot.Initiatives;
using Bot.Loops;
using Bot.Reviews;
using Bot.Store;
using Bot.Trends;
using Microsoft.EntityFrameworkCore;

namespace Bot.Home;

/// <summary><c>/pilot home</c>, and the home of platforms that have one: what waits for me.</summary>
public sealed class ShowHome(BotDb db, ReadWeeks weeks, ReadTrends trends, CardBook cards, TimeProvider clock) : ICommandHandler
{
    private const int Most = 5;
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(8);

    public async Task<Reply> HandleAsync(Asked asked, string arguments, CancellationToken ct) => new Reply.Whisper(await CardAsync(asked.Workspace.Id, asked.By, ct));

    public async Task<Card> CardAsync(WorkspaceId workspace, Person me, CancellationToken ct)
    {
        var checkIns = await CheckInsAsync(workspace, me, ct);
        var actions = await ActionsAsync(workspace, me, ct);
        var owned = await OwnedAsync(workspace, me, ct);
        var reviews = await ReviewsAsync(workspace, me, ct);
        return cards.Fill(new HomeCard(
            [.. checkIns.Take(Most)], Math.Max(0, checkIns.Count - Most), [.. actions.Take(Most)], Math.Max(0, actions.Count - Most), actions.Count(a => a.Overdue),
            [.. owned.Take(Most)], Math.Max(0, owned.Count - Most), [.. reviews.Take(Most)], Math.Max(0, reviews.Count - Most),
            checkIns.Count + actions.Count + owned.Count + reviews.Count == 0));
    }

    private async Task<List<HomeCheckIn>> CheckInsAsync(WorkspaceId workspace, Person me, CancellationToken ct)
    {
        var open = await (
            from invitation in db.Invitations
            join round in db.Rounds on invitation.RoundId equals round.Id
            join loop in db.Loops on round.LoopId equals loop.Id
            join initiative in db.Initiatives on loop.InitiativeId equals initiative.Id
            where invitation.PersonId == me.Id && round.WorkspaceId == workspace && !round.Sealed && (round.State == RoundState.Collecting || round.State == RoundState.InReview)
            orderby round.ReviewAt
            select new { round.Id, round.ReviewDate, round.ReviewAt, initiative.Name, loop.Slot.Zone, invitation.AnsweredAt }).ToListAsync(ct);
        return open.ConvertAll(o => new HomeCheckIn(o.Id.ToString(), o.Name, Say.Week(o.ReviewDate), Say.DayAndTime(o.ReviewAt, me.TimeZone ?? o.Zone), o.AnsweredAt is not null));
    }

    private async Task<List<ActionLine>> ActionsAsync(WorkspaceId workspace, Person me, CancellationToken ct)
    {
        var open = await db.ActionItems.AsNoTracking().Where(a => a.WorkspaceId == workspace && a.OwnerId == me.Id && a.DoneAt == null)
            .Join(db.Loops, a => a.LoopId, l => l.Id, (item, loop) => new { item, loop.Slot.Zone, loop.InitiativeId })
            .Join(db.Initiatives, a => a.InitiativeId, i => i.Id, (a, initiative) => new { a.item, a.Zone, initiative.Name })
            .OrderBy(a => a.item.DueOn).ThenBy(a => a.item.Id).ToListAsync(ct);
        return open.ConvertAll(o => ActionLine.Of(o.item, o.Name, WeeklySlot.DateIn(clock.GetUtcNow(), o.Zone)));
    }

    private async Task<List<HomeInitiative>> OwnedAsync(WorkspaceId workspace, Person me, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var mine = await db.Initiatives.AsNoTracking().Where(i => i.WorkspaceId == workspace && i.OwnerId == me.Id && i.Stage != Stage.Retired).OrderBy(i => i.Name).ToListAsync(ct);
        var ids = mine.ConvertAll(i => i.Id);
        var loops = (await db.Loops.AsNoTracking().Where(l => ids.Contains(l.InitiativeId) && l.EndedAt == null).ToListAsync(ct))
            .GroupBy(l => l.InitiativeId).ToDictionary(g => g.Key, g => g.MaxBy(l => l.StartedAt)!);
        var changes = (await db.StageChanges.AsNoTracking().Where(s => ids.Contains(s.InitiativeId)).ToListAsync(ct)).ToLookup(s => s.InitiativeId);
        var lines = new List<HomeInitiative>();
        foreach (var initiative in mine)
        {
            var loop = loops.GetValueOrDefault(initiative.Id);
            // Beyond those listed only the number is said, so their weeks are not read.
            var how = loop is not null && lines.Count < Most ? await HowAsync(loop, initiative, ct) : null;
            lines.Add(new HomeInitiative(loop?.Id.ToString(), initiative.Name, TimeInStage.InWords(initiative, TimeInStage.Since(initiative, [.. changes[initiative.Id]]), now), how));
        }

        return lines;
    }

    /// <summary>The last closed week in one line, with the figures and words of the digest.</summary>
    private async Task<string?> HowAsync(Loop loop, Initiative initiative, CancellationToken ct)
    {
        var past = await trends.BeforeAsync(loop, initiative, DateOnly.MaxValue, ct);
        if (past.Means.LastOrDefault(m => m.State is RoundState.Closed)?.RoundId is not { } id)
        {
            return null;
        }

        var figures = await weeks.FiguresAsync(await db.Rounds.AsNoTracking().SingleAsync(r => r.Id == id, ct), ct);
        var over = past with { Means = [.. past.Means.Where(m => m.State != RoundState.InReview)] };
        return string.Join(" · ", new[] { Words.Performance(figures), Words.Answered(figures), TrendWords.Of(over.Performance(null), new Measure(SeriesName.Performance, null)) }.Where(w => !string.IsNullOrEmpty(w)));
    }

    private async Task<List<HomeReview>> ReviewsAsync(WorkspaceId workspace, Person me, CancellationToken ct)
    {
        var (now, until) = (clock.GetUtcNow(), clock.GetUtcNow() + Ahead);
        var next = await (
            from round in db.Rounds
            join loop in db.Loops on round.LoopId equals loop.Id
            join initiative in db.Initiatives on loop.InitiativeId equals initiative.Id
            where round.WorkspaceId == workspace && (round.State == RoundState.Planned || round.State == RoundState.Collecting)
                && round.ReviewAt > now && round.ReviewAt <= until && loop.EndedAt == null && loop.PausedAt == null
                && (initiative.OwnerId == me.Id || db.Participants.Any(p => p.LoopId == loop.Id && p.PersonId == me.Id))
            orderby round.ReviewAt
            select new { loop.Id, initiative.Name, round.ReviewAt, loop.Slot.Zone }).ToListAsync(ct);
        return next.ConvertAll(n => new HomeReview(n.Id.ToString(), n.Name, Say.DayAndTime(n.ReviewAt, me.TimeZone ?? n.Zone)));
    }
}

/// <param name="IsNew">Nothing of it concerns this person yet: the card shows the first step.</param>
public sealed record HomeCard(
    IReadOnlyList<HomeCheckIn> CheckIns, int MoreCheckIns,
    IReadOnlyList<ActionLine> Actions, int MoreActions, int Overdue,
    IReadOnlyList<HomeInitiative> Initiatives, int MoreInitiatives,
    IReadOnlyList<HomeReview> Reviews, int MoreReviews,
    bool IsNew) : ICardData
{
    public static string Template => "home";
}

/// <param name="Key">The round.</param>
/// <param name="Until">The review, in the reader's zone.</param>
public sealed record HomeCheckIn(string Key, string Initiative, string Week, string Until, bool Saved);

/// <param name="Key">The running loop; null without one.</param>
/// <param name="How">The last closed week; null before the first.</param>
public sealed record HomeInitiative(string? Key, string Name, string Stage, string? How);

/// <param name="Key">The loop.</param>
public sealed record HomeReview(string Key, string Initiative, string At);

using Bot.Cards;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Initiatives;
using Bot.Links;
using Bot.Loops;
using Bot.Readiness;
using Bot.Reviews;
using Bot.Store;
using Bot.Trends;
using Bot.Warnings;
using Microsoft.EntityFrameworkCore;

namespace Bot.Digests;

/// <summary><c>/pilot status</c>: how it stands, to the one who asked.</summary>
public sealed class ShowStatus(
    BotDb db, FindLoop find, ReadWeeks weeks, ReadTrends trends, ReadPlanProgress plan, ReadReliance reliance, ReadWarnings warnings, ILinks links, CardBook cards, TimeProvider clock)
    : ICommandHandler, IActionHandler
{
    public const string Action = "status.show";
    private const int WeeksShown = 12;
    private const int WarningsNamed = 3;

    public async Task<Reply> HandleAsync(Asked asked, string key, CancellationToken ct) =>
        await find.ByKeyAsync(asked, key, ct) is { } loop ? await ShowAsync(asked, loop, ct) : find.Unknown();

    Task<Reply> ICommandHandler.HandleAsync(Asked asked, string arguments, CancellationToken ct) =>
        find.OneAsync(asked, arguments, loop => ShowAsync(asked, loop, ct), ct);

    private async Task<Reply> ShowAsync(Asked asked, LoopInHand loop, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var zone = asked.By.TimeZone ?? loop.Loop.Slot.Zone;
        var today = WeeklySlot.DateIn(now, loop.Loop.Slot.Zone);
        var past = await trends.BeforeAsync(loop.Loop.Id, DateOnly.MaxValue, ct);
        var means = past.Means.TakeLast(WeeksShown).ToList();
        var over = past with { Means = [.. past.Means.Where(m => m.State != RoundState.InReview)] };
        var current = await db.Rounds.AsNoTracking()
            .Where(r => r.LoopId == loop.Loop.Id && (r.State == RoundState.Collecting || r.State == RoundState.Planned || r.State == RoundState.InReview))
            .OrderBy(r => r.ReviewDate).FirstOrDefaultAsync(ct);
        var lastId = means.LastOrDefault(m => m.State is RoundState.Closed)?.RoundId;
        var last = lastId is { } id ? await db.Rounds.AsNoTracking().SingleAsync(r => r.Id == id, ct) : null;
        var figures = last is null ? null : await weeks.FiguresAsync(last, ct);
        var open = await db.ActionItems.AsNoTracking().Where(a => a.LoopId == loop.Loop.Id && a.DoneAt == null).OrderBy(a => a.DueOn).ToListAsync(ct);
        var owner = loop.Initiative.OwnerId is { } ownerId ? (await db.People.FindAsync([ownerId], ct))?.Name : null;
        return new Reply.Whisper(cards.Fill(new StatusCard(
            loop.Loop.Id.ToString(),
            loop.Initiative.Name,
            loop.Initiative.IsSample,
            await StageAsync(loop.Initiative, now, ct),
            owner,
            [.. means.Where(m => m.State != RoundState.Skipped || m == means[^1]).TakeLast(WeeksShown).Select(m => WeekLine.Of(m, today))],
            Words.Sparkline([.. means.Select(m => (m.ReviewDate, m.Mean))]),
            figures is null ? null : Words.Performance(figures),
            figures is null ? null : Words.Answered(figures),
            figures is null ? null : TrendWords.Of(over.Performance(null), new Measure(SeriesName.Performance, null)),
            figures is null ? null : Words.Metric(loop.Initiative.Metric, figures.Metric),
            figures is null || loop.Initiative.Metric is null ? null : TrendWords.Of(over.Behaviour(null), new Measure(SeriesName.Behaviour, loop.Initiative.Metric)),
            await AnsweringAsync(current, ct),
            open.Count,
            open.Count(a => a.DueOn < today),
            await FirstOverdueAsync(open.Find(a => a.DueOn < today), today, ct),
            loop.Loop.PausedAt is null ? null : loop.Loop.PausedBecause ?? "",
            current is null ? null : Say.DayAndTime(current.ReviewAt, zone),
            (await plan.OfAsync(loop.Initiative.Id, ct)).InWords(await reliance.OfAsync(loop.Loop.Id, ct)),
            WarningsInWords(await warnings.OpenAsync(loop.Initiative.Id, ct)),
            links.Report(loop.Loop.WorkspaceId, loop.Initiative.Id).AbsoluteUri)));
    }

    /// <summary>"2 warnings: no owner, behaviour flat".</summary>
    private static string? WarningsInWords(IReadOnlyList<OpenWarning> open) => open.Count == 0 ? null
        : $"{Say.Count(open.Count, "warning")}: {string.Join(", ", open.Take(WarningsNamed).Select(w => w.Title))}{(open.Count > WarningsNamed ? " ..." : "")}";

    private async Task<string> StageAsync(Initiative initiative, DateTimeOffset now, CancellationToken ct)
    {
        var changes = await db.StageChanges.AsNoTracking().Where(s => s.InitiativeId == initiative.Id).ToListAsync(ct);
        return TimeInStage.InWords(initiative, TimeInStage.Since(initiative, changes), now);
    }

    private async Task<string?> FirstOverdueAsync(ActionItem? item, DateOnly today, CancellationToken ct) =>
        item is null ? null : $"\"{Say.Shortened(item.Text, 80)}\", {(await db.People.FindAsync([item.OwnerId], ct))?.Name}, due {Say.Date(item.DueOn, today)}";

    /// <summary>How many have answered the open week; never what, before the review.</summary>
    private async Task<string?> AnsweringAsync(Round? current, CancellationToken ct)
    {
        if (current is null or { State: RoundState.Planned })
        {
            return null;
        }

        var asked = await db.Invitations.Where(i => i.RoundId == current.Id).GroupBy(_ => 1)
            .Select(g => new { All = g.Count(), Answered = g.Count(i => i.AnsweredAt != null) }).FirstOrDefaultAsync(ct);
        return $"{asked?.Answered ?? 0} of {asked?.All ?? 0} answered so far";
    }
}

/// <param name="Key">The loop.</param>
/// <param name="Stage">With the weeks in it.</param>
/// <param name="Weeks">The last weeks, oldest first.</param>
/// <param name="Performance">Of the last closed week; null before the first.</param>
/// <param name="Trend">Signal or routine variation, in words.</param>
/// <param name="Answering">Of the open week, if one is open.</param>
/// <param name="FirstOverdue">The action that is overdue the longest, with who and when.</param>
/// <param name="Plan">How far the deployment plan has come and how many rely on it.</param>
/// <param name="Warnings">How many are open, and which.</param>
/// <param name="Paused">Why, while it is paused.</param>
public sealed record StatusCard(
    string Key,
    string Initiative,
    bool IsSample,
    string Stage,
    string? Owner,
    IReadOnlyList<WeekLine> Weeks,
    string Sparkline,
    string? Performance,
    string? Answered,
    string? Trend,
    string? Metric,
    string? MetricTrend,
    string? Answering,
    int OpenActions,
    int Overdue,
    string? FirstOverdue,
    string? Paused,
    string? NextReview,
    string? Plan,
    string? Warnings,
    string ReportUrl) : ICardData
{
    public static string Template => "status";
}

/// <param name="Mean">"3.9", or why there is none.</param>
public sealed record WeekLine(string Week, string Mean, int N)
{
    public static WeekLine Of(WeekMean week, DateOnly today) => new(
        Say.Date(Say.Monday(week.ReviewDate), today) + (week.Imported ? " (imported)" : ""),
        week.State == RoundState.Skipped ? "left out" : week.Mean is { } mean ? Words.Mean(mean) : "too few",
        week.Rated);
}

using Bot.Cards;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Initiatives;
using Bot.Links;
using Bot.Loops;
using Bot.Store;
using Bot.Trends;
using Bot.Warnings;

namespace Bot.Digests;

/// <summary><c>/pilot status</c>: how it stands, to the one who asked.</summary>
public sealed class ShowStatus(FindLoop find, ReadStatus read, Moment moment, ILinks links, CardBook cards, TimeProvider clock) : IQuestionHandler, IActionHandler
{
    public const string Action = "status.show";
    private const int WeeksShown = 12;
    private const int WarningsNamed = 3;

    public async Task<Reply> HandleAsync(Asked asked, string key, CancellationToken ct) =>
        await find.ByKeyAsync(asked, key, ct) is { } loop ? await ShowAsync(loop.Loop.Id, asked.By.TimeZone) : find.Unknown();

    Task<Reply> ICommandHandler.HandleAsync(Asked asked, string arguments, CancellationToken ct) =>
        find.MeantAsync(asked, arguments, loop => ShowAsync(loop, asked.By.TimeZone));

    /// <summary>Everybody is told the same of a loop within a minute, but for the zone in which times are said.</summary>
    private Task<Reply> ShowAsync(LoopId loop, string? zone) => moment.OnceAsync((typeof(StatusCard), loop, zone, clock.GetUtcNow().Ticks / TimeSpan.TicksPerMinute), async ct =>
        await read.OfAsync(loop, ct) is { } facts ? new Reply.Whisper(cards.Fill(Card(facts, zone ?? facts.Loop.Slot.Zone))) : find.Unknown());

    private StatusCard Card(StatusFacts facts, string zone)
    {
        var now = clock.GetUtcNow();
        var today = WeeklySlot.DateIn(now, facts.Loop.Slot.Zone);
        var means = facts.Past.Means.TakeLast(WeeksShown).ToList();
        var over = facts.Past with { Means = [.. facts.Past.Means.Where(m => m.State != RoundState.InReview)] };
        var (figures, metric) = (facts.Last, facts.Initiative.Metric);
        return new StatusCard(
            facts.Loop.Id.ToString(),
            facts.Initiative.Name,
            facts.Initiative.IsSample,
            TimeInStage.InWords(facts.Initiative, TimeInStage.Since(facts.Initiative, facts.StageChanges), now),
            facts.Owner,
            [.. means.Where(m => m.State != RoundState.Skipped || m == means[^1]).Select(m => WeekLine.Of(m, today))],
            Words.Sparkline([.. means.Select(m => (m.ReviewDate, m.Mean))]),
            figures is null ? null : Words.Performance(figures),
            figures is null ? null : Words.Answered(figures),
            figures is null ? null : TrendWords.Of(over.Performance(null), new Measure(SeriesName.Performance, null)),
            figures is null ? null : Words.Metric(metric, figures.Metric),
            figures is null || metric is null ? null : TrendWords.Of(over.Behaviour(null), new Measure(SeriesName.Behaviour, metric)),
            // How many have answered the open week; never what, before the review.
            facts.Current is null or { State: RoundState.Planned } ? null : $"{facts.Answering.Answered} of {facts.Answering.All} answered so far",
            facts.Actions.Count,
            facts.Actions.Count(a => a.DueOn < today),
            facts.Actions.FirstOrDefault(a => a.DueOn < today) is { } late ? $"\"{Say.Shortened(late.Text, 80)}\", {late.Owner}, due {Say.Date(late.DueOn, today)}" : null,
            facts.Loop.PausedAt is null ? null : facts.Loop.PausedBecause ?? "",
            facts.Current is { } current ? Say.DayAndTime(current.ReviewAt, zone) : null,
            facts.Plan.InWords(facts.Reliance),
            WarningsInWords(facts.Warnings),
            links.Report(facts.Loop.WorkspaceId, facts.Initiative.Id).AbsoluteUri);
    }

    /// <summary>"2 warnings: no owner, behaviour flat".</summary>
    private static string? WarningsInWords(IReadOnlyList<OpenWarning> open) => open.Count == 0 ? null
        : $"{Say.Count(open.Count, "warning")}: {string.Join(", ", open.Take(WarningsNamed).Select(w => w.Title))}{(open.Count > WarningsNamed ? " ..." : "")}";
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

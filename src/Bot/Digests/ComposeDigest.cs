using Bot.Cards;
using Bot.CheckIns;
using Bot.Evidence;
using Bot.Initiatives;
using Bot.Reviews;
using Bot.Ties;
using Bot.Trends;
using Bot.Warnings;

namespace Bot.Digests;

/// <summary>What is known of a week when its digest is written.</summary>
public sealed record DigestFacts(RoundInHand Week, WeekFigures Figures, ReviewFacts Review)
{
    /// <summary>The means of the weeks before, oldest first.</summary>
    public required IReadOnlyList<WeekMean> Before { get; init; }

    /// <summary>Mean performance of all weeks, this one last.</summary>
    public required ProcessBehaviourChart Performance { get; init; }

    /// <summary>The behaviour metric of all weeks, this one last.</summary>
    public required ProcessBehaviourChart Behaviour { get; init; }

    public IReadOnlyList<ThemeNow> Themes { get; init; } = [];

    /// <summary>What monitors reported this week.</summary>
    public MonitorLines Monitors { get; init; } = MonitorLines.None;

    /// <summary>How far the deployment plan has come and how many rely on it, in words; null when there is nothing to say.</summary>
    public string? Plan { get; init; }

    /// <summary>Worst first.</summary>
    public IReadOnlyList<OpenWarning> Warnings { get; init; } = [];

    /// <summary>The week of both places where the initiative is followed; null where it is followed here alone.</summary>
    public WeekTogether? Together { get; init; }

    /// <summary>Answers that came after the round closed.</summary>
    public int LateAnswers { get; init; }

    /// <summary>How long after its time the digest came; null when on time.</summary>
    public TimeSpan? LateBy { get; init; }

    /// <summary>The initiative's report page.</summary>
    public required Uri Report { get; init; }
}

/// <summary>Writes the digest of a week. Pure: the same facts give the same card, to the letter.</summary>
public static class ComposeDigest
{
    private const int MaxStruggles = 3;
    private const int MaxExamples = 3;
    private const int MaxWarnings = 3;
    private const int WorthTheHeadline = 2;
    private const string TextsGone = "What people wrote that week is no longer kept; the numbers are.";
    private const string NotStarted = "nobody started the review";
    private static readonly Measure Performance = new(SeriesName.Performance, null);

    public static DigestCard From(DigestFacts facts)
    {
        var (round, figures) = (facts.Week.Round, facts.Figures);
        var today = round.ReviewDate;
        var actions = facts.Review.Actions(today);
        var overdue = actions.Count(a => a.Overdue);
        var attention = NeedsAttention(facts, overdue);
        var struggles = GotInTheWay.Lines(figures, facts.Themes);
        var metric = facts.Week.Initiative.Metric;
        return new DigestCard(
            facts.Week.Loop.Id.ToString(),
            round.Id.ToString(),
            round is { Asynchronous: true, Imported: false },
            facts.Week.Initiative.Name,
            facts.Week.Initiative.IsSample,
            Say.Week(round.ReviewDate),
            attention is null ? "Nothing needs you this week." : $"Needs attention: {attention}.",
            attention is not null,
            facts.LateBy is { } late ? $"This digest is {Say.Span(late)} late." : null,
            attention == NotStarted ? null : Held(round),
            Words.Performance(figures),
            Words.Answered(figures),
            Before(facts.Before, round.ReviewDate),
            Words.Sparkline([.. facts.Before.Select(w => (w.ReviewDate, w.Mean)), (round.ReviewDate, figures.Mean)]),
            TrendWords.Of(facts.Performance, Performance),
            TrendWords.HasSignal(facts.Performance),
            Late(facts),
            facts.Together?.InWords(),
            Words.Metric(metric, figures.Metric),
            metric is null ? null : TrendWords.Of(facts.Behaviour, new Measure(SeriesName.Behaviour, metric)),
            metric is not null && TrendWords.HasSignal(facts.Behaviour),
            facts.Plan,
            [.. struggles.Take(MaxStruggles)],
            struggles.Count > MaxStruggles ? $"{struggles.Count - MaxStruggles} more" : null,
            round.TextsGoneAt is null ? null : TextsGone,
            Words.Drift(figures.Drift),
            [.. (figures.Drift?.Examples ?? []).Take(MaxExamples).Select(e => Say.Shortened(e, 140))],
            facts.Monitors.Lines,
            facts.Monitors.More,
            facts.Review.Decisions,
            actions,
            overdue,
            facts.Review.LastExperiment,
            facts.Review.Experiment,
            [.. facts.Warnings.Take(MaxWarnings).Select(w => w.InWords)],
            Math.Max(0, facts.Warnings.Count - MaxWarnings),
            facts.Report.AbsoluteUri);
    }

    /// <summary>
    /// The first of these that holds: people and monitors disagree, a signal the wrong way, people not answering, a review that did not happen,
    /// promises not kept, a warning that is more than a notice.
    /// </summary>
    private static string? NeedsAttention(DigestFacts facts, int overdue)
    {
        var (round, figures) = (facts.Week.Round, facts.Figures);
        return figures switch
        {
            _ when facts.Monitors.Disagreement is { } disagreement => disagreement,
            _ when TrendWords.Attention(facts.Performance, Performance) is { } worse => worse,
            _ when facts.Week.Initiative.Metric is { } metric && TrendWords.Attention(facts.Behaviour, new Measure(SeriesName.Behaviour, metric)) is { } worse => worse,
            { Asked: > 0 and var asked, Answered: var answered } when answered * 2 < asked => $"only {answered} of {asked} answered",
            _ when !round.Imported && !round.Asynchronous && round.StartedAt is null => NotStarted,
            _ when overdue > 0 => overdue == 1 ? "1 action is overdue" : $"{overdue} actions are overdue",
            _ when facts.Warnings is [{ Level: >= WorthTheHeadline } worst, ..] => $"the warning \"{worst.Title}\" waits for an answer",
            _ => null,
        };
    }

    private static string? Held(Round round) => round switch
    {
        { Imported: true } => "Imported week; no review was held here.",
        { Asynchronous: true } => null,
        { StartedAt: null } => "The review was not held.",
        _ => null,
    };

    private static string? Before(IReadOnlyList<WeekMean> before, DateOnly today) => before switch
    {
        [] => null,
        [.., var last] when !Words.IsNext(last.ReviewDate, today) =>
            last.Mean is { } mean ? $"Before that, in the {Say.Week(last.ReviewDate, today)}, {Words.Mean(mean)} (n = {last.Rated})" : null,
        [.., { State: RoundState.Skipped }] => "Last week was left out",
        [.., { Mean: { } mean, Rated: var n }] => $"Last week {Words.Mean(mean)} (n = {n})",
        _ => "Last week too few answered to show",
    };

    private static string? Late(DigestFacts facts) => (facts.LateAnswers, facts.Figures.Waiting) switch
    {
        (0, 0) => null,
        (var late, 0) => $"{Say.Count(late, "answer")} came after the review and {(late == 1 ? "is" : "are")} included.",
        (_, var waiting) => $"{Say.Count(waiting, "answer")} came or changed later and {(waiting == 1 ? "is" : "are")} not in the figures yet:"
            + " the difference would show what one person said.",
    };
}

/// <param name="Key">The loop.</param>
/// <param name="Asynchronous">There is no review card: decisions, actions and the experiment are added here.</param>
/// <param name="Headline">One sentence: what needs attention, or that nothing does. That people and monitors disagree is said here.</param>
/// <param name="LateBy">Said when the service was down at the digest's time.</param>
/// <param name="Held">Said when there was no review.</param>
/// <param name="Before">The mean of the week before beside this one's; no word about a trend.</param>
/// <param name="Trend">Signal or routine variation, in words; or how many weeks there are while too few.</param>
/// <param name="Late">What late answers did to the figures.</param>
/// <param name="Together">How many of both places answered, where the initiative is followed in two.</param>
/// <param name="Metric">The behaviour metric against baseline and target.</param>
/// <param name="Plan">How far the deployment plan has come and how many rely on it.</param>
/// <param name="MoreStruggles">How many are not listed.</param>
/// <param name="TextsGone">Said when what people wrote is no longer kept.</param>
/// <param name="Monitors">What monitors reported this week.</param>
/// <param name="Warnings">Open ones, worst first.</param>
public sealed record DigestCard(
    string Key,
    string Round,
    bool Asynchronous,
    string Initiative,
    bool IsSample,
    string Week,
    string Headline,
    bool NeedsAttention,
    string? LateBy,
    string? Held,
    string Performance,
    string Answered,
    string? Before,
    string Sparkline,
    string Trend,
    bool IsSignal,
    string? Late,
    string? Together,
    string? Metric,
    string? MetricTrend,
    bool MetricIsSignal,
    string? Plan,
    IReadOnlyList<StruggleLine> Struggles,
    string? MoreStruggles,
    string? TextsGone,
    string Drift,
    IReadOnlyList<string> DriftExamples,
    IReadOnlyList<string> Monitors,
    string? MoreMonitors,
    IReadOnlyList<string> Decisions,
    IReadOnlyList<ActionLine> Actions,
    int Overdue,
    ExperimentLine? LastExperiment,
    ExperimentLine? Experiment,
    IReadOnlyList<string> Warnings,
    int MoreWarnings,
    string ReportUrl) : ICardData
{
    public static string Template => "digest";
}

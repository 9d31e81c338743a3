using Bot.CheckIns;
using Bot.Initiatives;
using Bot.Readiness;
using Bot.Trends;

namespace Bot.Portfolios;

/// <summary>What is known of a workspace's initiatives when their portfolio is written.</summary>
/// <param name="Moves">What moved stage in the span it is about, the newest first.</param>
/// <param name="At">When it is written.</param>
/// <param name="Zone">In which its dates are said.</param>
public sealed record PortfolioFacts(IReadOnlyList<InitiativeFacts> Initiatives, IReadOnlyList<StageMove> Moves, DateTimeOffset At, string Zone);

/// <summary>One initiative of it.</summary>
/// <param name="Since">When it entered its stage.</param>
/// <param name="StartedAt">When it first was more than an idea; null while it is one.</param>
/// <param name="WasInProduction">Ever.</param>
/// <param name="Obstacle">The newest answer to what keeps it from production.</param>
/// <param name="Loop">Null without a running loop.</param>
/// <param name="Overdue">How many of its actions are.</param>
public sealed record InitiativeFacts(
    Initiative Initiative,
    DateTimeOffset Since,
    DateTimeOffset? StartedAt,
    bool WasInProduction,
    string? Owner,
    Obstacle? Obstacle,
    LoopFacts? Loop,
    int Overdue,
    IReadOnlyList<OpenWarning> Warnings);

/// <summary>How the weekly loop of an initiative goes.</summary>
/// <param name="Paused">Why; null unless it is paused.</param>
/// <param name="Week">The week whose review fell into the span, closed or left out; null when there was none.</param>
/// <param name="LastReview">Of the weeks before, the last one that was closed or left out.</param>
/// <param name="NextReview">The coming one.</param>
/// <param name="Performance">The mean ratings up to <paramref name="Week"/>.</param>
/// <param name="Reliance">How many rely on it; null while too few have answered.</param>
public sealed record LoopFacts(
    DateTimeOffset StartedAt, string? Paused, PortfolioWeek? Week, DateOnly? LastReview, DateOnly? NextReview, ProcessBehaviourChart Performance, Reliance? Reliance);

/// <summary>One week of one loop, as far as managers read of it.</summary>
/// <param name="Held">Null where no review was due: left out, imported, or without a meeting.</param>
/// <param name="Asked">Null for imported weeks.</param>
/// <param name="Mean">Null below three ratings.</param>
public sealed record PortfolioWeek(DateOnly ReviewDate, RoundState State, string? SkippedBecause, bool? Held, int? Asked, int Answered, double? Mean);

/// <param name="Level">1 notice, 2 warning, 3 critical.</param>
public sealed record OpenWarning(string Rule, int Level);

/// <param name="From">Null when it was registered.</param>
public sealed record StageMove(string Initiative, bool IsSample, Stage? From, Stage To, string? Reason, string? By, DateTimeOffset At);

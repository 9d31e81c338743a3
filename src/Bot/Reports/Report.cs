using Bot.CheckIns;
using Bot.Evidence;
using Bot.Initiatives;
using Bot.Readiness;
using Bot.Reviews;
using Bot.Trends;
using Bot.Warnings;

namespace Bot.Reports;

/// <summary>Everything the report of one initiative says, made of counted figures and of what was said in reviews; no answer is quoted.</summary>
/// <param name="Owner">The product owner's name; null while there is none.</param>
/// <param name="Loops">Newest first, ended ones too.</param>
/// <param name="Stages">Newest first.</param>
/// <param name="Warnings">Open ones first, worst first.</param>
/// <param name="Monitors">What monitors reported in the last weeks.</param>
/// <param name="Zone">In which its times and dates are meant.</param>
public sealed record Report(
    Initiative Initiative,
    string? Owner,
    StageNow Stage,
    IReadOnlyList<LoopReport> Loops,
    IReadOnlyList<StageEntry> Stages,
    IReadOnlyList<WarningEntry> Warnings,
    IReadOnlyList<MonitorEntry> Monitors,
    IReadOnlyList<PlanEntry> Plan,
    string Zone,
    DateTimeOffset At,
    DateOnly Today);

/// <summary>How long an initiative is in its stage.</summary>
/// <param name="Week">1 in its first week.</param>
/// <param name="OfWeeks">Of a pilot, how many weeks are planned; null in other stages.</param>
public sealed record StageNow(Stage Stage, DateOnly Since, int Week, int? OfWeeks)
{
    private const int PilotWeeks = 12;

    /// <param name="plannedEnd">Of the pilot; null counts as twelve weeks after it began.</param>
    public static StageNow Of(Stage stage, DateOnly since, DateOnly? plannedEnd, DateOnly today) => new(
        stage,
        since,
        Math.Max(0, today.DayNumber - since.DayNumber) / 7 + 1,
        stage == Stage.Pilot ? Math.Max(1, ((plannedEnd?.DayNumber ?? since.DayNumber + (PilotWeeks * 7)) - since.DayNumber + 6) / 7) : null);
}

/// <summary>The initiative moved on.</summary>
/// <param name="By">Null when nobody is known to have done it.</param>
public sealed record StageEntry(DateOnly On, Stage? From, Stage To, string? Reason, string? By);

/// <summary>One loop in a report.</summary>
/// <param name="EndedOn">Null while it runs.</param>
/// <param name="Weeks">Over or left out, oldest first.</param>
/// <param name="Series">Those with at least one value.</param>
/// <param name="Decisions">Newest first, as are the lists after it.</param>
/// <param name="Marks">What happened on its time line, oldest first.</param>
/// <param name="Readiness">The five dimensions as its probes measure them now.</param>
/// <param name="Reliance">How many users rely on it; null below three who answer, and once the loop has ended.</param>
public sealed record LoopReport(
    string Channel,
    DateOnly StartedOn,
    DateOnly? EndedOn,
    IReadOnlyList<ReportedWeek> Weeks,
    IReadOnlyList<ReportedSeries> Series,
    IReadOnlyList<DecisionEntry> Decisions,
    IReadOnlyList<ActionEntry> Actions,
    IReadOnlyList<ExperimentEntry> Experiments,
    IReadOnlyList<Mark> Marks,
    IReadOnlyList<DimensionScore> Readiness,
    Reliance? Reliance);

/// <summary>One week of a loop.</summary>
public sealed record ReportedWeek(WeekInNumbers Figures, string? SkippedBecause)
{
    /// <summary>Enough answers to say what is in them.</summary>
    public bool MaySay => Figures.State != RoundState.Skipped && Figures.Counted >= CountAnswers.Fewest;
}

/// <summary>One series with its chart, and what it is called.</summary>
/// <param name="Rebases">Why its limits were computed anew, oldest first.</param>
public sealed record ReportedSeries(ProcessBehaviourChart Chart, SeriesWords Words, IReadOnlyList<RebaseEntry> Rebases)
{
    /// <summary>The stretch a week belongs to.</summary>
    public ChartRun RunAt(int place) => Chart.Runs.First(r => place >= r.From && place <= r.To);

    /// <summary>The signals a week with a value shows, in the order of the rules; inside a stretch a week on the other side of the mean shows nothing.</summary>
    public IEnumerable<Signal> SignalsAt(int place) => Chart.Series.Weeks[place].Value is not { } value ? []
        : Chart.Signals.Where(s => place >= s.From && place <= s.To && s.Up == value > RunAt(place).Limits!.Mean);
}

/// <param name="From">The review date of the first week of the new run.</param>
public sealed record RebaseEntry(DateOnly From, string Reason, string By);

/// <param name="On">The date of its review.</param>
public sealed record DecisionEntry(DateOnly On, string Text, string By);

public sealed record ActionEntry(string Text, string Owner, DateOnly DueOn, DateOnly? DoneOn, bool Overdue);

public sealed record ExperimentEntry(DateOnly SetOn, string Change, string Expect, DateOnly By, ExperimentResult? Result);

/// <param name="Level">1 notice, 2 warning, 3 critical.</param>
public sealed record WarningEntry(string Rule, int Level, WarningState State, string Finding, DateOnly OpenedOn, DateOnly? EndedOn, IReadOnlyList<WarningAnswerEntry> Answers);

public sealed record WarningAnswerEntry(string Text, string By, DateOnly On);

/// <summary>What one monitor reported about one thing: its newest item, and how many of which verdict.</summary>
public sealed record MonitorEntry(
    EvidenceSource Source, string Series, int Reports, int Drift, int Possible, DateOnly LastOn, Verdict Last, double? Value, string? Unit, double? Threshold, string? Method, string? Text);

public sealed record PlanEntry(PlanKind Kind, string Text, string? Owner, DateOnly? DueOn, DateOnly? DoneOn);

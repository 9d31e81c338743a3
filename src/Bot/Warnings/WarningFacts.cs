using Bot.Cards;
using Bot.CheckIns;
using Bot.Evidence;
using Bot.Initiatives;
using Bot.Loops;
using Bot.Trends;

namespace Bot.Warnings;

/// <summary>An initiative of the workspace that stopped before this one began, or about then, and never reached production.</summary>
/// <param name="StoppedOn">When it stalled or was retired; of a pilot that simply went on, the day after its planned end.</param>
/// <param name="Ended">Stalled or retired, not merely past its end.</param>
/// <param name="Cause">The newest recorded one; null while nobody has said anything.</param>
/// <param name="IsAnswered">The recorded answer is a clear one.</param>
public sealed record Earlier(InitiativeId Id, string Name, DateOnly StoppedOn, bool Ended, Cause? Cause, bool IsAnswered);

/// <summary>A time this initiative itself stalled and went on from.</summary>
public sealed record OwnStop(DateOnly On, Cause Cause);

/// <summary>A decision, with the day it was made.</summary>
public sealed record Written(DateOnly On, string Text);

/// <summary>Work on people's skills in the deployment plan.</summary>
public sealed record Training(DateOnly PlannedOn, DateOnly? DoneOn);

/// <summary>Who takes part, as what.</summary>
public sealed record Member(Role Role, Joined Joined);

/// <summary>One answer to "who helps you with it?".</summary>
/// <param name="Said">A person's id, "else" or "nobody".</param>
public sealed record ChampionAnswer(DateOnly ReviewDate, string Said);

/// <summary>What monitors said on one day about one series, the worst of it.</summary>
public sealed record Monitored(DateOnly On, string Series, Verdict Verdict);

/// <summary>Everything the rules look at, as of one day. Dates are days in the loop's zone.</summary>
public sealed record WarningFacts
{
    public required DateOnly Today { get; init; }
    public required Initiative Initiative { get; init; }

    /// <summary>When it was registered.</summary>
    public required DateOnly RegisteredOn { get; init; }

    /// <summary>When it entered the stage it is in.</summary>
    public required DateOnly StageSince { get; init; }
    public IReadOnlyList<Earlier> Earlier { get; init; } = [];
    public IReadOnlyList<OwnStop> OwnStops { get; init; } = [];

    /// <summary>When pilots of the workspace began since one last reached production, this one included; oldest first.</summary>
    public IReadOnlyList<DateOnly> Starts { get; init; } = [];

    /// <summary>How many initiatives of the workspace are in production.</summary>
    public int InProduction { get; init; }

    /// <summary>Closed and left-out weeks of its loop, oldest first.</summary>
    public IReadOnlyList<WeekInNumbers> Weeks { get; init; } = [];

    /// <summary>Weeks in which a step could not be done because the service was down: nobody's failure.</summary>
    public IReadOnlySet<RoundId> Down { get; init; } = new HashSet<RoundId>();

    public IReadOnlyList<Rebase> Rebases { get; init; } = [];
    public IReadOnlyList<Member> Members { get; init; } = [];
    public IReadOnlyList<Training> Trainings { get; init; } = [];

    /// <summary>The day each action was added.</summary>
    public IReadOnlyList<DateOnly> ActionsAdded { get; init; } = [];
    public IReadOnlyList<Written> Decisions { get; init; } = [];
    public IReadOnlyList<ChampionAnswer> Champions { get; init; } = [];
    public IReadOnlyList<Monitored> Monitors { get; init; } = [];

    /// <summary>When the owner last answered, decided or moved anything here.</summary>
    public DateOnly? OwnerSeenOn { get; init; }

    /// <summary>The reviews before which the owner was asked.</summary>
    public IReadOnlyList<DateOnly> OwnerAskedFor { get; init; } = [];

    /// <summary>Weeks the team lived itself: reviewed or not, but neither imported nor left out nor lost to the service being down.</summary>
    public IReadOnlyList<WeekInNumbers> Lived => field ??= [.. Weeks.Where(w => !w.Imported && w.State == RoundState.Closed && !Down.Contains(w.RoundId))];

    /// <summary>The last so many lived weeks, fewer if there are not so many.</summary>
    public IReadOnlyList<WeekInNumbers> Last(int weeks) => [.. Lived.TakeLast(weeks)];

    public ProcessBehaviourChart ChartOf(SeriesName series) => ProcessBehaviourChart.Of(WeeklySeries.Of(series, Weeks, Rebases));

    /// <summary>Whole weeks in the stage it is in.</summary>
    public int WeeksInStage => WeeksSince(StageSince);

    public int WeeksSince(DateOnly date) => Math.Max(0, (Today.DayNumber - date.DayNumber) / 7);

    /// <summary>"12 Nov".</summary>
    public string Say(DateOnly date) => Cards.Say.Date(date, Today);
}

/// <summary>Small questions several rules ask about weeks.</summary>
public static class WeeksInARow
{
    /// <summary>How many of the last weeks, counted back from the last, are so without a break.</summary>
    public static int Running(this IReadOnlyList<WeekInNumbers> weeks, Func<WeekInNumbers, bool> so) => weeks.Reverse().TakeWhile(so).Count();

    public static int Named(this WeekInNumbers week, Struggles struggle) => week.Struggles.GetValueOrDefault(struggle);

    /// <summary>Of the answers that are shown; 0 where too few are.</summary>
    public static double ShareOf(this WeekInNumbers week, Struggles struggle) =>
        week.Counted >= CountAnswers.Fewest ? (double)week.Named(struggle) / week.Counted : 0;

    /// <summary>"3 of 8 answers in the week of 16 November".</summary>
    public static string Line(this WeekInNumbers week, Struggles struggle, DateOnly today) =>
        $"{Say.Week(week.ReviewDate, today)}: {week.Named(struggle)} of {week.Counted} answers";
}

using Bot.Cards;

namespace Bot.Initiatives;

/// <summary>How long an initiative has been where it is, and when a pilot is over.</summary>
public static class TimeInStage
{
    public const int UsualPilotWeeks = 12;

    /// <summary>When it entered the stage it is in; when it was registered, if no change to that stage is recorded.</summary>
    public static DateTimeOffset Since(Initiative initiative, IEnumerable<StageChange> itsChanges) =>
        itsChanges.Where(s => s.To == initiative.Stage).OrderBy(s => s.At).ThenBy(s => s.Id.Value).LastOrDefault()?.At ?? initiative.CreatedAt;

    /// <summary>The last day of the pilot.</summary>
    public static DateOnly PilotEnd(Initiative initiative, DateTimeOffset since) => initiative.PlannedEnd ?? Day(since).AddDays(7 * UsualPilotWeeks);

    public static bool IsPastItsEnd(Initiative initiative, DateTimeOffset since, DateTimeOffset now) =>
        initiative.Stage == Stage.Pilot && Day(now) > PilotEnd(initiative, since);

    /// <summary>Whole weeks that have passed.</summary>
    public static int Weeks(DateTimeOffset since, DateTimeOffset now) => Math.Max(0, (int)((now - since).TotalDays / 7));

    /// <summary>"pilot, week 9 of 12", "production, week 3", "stalled 6 weeks ago".</summary>
    public static string InWords(Initiative initiative, DateTimeOffset since, DateTimeOffset now)
    {
        var (stage, weeks) = (initiative.Stage.Label(), Weeks(since, now));
        return initiative.Stage switch
        {
            Stage.Stalled or Stage.Retired => weeks == 0 ? $"{stage} this week" : $"{stage} {Say.Count(weeks, "week")} ago",
            Stage.Pilot => $"{stage}, week {weeks + 1} of {PilotWeeks(initiative, since)}" + (IsPastItsEnd(initiative, since, now) ? ", past its planned end" : ""),
            _ => $"{stage}, week {weeks + 1}",
        };
    }

    private static int PilotWeeks(Initiative initiative, DateTimeOffset since) =>
        Math.Max(1, (int)Math.Ceiling((PilotEnd(initiative, since).DayNumber - Day(since).DayNumber) / 7.0));

    private static DateOnly Day(DateTimeOffset instant) => DateOnly.FromDateTime(instant.UtcDateTime);
}

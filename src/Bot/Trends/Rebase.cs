using Bot.Chat;
using Bot.Loops;

namespace Bot.Trends;

/// <summary>From this week on, the limits of a series are computed anew, for a recorded reason.</summary>
public sealed class Rebase
{
    public required LoopId LoopId { get; init; }
    public required SeriesName Series { get; init; }

    /// <summary>The review date of the first week of the new run.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The decision or stage change behind it.</summary>
    public required string Reason { get; set; }
    public required PersonId By { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>What is followed from week to week.</summary>
public enum SeriesName
{
    /// <summary>Mean rating, 1 to 5.</summary>
    Performance,

    /// <summary>Share of the answers that did not use it, 0 to 1.</summary>
    Unused,

    /// <summary>Kinds of struggle named per answer.</summary>
    Struggles,

    /// <summary>Share of "yes" among the answers to the drift question, 0 to 1.</summary>
    Drift,

    /// <summary>Answered of asked, 0 to 1.</summary>
    AnswerRate,

    /// <summary>The behaviour metric, in its unit.</summary>
    Behaviour,

    /// <summary>Hours of special support per participant with role user.</summary>
    SupportHours,

    /// <summary>Mean of the five dimensions measured by probes, 0 to 100.</summary>
    Readiness,
}

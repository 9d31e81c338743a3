using Bot.Chat;
using Bot.Loops;

namespace Bot.CheckIns;

/// <summary>How far a week of a loop has come.</summary>
public enum RoundState
{
    Planned,
    Collecting,
    InReview,
    Closed,

    /// <summary>Left out, with a reason; not a failure.</summary>
    Skipped,
}

/// <summary>One week of one loop, keyed by loop and review date.</summary>
public sealed class Round
{
    public required RoundId Id { get; init; }
    public required WorkspaceId WorkspaceId { get; init; }
    public required LoopId LoopId { get; init; }
    public required DateOnly ReviewDate { get; init; }
    public RoundState State { get; set; }
    public required DateTimeOffset OpensAt { get; set; }
    public required DateTimeOffset RemindsAt { get; set; }
    public required DateTimeOffset ReviewAt { get; set; }
    public required DateTimeOffset ClosesAt { get; set; }
    public string? SkippedBecause { get; set; }
    public PersonId? FacilitatorId { get; set; }

    /// <summary>When somebody pressed Start; null after closing means the review was not held.</summary>
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>Nobody meets for this one: the digest came at the slot.</summary>
    public bool Asynchronous { get; set; }

    /// <summary>Answers are taken and changed until the loop's next round opens; then the week is sealed.</summary>
    public bool Sealed { get; set; }

    /// <summary>When what people wrote in its answers was cleared, because it was old; the numbers stay.</summary>
    public DateTimeOffset? TextsGoneAt { get; set; }

    /// <summary>Brought in from elsewhere; no review was held by this bot.</summary>
    public bool Imported { get; init; }

    public bool TakesAnswers => !Sealed && !Imported && (State is RoundState.Collecting or RoundState.InReview or RoundState.Closed);
}

/// <summary>What the clock does with a round.</summary>
public enum Step
{
    Open,
    Remind,
    Review,
    Struggles,
    Drift,
    Adapt,
    Close,

    /// <summary>The rules look at the week that has just closed.</summary>
    Warn,
}

public enum StepState
{
    Due,
    Done,

    /// <summary>Its time passed while the service was down, and it no longer made sense.</summary>
    Missed,

    /// <summary>Not needed: the round was skipped, or the step came early by hand.</summary>
    Dropped,
}

/// <summary>The ledger of what is due: unique by round and step, so that a restart or a second machine is harmless.</summary>
public sealed class RoundStep
{
    public required RoundId RoundId { get; init; }
    public required Step Step { get; init; }
    public required DateTimeOffset DueAt { get; set; }
    public StepState State { get; set; }
    public DateTimeOffset? DoneAt { get; set; }
}

/// <summary>One participant is asked in one round.</summary>
public sealed class Invitation
{
    public required RoundId RoundId { get; init; }
    public required PersonId PersonId { get; init; }
    public required Role Role { get; init; }

    /// <summary>Which probe of the pool this person is asked this week.</summary>
    public string? Probe { get; init; }
    public DateTimeOffset? RemindedAt { get; set; }

    /// <summary>They pressed "Not this week".</summary>
    public DateTimeOffset? DeclinedAt { get; set; }

    /// <summary>The fact that they have answered; of what was given without a name, the only thing kept about them.</summary>
    public DateTimeOffset? AnsweredAt { get; set; }

    /// <summary>They gave struggles without their name, which nobody can find again to change.</summary>
    public bool GaveNameless { get; set; }
}

public readonly record struct RoundId(Guid Value) : IId<RoundId>
{
    public static RoundId From(Guid value) => new(value);

    public override string ToString() => Value.ToString("N");
}

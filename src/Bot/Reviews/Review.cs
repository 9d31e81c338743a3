using Bot.Chat;
using Bot.CheckIns;
using Bot.Loops;

namespace Bot.Reviews;

/// <summary>Something a review decided.</summary>
public sealed class Decision
{
    public required DecisionId Id { get; init; }
    public required LoopId LoopId { get; init; }
    public required RoundId RoundId { get; init; }
    public required string Text { get; set; }
    public required PersonId By { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>Something somebody will do; carried from week to week until done.</summary>
public sealed class ActionItem
{
    public required ActionItemId Id { get; init; }
    public required WorkspaceId WorkspaceId { get; init; }
    public required LoopId LoopId { get; init; }
    public RoundId? RoundId { get; init; }
    public required string Text { get; set; }
    public required PersonId OwnerId { get; set; }

    /// <summary>Overdue from the day after, in the loop's zone.</summary>
    public required DateOnly DueOn { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? DoneAt { get; set; }
}

/// <summary>Did what we expected happen?</summary>
public enum ExperimentResult
{
    Yes,
    NotYet,
    No,
}

/// <summary>"We change X and expect Y in the behaviour metric by DATE": at most one set per week, asked about until it is answered yes or no.</summary>
public sealed class Experiment
{
    public required ExperimentId Id { get; init; }
    public required LoopId LoopId { get; init; }
    public required RoundId RoundId { get; init; }
    public required string Change { get; set; }
    public required string Expect { get; set; }
    public required DateOnly By { get; set; }
    public required DateTimeOffset SetAt { get; init; }
    public ExperimentResult? Result { get; set; }

    /// <summary>The round in whose review the last result was given.</summary>
    public RoundId? ResultRoundId { get; set; }
}

public readonly record struct DecisionId(Guid Value) : IId<DecisionId>
{
    public static DecisionId From(Guid value) => new(value);

    public override string ToString() => Value.ToString("N");
}

public readonly record struct ActionItemId(Guid Value) : IId<ActionItemId>
{
    public static ActionItemId From(Guid value) => new(value);

    public override string ToString() => Value.ToString("N");
}

public readonly record struct ExperimentId(Guid Value) : IId<ExperimentId>
{
    public static ExperimentId From(Guid value) => new(value);

    public override string ToString() => Value.ToString("N");
}

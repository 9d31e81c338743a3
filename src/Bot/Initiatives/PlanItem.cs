using Bot.Chat;

namespace Bot.Initiatives;

/// <summary>What kind of work an item of the deployment plan is.</summary>
public enum PlanKind
{
    Integration,
    Training,
    WorkflowChange,
    Trust,
}

/// <summary>Something that has to be true before real users rely on it: an item of the deployment plan.</summary>
public sealed class PlanItem
{
    public required PlanItemId Id { get; init; }
    public required WorkspaceId WorkspaceId { get; init; }
    public required InitiativeId InitiativeId { get; init; }
    public required PlanKind Kind { get; set; }
    public required string Text { get; set; }
    public PersonId? OwnerId { get; set; }
    public DateOnly? DueOn { get; set; }
    public PersonId? By { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? DoneAt { get; set; }
}

/// <summary>The 45-minute exercise, held in a channel: outcome, owner, and what would have to be true.</summary>
public sealed class Workshop
{
    public required WorkshopId Id { get; init; }
    public required WorkspaceId WorkspaceId { get; init; }
    public required InitiativeId InitiativeId { get; init; }
    public required ChannelId ChannelId { get; init; }
    public required PersonId StartedBy { get; init; }
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Which of its parts is running, from 0.</summary>
    public int Part { get; set; }

    /// <summary>When the next part, or the end, is announced; null once it has ended.</summary>
    public DateTimeOffset? NextAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
}

public readonly record struct PlanItemId(Guid Value) : IId<PlanItemId>
{
    public static PlanItemId From(Guid value) => new(value);

    public override string ToString() => Value.ToString("N");
}

public readonly record struct WorkshopId(Guid Value) : IId<WorkshopId>
{
    public static WorkshopId From(Guid value) => new(value);

    public override string ToString() => Value.ToString("N");
}

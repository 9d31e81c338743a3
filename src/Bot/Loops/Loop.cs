using Bot.Chat;
using Bot.Initiatives;

namespace Bot.Loops;

/// <summary>Who leads the review.</summary>
public enum Facilitation
{
    Owner,

    /// <summary>The participants in turn.</summary>
    Rotating,
}

/// <summary>The weekly feedback loop of one initiative in one channel.</summary>
public sealed class Loop
{
    public const int MaxNameLength = 80;

    public required LoopId Id { get; init; }
    public required WorkspaceId WorkspaceId { get; init; }
    public required InitiativeId InitiativeId { get; init; }
    public required ChannelId ChannelId { get; init; }
    public required WeeklySlot Slot { get; set; }

    /// <summary>Wall-clock hours from opening to the review; 1 to 144.</summary>
    public int OpenHours { get; set; } = 24;

    /// <summary>Wall-clock hours from the reminder to the review; less than <see cref="OpenHours"/>.</summary>
    public int RemindHours { get; set; } = 3;

    /// <summary>Check-ins open at the slot's hour in each participant's own zone.</summary>
    public bool LocalTime { get; set; }

    /// <summary>No meeting: the digest comes at the slot.</summary>
    public bool Asynchronous { get; set; }
    public Facilitation Facilitation { get; set; }
    public DateTimeOffset? PausedAt { get; set; }
    public string? PausedBecause { get; set; }
    public required DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; set; }
}

/// <summary>What somebody is to the initiative.</summary>
public enum Role
{
    /// <summary>Their daily work is meant to change.</summary>
    User,
    Builder,
    Owner,
    Stakeholder,

    /// <summary>Reads, and is never asked or counted.</summary>
    Observer,
}

/// <summary>How somebody came to take part.</summary>
public enum Joined
{
    Assigned,
    Volunteer,
}

/// <summary>A member of a loop.</summary>
public sealed class Participant
{
    public required LoopId LoopId { get; init; }
    public required PersonId PersonId { get; init; }
    public required Role Role { get; set; }
    public Joined Joined { get; set; } = Joined.Assigned;
    public required DateTimeOffset Since { get; init; }
    public DateTimeOffset? LeftAt { get; set; }
}

/// <summary>A review date one loop leaves out.</summary>
public sealed class SkippedDate
{
    public required LoopId LoopId { get; init; }
    public required DateOnly Date { get; init; }
    public required string Reason { get; set; }
    public required PersonId By { get; init; }
}

/// <summary>A date on which no loop of the workspace has its review.</summary>
public sealed class Holiday
{
    public required WorkspaceId WorkspaceId { get; init; }
    public required DateOnly Date { get; init; }
    public required string Name { get; set; }
}

public readonly record struct LoopId(Guid Value) : IId<LoopId>
{
    public static LoopId From(Guid value) => new(value);

    public override string ToString() => Value.ToString("N");
}

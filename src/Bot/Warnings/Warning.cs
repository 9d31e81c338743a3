using Bot.Chat;
using Bot.Initiatives;
using Bot.Loops;

namespace Bot.Warnings;

public enum WarningState
{
    Open,

    /// <summary>Somebody answered its question; the same finding is not raised again unless it gets worse.</summary>
    Answered,

    /// <summary>The facts changed.</summary>
    Resolved,
}

/// <summary>A finding of one rule about one initiative, with its evidence, until it is answered or resolved.</summary>
public sealed class Warning
{
    public required WarningId Id { get; init; }
    public required WorkspaceId WorkspaceId { get; init; }
    public required InitiativeId InitiativeId { get; init; }

    /// <summary>The loop whose channel hears of it; null while the initiative has none.</summary>
    public LoopId? LoopId { get; set; }

    /// <summary>The id of the rule, as in "no-owner".</summary>
    public required string Rule { get; init; }

    /// <summary>1 notice, 2 warning, 3 critical.</summary>
    public required int Level { get; set; }
    public WarningState State { get; set; }

    /// <summary>What was found, in one sentence.</summary>
    public required string Finding { get; set; }

    /// <summary>Weeks, counts, quotes and names a reader can check: one line each.</summary>
    public required string Evidence { get; set; }

    /// <summary>The level last posted in a channel; 0 while it waits in the list.</summary>
    public int PostedLevel { get; set; }
    public DateTimeOffset? PostedAt { get; set; }
    public required DateTimeOffset OpenedAt { get; init; }
    public required DateTimeOffset ChangedAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>"no-owner" is called "no owner" on cards.</summary>
    public static string TitleOf(string rule) => rule.Replace('-', ' ');

    public static string LevelWord(int level) => level switch { >= 3 => "Critical", 2 => "Warning", _ => "Notice" };
}

/// <summary>What somebody answered to the question of a warning.</summary>
public sealed class WarningAnswer
{
    public required WarningAnswerId Id { get; init; }
    public required WarningId WarningId { get; init; }
    public required string Text { get; set; }
    public required PersonId By { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>A default of a rule that one workspace has set otherwise.</summary>
public sealed class Threshold
{
    public required WorkspaceId WorkspaceId { get; init; }

    /// <summary>Rule and setting, as in "overstay.weeks".</summary>
    public required string Name { get; init; }
    public required double Value { get; set; }
}

public readonly record struct WarningId(Guid Value) : IId<WarningId>
{
    public static WarningId From(Guid value) => new(value);

    public override string ToString() => Value.ToString("N");
}

public readonly record struct WarningAnswerId(Guid Value) : IId<WarningAnswerId>
{
    public static WarningAnswerId From(Guid value) => new(value);

    public override string ToString() => Value.ToString("N");
}

using Bot.Chat;
using Bot.Initiatives;

namespace Bot.Readiness;

/// <summary>One person's answers to the diagnostic at one time; kept, so that its scores have a history.</summary>
public sealed class Diagnosis
{
    public required DiagnosisId Id { get; init; }
    public required WorkspaceId WorkspaceId { get; init; }
    public required InitiativeId InitiativeId { get; init; }
    public required PersonId By { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Twelve digits from 1 (disagree) to 5 (agree), in the order of the statements.</summary>
    public required string Scores { get; set; }
}

public readonly record struct DiagnosisId(Guid Value) : IId<DiagnosisId>
{
    public static DiagnosisId From(Guid value) => new(value);

    public override string ToString() => Value.ToString("N");
}

using Bot.Chat;

namespace Bot.CheckIns;

/// <summary>What got in the way; several may apply.</summary>
[Flags]
public enum Struggles
{
    None = 0,
    WrongResults = 1,
    NoTrust = 2,
    DoesNotFit = 4,
    NeedTraining = 8,
    SlowOrDown = 16,
    MissingData = 32,
    WorriedForJob = 64,
    Other = 128,

    /// <summary>"Nothing" was chosen; excludes the others.</summary>
    Nothing = 256,
}

/// <summary>Whether what goes in or comes out looked different from before.</summary>
public enum DriftSeen
{
    No,
    NotSure,
    Yes,
}

/// <summary>
/// What one participant said in one round. While a change waits to be counted, the counted version stays beside it, so that what is
/// shown moves only when no single person can be read from the difference.
/// </summary>
public sealed class Answer
{
    public required AnswerId Id { get; init; }
    public required RoundId RoundId { get; init; }

    /// <summary>Null for imported answers that came without a person.</summary>
    public PersonId? PersonId { get; set; }

    /// <summary>1 = hindered me, 5 = could not do without it; null = did not use it.</summary>
    public int? Rating { get; set; }
    public string? Comment { get; set; }

    /// <summary>Empty when given without a name: see <see cref="NamelessNote"/>.</summary>
    public Struggles Struggles { get; set; }
    public string? StruggleText { get; set; }
    public DriftSeen? Drift { get; set; }
    public string? DriftSource { get; set; }
    public string? DriftExample { get; set; }
    public string? ProbeAnswer { get; set; }

    /// <summary>Owner only: the behaviour metric's value this week.</summary>
    public double? MetricValue { get; set; }

    /// <summary>Owner only: hours of special support given this week.</summary>
    public double? SupportHours { get; set; }
    public required DateTimeOffset At { get; set; }

    /// <summary>Came after the round closed.</summary>
    public bool Late { get; set; }

    /// <summary>Part of what is shown. One person has at most one counted and one waiting answer in a round.</summary>
    public bool Counted { get; set; }

    /// <summary>Imported answers only: the row's fingerprint, so that the same file twice changes nothing.</summary>
    public string? ImportKey { get; init; }
}

/// <summary>Struggles given "without my name". Its key is random and it has no time, so that nothing in the store leads to its author.</summary>
public sealed class NamelessNote
{
    public required Guid Id { get; init; }
    public required RoundId RoundId { get; init; }
    public Struggles Struggles { get; init; }
    public string? Text { get; set; }

    /// <summary>Part of what is shown; see <see cref="Answer.Counted"/>.</summary>
    public bool Counted { get; set; }
}

public readonly record struct AnswerId(Guid Value) : IId<AnswerId>
{
    public static AnswerId From(Guid value) => new(value);

    public override string ToString() => Value.ToString("N");
}

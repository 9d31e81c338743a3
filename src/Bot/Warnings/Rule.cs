using Bot.Initiatives;

namespace Bot.Warnings;

/// <summary>One thing that keeps pilots from changing anybody's work, looked for in stored facts. Pure: same facts in, same words out.</summary>
public interface IRule
{
    /// <summary>Kept with every warning of it, as in "no-owner"; its thresholds begin with it.</summary>
    string Id { get; }

    /// <summary>What it asks when it fires.</summary>
    string Question { get; }

    /// <summary>When it fires, and how it ends, in plain words; numbers come from the thresholds.</summary>
    string Explanation { get; }

    /// <summary>Null when it has nothing to say.</summary>
    Finding? Look(WarningFacts facts, Thresholds thresholds);
}

/// <summary>What a rule found.</summary>
/// <param name="Level">1 notice, 2 warning, 3 critical.</param>
/// <param name="Sentence">Weeks and counts, never what somebody wrote: it is stored, and texts must be deletable.</param>
/// <param name="Evidence">One line each, under the same condition; an initiative is named by <see cref="EvidenceLine.Of"/> and read when shown.</param>
public sealed record Finding(int Level, string Sentence, IReadOnlyList<string> Evidence)
{
    public const int Notice = 1;
    public const int Warning = 2;
    public const int Critical = 3;

    /// <summary>A text is kept and shown, and does not end it: only what is recorded elsewhere does.</summary>
    public bool AsksForFacts { get; init; }
}

/// <summary>A line of evidence that stands for an earlier initiative: its name, weeks and recorded answer are read when it is shown.</summary>
public static class EvidenceLine
{
    private const string Prefix = "initiative:";

    public static string Of(InitiativeId initiative) => Prefix + initiative;

    /// <summary>Null for a line that says itself what it says.</summary>
    public static InitiativeId? InitiativeIn(string line) =>
        line.StartsWith(Prefix, StringComparison.Ordinal) ? Chat.Id.Parse<InitiativeId>(line[Prefix.Length..]) : null;
}

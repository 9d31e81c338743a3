using System.Globalization;
using Bot.CheckIns;

namespace Bot.Exports;

/// <summary>One week of a loop in an export. It says what the week's digest may say and no more: figures come from <see cref="WeekFigures"/>.</summary>
/// <param name="Week">ISO week, "2023-W20".</param>
/// <param name="State">"closed", "in review" or "skipped".</param>
/// <param name="Figures">Null for a week that was left out.</param>
public sealed record ExportedWeek(string Week, DateOnly ReviewDate, string State, string? SkippedBecause, bool Imported, WeekFigures? Figures)
{
    public static ExportedWeek Of(Round round, int asked, IReadOnlyCollection<Answer> answers, IReadOnlyCollection<NamelessNote> notes) => new(
        IsoWeek(round.ReviewDate),
        round.ReviewDate,
        round.State switch { RoundState.InReview => "in review", RoundState.Skipped => "skipped", _ => "closed" },
        round.SkippedBecause,
        round.Imported,
        round.State == RoundState.Skipped ? null : WeekFigures.Of(round.Imported ? null : asked, answers, notes));

    public static string IsoWeek(DateOnly date) => $"{ISOWeek.GetYear(date):0000}-W{ISOWeek.GetWeekOfYear(date):00}";

    /// <summary>How many named a struggle; null where there were too few answers to say.</summary>
    public int? People(Struggles struggle) => Figures?.Unused is null ? null : Figures.Struggles.FirstOrDefault(s => s.Struggle == struggle)?.People ?? 0;
}

/// <summary>Something somebody wrote.</summary>
/// <param name="Week">ISO week; null for an action that belongs to none.</param>
/// <param name="Author">Of comments and decisions who wrote them, of actions who does them; null where the bot names nobody.</param>
public sealed record ExportedText(string? Week, TextKind Kind, string? Author, string Text);

/// <summary>What a text is.</summary>
public enum TextKind
{
    Comment,
    Struggle,
    DriftSource,
    DriftExample,
    Decision,
    Action,
    Experiment,
}

using System.Globalization;
using Bot.Cards;
using Bot.Chat;

namespace Bot.CheckIns;

/// <summary>The check-in as somebody typed it: parsed at the door, or told at which field it is wrong.</summary>
public sealed record CheckInFields
{
    public const int MaxText = 2000;
    private const string Unused = "unused";
    private const double MaxHours = 168;

    private static readonly Dictionary<string, Struggles> StruggleChoices = new()
    {
        ["wrong"] = Struggles.WrongResults,
        ["trust"] = Struggles.NoTrust,
        ["fit"] = Struggles.DoesNotFit,
        ["training"] = Struggles.NeedTraining,
        ["slow"] = Struggles.SlowOrDown,
        ["missing"] = Struggles.MissingData,
        ["job"] = Struggles.WorriedForJob,
        ["other"] = Struggles.Other,
        ["nothing"] = Struggles.Nothing,
    };

    private static readonly Dictionary<string, DriftSeen> DriftChoices = new()
    {
        ["no"] = DriftSeen.No,
        ["unsure"] = DriftSeen.NotSure,
        ["yes"] = DriftSeen.Yes,
    };

    /// <summary>Null: did not use it.</summary>
    public int? Rating { get; private init; }
    public string? Comment { get; private init; }
    public Struggles Struggles { get; private init; }
    public string? StruggleText { get; private init; }
    public bool Nameless { get; private init; }
    public DriftSeen? Drift { get; private init; }
    public string? DriftSource { get; private init; }
    public string? DriftExample { get; private init; }
    public string? ProbeAnswer { get; private init; }
    public double? MetricValue { get; init; }
    public double? SupportHours { get; init; }

    /// <summary>What a struggle is called on every card.</summary>
    public static string Label(Struggles struggle) => struggle switch
    {
        Struggles.WrongResults => "wrong or odd results",
        Struggles.NoTrust => "do not trust it",
        Struggles.DoesNotFit => "does not fit how I work",
        Struggles.NeedTraining => "need training or help",
        Struggles.SlowOrDown => "too slow or down",
        Struggles.MissingData => "missing data",
        Struggles.WorriedForJob => "worried what it means for my job",
        Struggles.Other => "something else",
        _ => "nothing",
    };

    public static IEnumerable<Struggles> Each(Struggles several) => StruggleChoices.Values.Where(s => several.HasFlag(s));

    /// <summary>Null when there is a fault; the faults are then in <paramref name="errors"/> by field.</summary>
    /// <param name="typed">By field.</param>
    /// <param name="probe">As it is asked in the loop, see <see cref="Probe.Among"/>; null when none is.</param>
    /// <param name="errors">By field.</param>
    public static CheckInFields? Parse(FormValues typed, Probe? probe, out IReadOnlyDictionary<string, string> errors)
    {
        var read = new FormReader(typed);
        int? rating = null;
        if (typed["rating"] is not { } rated)
        {
            read.Fault("rating", "Choose 1 to 5, or \"did not use it\".");
        }
        else if (rated is "1" or "2" or "3" or "4" or "5")
        {
            rating = rated[0] - '0';
        }
        else if (rated != Unused)
        {
            read.Fault("rating", "This is not one of the choices: 1 to 5, or \"did not use it\".");
        }

        var struggles = Struggles.None;
        foreach (var choice in typed.Choices("struggles"))
        {
            if (StruggleChoices.TryGetValue(choice, out var struggle))
            {
                struggles |= struggle;
            }
            else
            {
                read.Fault("struggles", "One of these is not a choice. Choose again from the list.");
            }
        }

        if (struggles.HasFlag(Struggles.Nothing) && struggles != Struggles.Nothing)
        {
            read.Fault("struggles", "Choose \"nothing\" alone, or what got in the way.");
        }

        DriftSeen? drift = null;
        if (typed["drift"] is { } seen)
        {
            drift = DriftChoices.TryGetValue(seen, out var known) ? known : null;
            if (drift is null)
            {
                read.Fault("drift", "Choose no, not sure or yes.");
            }
        }

        if (typed["probe"] is { } tapped && probe?.Choices.Any(c => c.Value == tapped) != true)
        {
            read.Fault("probe", "This is not one of the choices.");
        }

        if (struggles == Struggles.None && typed["struggleText"] is not null)
        {
            // Words without a kind are still heard: every text belongs to one.
            struggles = Struggles.Other;
        }

        var fields = new CheckInFields
        {
            Rating = rating,
            Struggles = struggles,
            Nameless = typed.IsOn("nameless"),
            Drift = drift,
            ProbeAnswer = typed["probe"],
            Comment = Text("comment"),
            StruggleText = Text("struggleText"),
            DriftSource = Text("driftSource"),
            DriftExample = Text("driftExample"),
            MetricValue = read.Number("metric", double.MinValue, double.MaxValue, "Give a number, for example 41 or 0.85."),
            SupportHours = read.Number("hours", 0, MaxHours, "Give the hours of this week as a number from 0 to 168."),
        };
        errors = read.Errors;
        return read.IsFine ? fields : null;

        string? Text(string field)
        {
            if (typed[field] is { Length: > MaxText } text)
            {
                read.Fault(field, $"At most 2,000 characters; this is {text.Length.ToString("N0", CultureInfo.InvariantCulture)}. Nothing you typed is lost.");
            }

            return typed[field];
        }
    }

    /// <summary>A saved answer as form values, to change it. What was given without a name is not among them.</summary>
    public static FormValues ToValues(Answer answer) => new(new Dictionary<string, string?>
    {
        ["rating"] = answer.Rating is { } rating ? rating.ToString(CultureInfo.InvariantCulture) : Unused,
        ["comment"] = answer.Comment,
        ["struggles"] = string.Join(FormValues.Separator, StruggleChoices.Where(c => answer.Struggles.HasFlag(c.Value)).Select(c => c.Key)),
        ["struggleText"] = answer.StruggleText,
        ["drift"] = answer.Drift is { } drift ? DriftChoices.Single(c => c.Value == drift).Key : null,
        ["driftSource"] = answer.DriftSource,
        ["driftExample"] = answer.DriftExample,
        ["probe"] = answer.ProbeAnswer,
        ["metric"] = answer.MetricValue?.ToString(CultureInfo.InvariantCulture),
        ["hours"] = answer.SupportHours?.ToString(CultureInfo.InvariantCulture),
    }.Where(v => v.Value is not null)!);

    public void WriteTo(Answer answer, bool keepStruggles)
    {
        answer.Rating = Rating;
        answer.Comment = Comment;
        answer.Struggles = keepStruggles ? Struggles : Struggles.None;
        answer.StruggleText = keepStruggles ? StruggleText : null;
        answer.Drift = Drift;
        answer.DriftSource = DriftSource;
        answer.DriftExample = DriftExample;
        answer.ProbeAnswer = ProbeAnswer;
        answer.MetricValue = MetricValue;
        answer.SupportHours = SupportHours;
    }
}

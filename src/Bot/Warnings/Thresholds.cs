using System.Collections.Frozen;

namespace Bot.Warnings;

/// <summary>A number in a rule that a workspace may set otherwise.</summary>
/// <param name="Name">Rule and setting, as in "overstay.weeks".</param>
/// <param name="Label">What it is, to an admin.</param>
public sealed record Setting(string Name, string Label, double Default, double Least, double Most, bool Whole)
{
    /// <summary>"no-owner" of "no-owner.weeks".</summary>
    public string Rule => Name[..Name.IndexOf('.', StringComparison.Ordinal)];

    public bool IsDefault(double value) => Math.Abs(value - Default) < 0.005;
}

/// <summary>The numbers of the rules: a default for each, and what this workspace has set otherwise.</summary>
public sealed class Thresholds(IReadOnlyDictionary<string, double> set)
{
    private static readonly FrozenDictionary<string, Setting> Known = Table().ToFrozenDictionary(s => s.Name);

    public static Thresholds Defaults { get; } = new(FrozenDictionary<string, double>.Empty);

    /// <summary>In the order of the rules.</summary>
    public static IReadOnlyList<Setting> All { get; } = [.. Table()];

    public double this[string name] => set.TryGetValue(name, out var value) ? value : Known[name].Default;

    public int Whole(string name) => (int)Math.Round(this[name]);

    /// <summary>This workspace has its own.</summary>
    public bool IsSet(string name) => set.ContainsKey(name);

    public static IEnumerable<Setting> Of(string rule) => All.Where(s => s.Rule == rule);

    private static IEnumerable<Setting> Table() =>
    [
        Count("one-more-pilot.unanswered", "earlier ones without a clear answer that make it a warning", 2, 1, 20),
        Count("one-more-pilot.starts", "pilots begun since the last production that make it a warning", 3, 2, 50),
        Count("one-more-pilot.critical", "earlier ones that make it critical while nothing is in production", 3, 2, 50),
        Weeks("one-more-pilot.weeks", "for how long a new one counts as new", 4),
        Weeks("no-outcome.weeks", "weeks in pilot before an open blank is said", 1),
        Weeks("no-owner.weeks", "reviews in a row without a sign of the owner", 4),
        Weeks("accuracy-only.weeks", "weeks in stage before a missing behaviour metric is said", 2),
        Weeks("behaviour-flat.weeks", "weeks the behaviour metric may take to improve", 8),
        new("behaviour-flat.fine", "mean performance that counts as fine", 3, 1, 5, Whole: false),
        new("under-budgeted.factor", "deployment budget, as a multiple of the pilot cost", 3, 0.1, 100, Whole: false),
        Weeks("under-budgeted.weeks", "weeks in stage before a missing budget is said", 3),
        Count("loop-broken.weeks", "reviews in a row not held, or with few answers", 2, 1, 12),
        Share("loop-broken.share", "share of answers below which a week counts as unanswered", 0.5),
        Count("no-adapt.weeks", "reviews in a row without decision, action or experiment", 3, 1, 12),
        Count("perfect-data.weeks", "weeks running with missing data named", 3, 1, 12),
        Share("perfect-data.share", "share of the answers that name missing data", 0.25),
        Weeks("perfect-data.source-weeks", "weeks in pilot before a missing trusted source is said", 4),
        Count("users-not-in-room.weeks", "reviews in a row without an answer from users", 2, 1, 12),
        Share("users-not-in-room.builders", "share of the answers that builders may give", 0.5),
        Weeks("human-side.weeks", "weeks in which an action is expected", 2),
        Weeks("drift-unattended.weeks", "weeks in which an action is expected", 2),
        Count("drift-unattended.people", "people who see drift, to confirm it", 3, 1, 100),
        Share("drift-unattended.share", "or share of the drift answers that confirms it", 0.25),
        Count("drift-unattended.disagree", "weeks running in which people and monitors disagree", 2, 1, 12),
        Weeks("overstay.weeks", "weeks a pilot may take without a planned end", 12),
        Count("same-wall.times", "initiatives in a row that ended for the same cause", 2, 2, 10),
        Share("volunteers-only.share", "share of the participants who were assigned, at least", 1.0 / 3),
        Count("white-glove.weeks", "weeks in which support must fall", 6, 4, 26),
        new("white-glove.hours", "hours per user and week that count as no support", 0.1, 0, 40, Whole: false),
        Share("single-champion.share", "share of the answers that name one person, or nobody", 0.5),
        Count("single-champion.answers", "answers needed in 6 weeks", 3, 3, 50),
        Share("workflow-gap.share", "share of the answers that say it does not fit", 0.25),
        Count("workflow-gap.weeks", "weeks running", 3, 1, 12),
        Count("one-time-training.times", "weeks with training named", 3, 1, 26),
        Weeks("one-time-training.weeks", "within so many weeks, and none with a session", 6),
        Weeks("fade.weeks", "first weeks in which nothing is said", 4),
    ];

    private static Setting Weeks(string name, string label, double value) => new(name, label, value, 1, 104, Whole: true);

    private static Setting Count(string name, string label, double value, double least, double most) => new(name, label, value, least, most, Whole: true);

    private static Setting Share(string name, string label, double value) => new(name, label, value, 0.01, 1, Whole: false);
}

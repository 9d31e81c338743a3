namespace Bot.Host.Samples;

/// <summary>What the people of one sample initiative do, week by week.</summary>
/// <param name="Weeks">Oldest first.</param>
internal sealed record SampleStory(string Initiative, string Channel, string Owner, string Metric, string Unit, string Baseline, string Target, IReadOnlyList<SampleWeek> Weeks)
{
    /// <summary>Two initiatives: one on which its users rely more each week, one whose reviews stop being held.</summary>
    public static IReadOnlyList<SampleStory> Portfolio { get; } = [MeetingNotes(), LeadScoring()];

    private static SampleStory MeetingNotes() => new("Meeting notes (sample)", "sample-meeting-notes", "dana", "Follow-ups sent the same day", "follow-ups", "12", "40",
    [
        new([new("lee", 3, "trust"), new("priya", 4), new("layla", 3, "wrong", "mixes up who said what"), new("tomas", 2, "training", "nobody showed me the shortcut"), new("dana", 4, Metric: 14)])
        {
            Decision = "Record only with everybody's consent, said at the start",
            Action = ("Half an hour of showing for the sales team", "tomas"),
        },
        new([new("lee", 3, "wrong", "names are wrong in every second note"), new("priya", 4), new("layla", 4), new("tomas", 3, "training"), new("dana", 4, Metric: 17)])
        {
            Decision = "Names come from the calendar invitation",
            Experiment = ("Take names from the invitation", "fewer corrections, 25 follow-ups the same day"),
        },
        new([new("lee", 4), new("priya", 4), new("layla", 4, "slow", "comes an hour late"), new("tomas", 4), new("dana", 4, Metric: 24)])
        {
            Action = ("Ask for faster delivery of the notes", "lee"),
            Result = "notyet",
        },
        new([new("lee", 4), new("priya", 5), new("layla", 4, "slow", "still late after long calls"), new("tomas", 4), new("zoe", 3, "training"), new("dana", 5, Metric: 27)])
        {
            Decision = "Keep names from the invitation for good",
            Experiment = ("Send notes within ten minutes", "30 follow-ups the same day"),
            Result = "yes",
        },
        new([new("lee", 4), new("priya", 5), new("layla", 5), new("tomas", 4), new("zoe", 4), new("dana", 5, Metric: 33)])
        {
            Action = ("Write the one-page guide for new colleagues", "zoe"),
            Result = "yes",
        },
    ]);

    private static SampleStory LeadScoring() => new("Lead scoring (sample)", "sample-lead-scoring", "lee", "Calls made because of a score", "calls", "0", "60",
    [
        new([new("dana", 4), new("priya", 4, "trust", "a score without a reason"), new("layla", 3), new("tomas", 4), new("lee", 4, Metric: 31)])
        {
            Decision = "Show the reason beside the score",
            Action = ("Explain the score in the CRM", "priya"),
            Experiment = ("Reorder the call list by score", "50 calls because of a score"),
        },
        new([new("dana", 3, "trust", "I cannot tell the customer why"), new("priya", 4), new("layla", 3, "fit"), new("tomas", 3), new("lee", 4, Metric: 38)]) { Result = "notyet" },
        new([new("dana", 3, "trust"), new("priya", 3, "trust", "no reason, no call"), new("layla", 3, "fit", "another tab to open"), new("lee", 4, Metric: 36)]) { Held = false },
        new([new("dana", 3, "missing", "new customer types have no score", Drift: true), new("priya", 3, Drift: true), new("layla", null), new("lee", 3, Metric: 29)]) { Held = false },
        new([new("dana", 2, "trust", Drift: true), new("priya", null), new("lee", 3, Metric: 27)]) { Held = false },
    ]);
}

/// <summary>One week: who answers what, and what the review does.</summary>
internal sealed record SampleWeek(IReadOnlyList<SampleAnswer> Answers)
{
    public bool Held { get; init; } = true;
    public string? Decision { get; init; }
    public (string What, string Who)? Action { get; init; }
    public (string Change, string Expect)? Experiment { get; init; }

    /// <summary>Whether what the last experiment expected has happened: yes, notyet or no.</summary>
    public string? Result { get; init; }
}

/// <param name="Rating">Null: did not use it.</param>
internal sealed record SampleAnswer(string Who, int? Rating, string? Struggle = null, string? Text = null, bool Drift = false, double? Metric = null);

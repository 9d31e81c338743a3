namespace Bot.Host.Samples;

/// <summary>What the people of one sample initiative do, week by week.</summary>
/// <param name="Register">What its owner fills in at <c>/pilot new</c>, by field.</param>
/// <param name="Weeks">Oldest first.</param>
internal sealed record SampleStory(string Initiative, string Channel, string Owner, string Builder, IReadOnlyDictionary<string, string> Register, IReadOnlyList<SampleWeek> Weeks)
{
    /// <summary>Three initiatives of fourteen weeks: one healthy in production, one drifting unseen by its monitors, one that stalls twice at the same wall.</summary>
    public static IReadOnlyList<SampleStory> Portfolio { get; } = [MeetingNotes.Story, LeadScoring.Story, TicketTriage.Story];
}

/// <summary>One week: who answers what, what the review does, and what else happens.</summary>
internal sealed record SampleWeek(params IReadOnlyList<SampleAnswer> Answers)
{
    public bool Held { get; init; } = true;
    public string? Decision { get; init; }
    public (string What, string Who)? Action { get; init; }
    public (string Change, string Expect)? Experiment { get; init; }

    /// <summary>Whether what the last experiment expected has happened: yes, notyet or no.</summary>
    public string? Result { get; init; }

    /// <summary>The oldest open action is done in this week's review.</summary>
    public bool ActionDone { get; init; }

    /// <summary>After the review, the initiative moves on.</summary>
    public SampleMove? Move { get; init; }

    /// <summary>After the review, the loop pauses; a week that begins paused resumes when it has answers.</summary>
    public string? Pause { get; init; }

    /// <summary>The drift share a monitor reports on the eve of the review.</summary>
    public double? DriftShare { get; init; }
}

/// <param name="Rating">Null: did not use it.</param>
internal sealed record SampleAnswer(string Who, int? Rating, string? Struggle = null, string? Text = null, bool Drift = false, double? Metric = null, double? Hours = null);

/// <param name="Cause">With <paramref name="Sentence"/>, for a stage that needs them.</param>
internal sealed record SampleMove(string Stage, string Reason, string? Cause = null, string? Sentence = null);

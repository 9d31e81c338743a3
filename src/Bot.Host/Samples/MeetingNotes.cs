namespace Bot.Host.Samples;

/// <summary>A pilot whose users rely on it more from week to week, until it is in production: what a healthy loop looks like.</summary>
internal static class MeetingNotes
{
    public static SampleStory Story { get; } = new("Meeting notes (sample)", "sample-meeting-notes", "dana", "tomas", new Dictionary<string, string>
    {
        ["capability"] = "notes written from the recording", ["behaviourChange"] = "follow-ups sent on the day of the meeting", ["userGroup"] = "the sales team", ["timeframe"] = "one quarter",
        ["metric"] = "Follow-ups sent the same day", ["unit"] = "follow-ups", ["baseline"] = "12", ["target"] = "40",
        ["cost"] = "20000", ["budget"] = "80000", ["source"] = "Calendar invitations",
        ["changes"] = "Nobody types notes during a meeting any more", ["doesNot"] = "Who decides what goes to the customer",
    },
    [
        new(new("lee", 4, "trust"), new("priya", 4), new("layla", 4, "wrong", "mixes up who said what"), new("tomas", 4, "training", "nobody showed me the shortcut"), new("dana", 4, Metric: 14, Hours: 6))
        {
            Decision = "Record only with everybody's consent, said at the start", Action = ("Half an hour of showing for the sales team", "tomas"),
        },
        new(new("lee", 4, "wrong", "names are wrong in every second note"), new("priya", 5), new("layla", 4, "wrong", "wrong names again"), new("tomas", 4, "training"), new("dana", 5, Metric: 15, Hours: 5))
        {
            Decision = "Names come from the calendar invitation", Experiment = ("Take names from the invitation", "25 follow-ups the same day"), ActionDone = true,
        },
        new(new("lee", 4), new("priya", 4), new("layla", 4, "slow", "comes an hour late"), new("tomas", 4), new("dana", 5, Metric: 16, Hours: 5))
        {
            Action = ("Ask for faster delivery of the notes", "lee"), Result = "notyet",
        },
        new(new("lee", 4), new("priya", 5), new("layla", 4, "slow", "notes come late after long calls"), new("tomas", 4), new("dana", 5, Metric: 19, Hours: 4))
        {
            Result = "yes", Experiment = ("Send notes within ten minutes", "30 follow-ups the same day"),
        },
        new(new("lee", 4), new("priya", 5), new("layla", 4, "slow", "late after long calls"), new("tomas", 4), new("zoe", 4, "training", "where do old notes go"), new("dana", 5, Metric: 22, Hours: 4))
        {
            Result = "notyet", ActionDone = true, Move = new("Deploying", "The sales team asks for it in every meeting"),
        },
        new(new("lee", 5), new("priya", 5), new("layla", 4), new("tomas", 4), new("zoe", 3, "training", "the search is hard to find"), new("dana", 4, Metric: 30, Hours: 3))
        {
            Action = ("Write the one-page guide for new colleagues", "zoe"), Result = "yes",
        },
        new(new("lee", 4), new("priya", 5), new("layla", 4), new("tomas", 5), new("zoe", 4), new("dana", 5, Metric: 31, Hours: 3)) { Decision = "Two people in each team can show it" },
        new(new("lee", 4), new("priya", 5), new("layla", 4, "wrong", "numbers read aloud come out wrong"), new("tomas", 4), new("zoe", 4), new("dana", 5, Metric: 33, Hours: 2)) { ActionDone = true },
        new(new("lee", 5), new("priya", 5), new("layla", 4), new("tomas", 4), new("zoe", 4), new("dana", 4, Metric: 34, Hours: 2))
        {
            Decision = "The calendar team runs it from next month", Move = new("Production", "Two teams use it without help, the calendar team runs it"),
        },
        new(new("lee", 4), new("priya", 5), new("layla", 4), new("tomas", 4), new("zoe", 4), new("dana", 5, Metric: 32, Hours: 1)),
        new(new("lee", 4), new("priya", 5), new("layla", 5), new("tomas", 4), new("zoe", 4), new("dana", 4, Metric: 36, Hours: 1)) { Action = ("Show it to the service team", "priya") },
        new(new("lee", 4), new("priya", 4), new("layla", 4, "slow", "slow on Monday morning"), new("tomas", 4), new("zoe", 5), new("dana", 5, Metric: 35, Hours: 1)),
        new(new("lee", 5), new("priya", 5), new("layla", 4), new("tomas", 4), new("zoe", 4), new("dana", 5, Metric: 38, Hours: 1)) { ActionDone = true },
        new(new("lee", 4), new("priya", 5), new("layla", 4), new("tomas", 5), new("zoe", 4), new("dana", 4, Metric: 37, Hours: 1)) { Decision = "The service team starts in January" },
    ]);
}

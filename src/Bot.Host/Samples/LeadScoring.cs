namespace Bot.Host.Samples;

/// <summary>A pilot that looks well for a quarter; then its users see what its monitors do not.</summary>
internal static class LeadScoring
{
    public static SampleStory Story { get; } = new("Lead scoring (sample)", "sample-lead-scoring", "lee", "tomas", new Dictionary<string, string>
    {
        ["capability"] = "a score for every lead", ["behaviourChange"] = "calls made in the order of the score", ["userGroup"] = "inside sales",
        ["metric"] = "Calls made because of a score", ["unit"] = "calls", ["baseline"] = "20", ["target"] = "60",
        ["cost"] = "30000", ["budget"] = "45000", ["source"] = "CRM export",
    },
    [
        new(new("dana", 4), new("priya", 4, "trust", "a score without a reason"), new("layla", 3), new("tomas", 4), new("lee", 4, Metric: 31))
        {
            Decision = "Show the reason beside the score", Action = ("Explain the score in the CRM", "priya"), Experiment = ("Reorder the call list by score", "50 calls because of a score"), DriftShare = 0.08,
        },
        new(new("dana", 4, "trust", "I cannot tell the customer why"), new("priya", 4), new("layla", 4, "fit"), new("tomas", 4), new("lee", 4, Metric: 38)) { Result = "notyet", DriftShare = 0.1 },
        new(new("dana", 4, "trust", "a score without a reason"), new("priya", 4, "trust", "no reason, no call"), new("layla", 3, "fit", "another tab to open"), new("tomas", 3), new("lee", 4, Metric: 36)) { ActionDone = true, DriftShare = 0.09 },
        new(new("dana", 4), new("priya", 4), new("layla", 4, "fit", "another tab to open"), new("tomas", 4), new("lee", 3, Metric: 33)) { Result = "no", Decision = "The call list stays in the old order", DriftShare = 0.1 },
        new(new("dana", 4), new("priya", 4), new("layla", 4), new("tomas", 4), new("lee", 4, Metric: 35)) { DriftShare = 0.11 },
        new(new("dana", 4, "trust"), new("priya", 4), new("layla", 3, "fit", "one more tab, again"), new("tomas", 4), new("lee", 4, Metric: 37)) { Experiment = ("Put the score into the call window", "45 calls because of a score"), DriftShare = 0.1 },
        new(new("dana", 4), new("priya", 3), new("layla", 4), new("tomas", 4), new("lee", 3, Metric: 34)) { Result = "notyet", DriftShare = 0.08 },
        new(new("dana", 4), new("priya", 4), new("layla", 4), new("tomas", 4), new("lee", 4, Metric: 36)) { DriftShare = 0.1 },
        new(new("dana", 4), new("priya", 4), new("layla", 3, "fit"), new("tomas", 4), new("lee", 4, Metric: 38)) { Decision = "Ask what a lost lead costs", DriftShare = 0.12 },
        new(new("dana", 4), new("priya", 3, "missing", "no score for the new branches"), new("layla", 4), new("tomas", 4), new("lee", 3, Metric: 35)) { DriftShare = 0.1 },
        new(new("dana", 4, "missing", "new branches have no score"), new("priya", 4), new("layla", 3, "missing", "new customer types have no score"), new("tomas", 4), new("lee", 4, Metric: 36)) { DriftShare = 0.1 },
        new(new("dana", 4, "missing", "new customer types have no score"), new("priya", 3, "wrong", "old customers on top again", Drift: true), new("layla", 4), new("tomas", 4), new("lee", 3, Metric: 33)) { DriftShare = 0.1 },
        new(new("dana", 3, "missing", "new customer types have no score", Drift: true), new("priya", 3, "wrong", "the score puts old customers on top", Drift: true), new("layla", 2, "wrong", "odd order every morning", Drift: true),
            new("tomas", 4), new("lee", 3, Metric: 29)) { Held = false, DriftShare = 0.11 },
        new(new("dana", 2, "missing", "half of my leads have no score", Drift: true), new("priya", 2, "wrong", "old customers on top", Drift: true), new("layla", 2, "wrong", "odd order", Drift: true),
            new("tomas", 4), new("lee", 3, Drift: true, Metric: 27)) { Held = false, DriftShare = 0.1 },
    ]);
}

namespace Bot.Host.Samples;

/// <summary>A pilot that stalls, starts again, stalls for the same reason, and starts again.</summary>
internal static class TicketTriage
{
    private static readonly SampleMove Again = new("Pilot", "A new model is there");

    private static readonly SampleMove Stall = new("Stalled", "Nobody can use the result in the ticket system", "Integration", "The ticket system has no interface through which a queue could be written back");

    private static readonly SampleMove StallAgain = new("Stalled", "The same place as last time", "Integration", "There is still no interface of the ticket system to write the queue back");

    public static SampleStory Story { get; } = new("Ticket triage (sample)", "sample-ticket-triage", "priya", "priya", new Dictionary<string, string>
    {
        ["capability"] = "a queue for every ticket", ["userGroup"] = "the service desk",
        ["metric"] = "Tickets routed without a person", ["unit"] = "tickets", ["target"] = "200", ["cost"] = "15000",
    },
    [
        new(new("dana", 3, "fit", "I copy the queue by hand"), new("lee", 4), new("layla", 3, "fit", "copying by hand"), new("tomas", 4), new("priya", 5, Metric: 20, Hours: 8)) { Action = ("Ask for an interface of the ticket system", "tomas") },
        new(new("dana", 3, "fit", "copying the queue by hand"), new("lee", 3), new("layla", 3), new("tomas", 4), new("priya", 4, Metric: 22, Hours: 8)),
        new(new("dana", 3, "fit"), new("lee", 4), new("layla", 2, "fit", "two windows for one ticket"), new("priya", 4, Metric: 19, Hours: 9)) { Held = false },
        new(new("dana", 3, "fit", "I copy every queue by hand"), new("lee", 3), new("layla", 3, "fit"), new("priya", 4, Metric: 18, Hours: 9)) { Move = Stall, Pause = "the pilot has stalled" },
        new(),
        new() { Move = Again },
        new(new("dana", 3, "fit", "still copying by hand"), new("lee", 4), new("layla", 3), new("tomas", 4), new("priya", 5, Metric: 24, Hours: 8)) { Decision = "The new model goes live on Monday" },
        new(new("dana", 3), new("lee", 4), new("layla", 3, "fit", "copying by hand, again"), new("tomas", 4), new("priya", 4, Metric: 25, Hours: 8)),
        new(new("dana", 3, "fit"), new("lee", 3), new("layla", 3), new("priya", 4, Metric: 23, Hours: 9)) { Held = false },
        new(new("dana", 2, "fit", "nothing arrives in my queue"), new("lee", 3), new("layla", 3, "fit", "by hand"), new("priya", 4, Metric: 21, Hours: 9)) { Move = StallAgain, Pause = "stalled again" },
        new(),
        new() { Move = Again },
        new(new("dana", 3, "fit", "I copy the queue by hand"), new("lee", 3), new("layla", 3), new("tomas", 4), new("priya", 4, Metric: 22, Hours: 8)),
        new(new("dana", 3, "fit"), new("lee", 3), new("layla", 2, "fit", "copying by hand"), new("tomas", 4), new("priya", 4, Metric: 23, Hours: 8)),
    ]);
}

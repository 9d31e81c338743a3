namespace Bot.Loops;

/// <summary>The next thing the clock will do, for people who want to wait for it.</summary>
/// <param name="What">In words: "reminder", "review".</param>
/// <param name="Initiative">Whose loop; of a portfolio, its channel.</param>
/// <param name="Zone">The loop's IANA zone, to say the time in.</param>
public sealed record Upcoming(string What, string Initiative, DateTimeOffset At, string Zone);

/// <summary>Tells what the clock will do next over all loops; null when nothing is planned.</summary>
public delegate Task<Upcoming?> FindUpcoming(CancellationToken ct);

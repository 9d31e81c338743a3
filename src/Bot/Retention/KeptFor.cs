namespace Bot.Retention;

/// <summary>How long it is kept what people wrote in answers, and what a workspace leaves behind that removed the bot.</summary>
/// <param name="AnswerTextMonths">From the end of the week that an answer is about.</param>
/// <param name="RemovedWorkspaceDays">From the removal.</param>
public sealed record KeptFor(int AnswerTextMonths = 12, int RemovedWorkspaceDays = 30);

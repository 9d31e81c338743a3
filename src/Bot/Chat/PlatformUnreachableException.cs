namespace Bot.Chat;

/// <summary>A platform could not be asked now; the same question later may be answered.</summary>
public sealed class PlatformUnreachableException(string why) : Exception(why);

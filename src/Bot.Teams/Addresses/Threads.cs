namespace Bot.Teams.Addresses;

/// <summary>A thread of a channel has the channel's conversation id with <c>;messageid=</c> and its first message's id behind it.</summary>
public static class Threads
{
    private const string Mark = ";messageid=";

    /// <summary>The conversation that a thread belongs to; any other id is its own.</summary>
    public static string Root(string conversationId) =>
        conversationId.IndexOf(Mark, StringComparison.OrdinalIgnoreCase) is >= 0 and var at ? conversationId[..at] : conversationId;

    /// <summary>The thread that a message of a channel began or belongs to.</summary>
    public static string Of(string conversationId, string messageId) =>
        conversationId.Contains(Mark, StringComparison.OrdinalIgnoreCase) ? conversationId : conversationId + Mark + messageId;
}

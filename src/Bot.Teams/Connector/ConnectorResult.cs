using System.Text.Json.Nodes;

namespace Bot.Teams.Connector;

/// <summary>How a call of the connector ended.</summary>
public abstract record ConnectorResult
{
    private ConnectorResult()
    {
    }

    /// <summary>It is done.</summary>
    /// <param name="Body">Empty where the connector answered nothing.</param>
    public sealed record Ok(JsonObject Body) : ConnectorResult
    {
        /// <summary>Of the activity or conversation; null where none came, as for a message that Teams split in two.</summary>
        public string? Id => (string?)Body["id"];
    }

    /// <summary>The connector refused it.</summary>
    /// <param name="Code">The documented name, for example <c>ConversationNotFound</c>.</param>
    public sealed record Refused(int Status, string Code) : ConnectorResult;

    /// <summary>It is not done, and may be tried again.</summary>
    /// <param name="After">Null: the caller chooses.</param>
    public sealed record NotNow(TimeSpan? After, string Why) : ConnectorResult;

    /// <summary>The connection broke, or somebody on the way gave up waiting: whether it was done is not known.</summary>
    /// <param name="IsSlow">We gave up ourselves; asking again on the spot would only take as long again.</param>
    public sealed record Unclear(string Why, bool IsSlow = false) : ConnectorResult;
}

using System.Text.Json.Nodes;

namespace FakeSlack.Deliver;

/// <summary>What is delivered, by the names Socket Mode gives to it.</summary>
public enum DeliveryKind
{
    SlashCommand,
    Interaction,
    Event,
}

/// <summary>How the app answered a delivery.</summary>
public abstract record Ack
{
    private Ack()
    {
    }

    /// <summary>In time.</summary>
    /// <param name="Status">Of HTTP; 200 for a socket.</param>
    public sealed record Answered(int Status, string Body) : Ack
    {
        /// <summary>Null where the body is empty or no JSON.</summary>
        public JsonNode? Json { get; init; }

        /// <summary><c>x-slack-no-retry: 1</c>.</summary>
        public bool ForbidsRetry { get; init; }
    }

    /// <summary>Not within three seconds.</summary>
    public sealed record Late : Ack;

    public sealed record Unreachable(string Why) : Ack;
}

/// <summary>One thing Slack told the app, and how that went.</summary>
/// <param name="Retry">0 the first time.</param>
public sealed record Delivery(DeliveryKind Kind, JsonObject Payload, Ack Ack, int Retry, TimeSpan Took)
{
    /// <summary>Events take any 2xx; commands and interactions 200.</summary>
    public bool IsAcknowledged => Ack is Ack.Answered answered && (Kind == DeliveryKind.Event ? answered.Status is >= 200 and < 300 : answered.Status == 200);

    /// <summary>The body of the acknowledgement, or the payload of a socket's.</summary>
    public JsonNode? Answer => (Ack as Ack.Answered)?.Json;
}

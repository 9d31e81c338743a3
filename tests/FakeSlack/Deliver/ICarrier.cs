using System.Text.Json.Nodes;

namespace FakeSlack.Deliver;

/// <summary>A way to the app: signed HTTP or Socket Mode.</summary>
internal interface ICarrier
{
    /// <param name="retry">0 the first time.</param>
    Task<Ack> CarryAsync(DeliveryKind kind, JsonObject payload, int retry, string? retryReason, CancellationToken ct);
}

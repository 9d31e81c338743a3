using System.Diagnostics;
using System.Text.Json.Nodes;
using FakeSlack.World;

namespace FakeSlack.Deliver;

/// <summary>Brings everything to the app, by sockets where Socket Mode is on, and watches the three seconds.</summary>
internal sealed class Courier(SlackWorld world, ICarrier http, ICarrier sockets)
{
    private readonly List<Delivery> _delivered = [];

    /// <summary>How long an acknowledgement may take.</summary>
    public TimeSpan Budget { get; set; } = TimeSpan.FromSeconds(3);

    public IReadOnlyList<Delivery> Delivered
    {
        get
        {
            lock (_delivered)
            {
                return [.. _delivered];
            }
        }
    }

    public async Task<Delivery> DeliverAsync(DeliveryKind kind, JsonObject payload, int retry = 0, string? retryReason = null)
    {
        var since = Stopwatch.GetTimestamp();
        using var budget = new CancellationTokenSource(Budget, world.Clock);
        Ack ack;
        try
        {
            ack = await (world.App.IsSocketMode ? sockets : http).CarryAsync(kind, payload, retry, retryReason, budget.Token);
        }
        catch (OperationCanceledException)
        {
            ack = new Ack.Late();
        }

        var delivery = new Delivery(kind, payload, ack, retry, Stopwatch.GetElapsedTime(since));
        lock (_delivered)
        {
            _delivered.Add(delivery);
        }

        if (!delivery.IsAcknowledged)
        {
            world.Complain($"{kind} {What(payload)} was not acknowledged: {ack}");
        }

        world.Pulse();
        return delivery;
    }

    private static string What(JsonObject payload) => (string?)payload["command"] ?? (string?)payload["event"]?["type"] ?? (string?)payload["type"] ?? "";
}

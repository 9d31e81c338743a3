using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using FakeSlack.Deliver;
using FakeSlack.World;
using Microsoft.AspNetCore.Http;

namespace FakeSlack.Sockets;

/// <summary>Socket Mode: tickets, the open connections, and each payload to an arbitrary one of them.</summary>
internal sealed class SocketDoor(SlackWorld world) : ICarrier
{
    private const int MostConnections = 10;
    private readonly HashSet<string> _tickets = [];
    private readonly List<SocketConnection> _open = [];
    private readonly ConcurrentDictionary<string, Envelope> _unacknowledged = new();
    private int _turn;

    public int OpenConnections
    {
        get
        {
            lock (world.Gate)
            {
                return _open.Count;
            }
        }
    }

    /// <summary>An address for one connection.</summary>
    public Uri NewUrl()
    {
        var ticket = world.Ids.Secret();
        _tickets.Add(ticket);
        return new UriBuilder(world.Address) { Scheme = "ws", Path = "/link/", Query = $"ticket={ticket}&app_id={world.App.Id}" }.Uri;
    }

    public async Task HandleAsync(HttpContext http)
    {
        bool isGood;
        lock (world.Gate)
        {
            isGood = _tickets.Remove(http.Request.Query["ticket"].ToString());
        }

        if (!isGood || !http.WebSockets.IsWebSocketRequest)
        {
            http.Response.StatusCode = isGood ? 400 : 401;
            return;
        }

        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        using var connection = new SocketConnection(socket, Acknowledged, world.Complain);
        int open;
        lock (world.Gate)
        {
            open = _open.Count;
            if (open < MostConnections)
            {
                _open.Add(connection);
            }
        }

        if (open >= MostConnections)
        {
            await connection.SendAsync(Disconnect("too_many_websockets"), http.RequestAborted);
            await connection.CloseAsync(http.RequestAborted);
            return;
        }

        await connection.SendAsync(Hello(open + 1), http.RequestAborted);
        world.Pulse();
        await connection.ReadAsync(http.RequestAborted);
        lock (world.Gate)
        {
            _open.Remove(connection);
        }

        world.Pulse();
    }

    public async Task<Ack> CarryAsync(DeliveryKind kind, JsonObject payload, int retry, string? retryReason, CancellationToken ct)
    {
        SocketConnection connection;
        lock (world.Gate)
        {
            if (_open.Count == 0)
            {
                return new Ack.Unreachable("no socket is open");
            }

            connection = _open[_turn++ % _open.Count];
        }

        // A command's reply and a submission's answer travel in the acknowledgement; nothing else does.
        var accepts = kind == DeliveryKind.SlashCommand || (string?)payload["type"] is "view_submission" or "block_suggestion";
        var envelope = new Envelope(Guid.NewGuid().ToString(), accepts);
        _unacknowledged[envelope.Id] = envelope;
        var frame = new JsonObject
        {
            ["envelope_id"] = envelope.Id,
            ["payload"] = payload.DeepClone(),
            ["type"] = kind switch { DeliveryKind.SlashCommand => "slash_commands", DeliveryKind.Interaction => "interactive", _ => "events_api" },
            ["accepts_response_payload"] = accepts,
        };
        if (kind == DeliveryKind.Event)
        {
            frame["retry_attempt"] = retry;
            frame["retry_reason"] = retryReason ?? "";
        }

        try
        {
            await connection.SendAsync(frame, ct);
            return await envelope.Answer.Task.WaitAsync(ct);
        }
        catch (Exception broken) when (broken is System.Net.WebSockets.WebSocketException or ObjectDisposedException)
        {
            return new Ack.Unreachable(broken.Message);
        }
        finally
        {
            _unacknowledged.TryRemove(envelope.Id, out _);
        }
    }

    /// <summary>Asks for new connections: <c>warning</c>, <c>refresh_requested</c> or <c>link_disabled</c>.</summary>
    public async Task DisconnectAsync(string reason, bool closes)
    {
        List<SocketConnection> open;
        lock (world.Gate)
        {
            open = [.. _open];
            if (reason is "refresh_requested" or "link_disabled")
            {
                // Nothing new goes to them.
                _open.Clear();
            }
        }

        foreach (var connection in open)
        {
            await connection.SendAsync(Disconnect(reason), CancellationToken.None);
            if (closes)
            {
                await connection.CloseAsync(CancellationToken.None);
            }
        }
    }

    /// <summary>Breaks every connection without a word.</summary>
    public void Break()
    {
        lock (world.Gate)
        {
            _open.ForEach(connection => connection.Abort());
            _open.Clear();
        }
    }

    private void Acknowledged(JsonObject frame)
    {
        var id = (string?)frame["envelope_id"];
        if (id is null || !_unacknowledged.TryRemove(id, out var envelope))
        {
            world.Complain("an acknowledgement came for no open envelope, twice or too late");
            return;
        }

        if (frame["payload"] is { } said and not JsonObject { Count: 0 } && !envelope.AcceptsPayload)
        {
            world.Complain("an acknowledgement carried a payload where none is accepted");
        }

        var payload = envelope.AcceptsPayload && frame["payload"] is JsonObject { Count: > 0 } given ? given : null;
        envelope.Answer.TrySetResult(new Ack.Answered(200, payload?.ToJsonString() ?? "") { Json = payload?.DeepClone() });
    }

    private JsonObject Hello(int connections) => new()
    {
        ["type"] = "hello",
        ["num_connections"] = connections,
        ["debug_info"] = new JsonObject { ["host"] = "applink-1", ["build_number"] = 1, ["approximate_connection_time"] = 18060 },
        ["connection_info"] = new JsonObject { ["app_id"] = world.App.Id },
    };

    private static JsonObject Disconnect(string reason) => new()
    {
        ["type"] = "disconnect", ["reason"] = reason, ["debug_info"] = new JsonObject { ["host"] = "applink-1" },
    };

    private sealed record Envelope(string Id, bool AcceptsPayload)
    {
        public TaskCompletionSource<Ack> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

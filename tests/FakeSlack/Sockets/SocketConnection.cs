using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FakeSlack.Sockets;

/// <summary>One connection of an app in Socket Mode.</summary>
internal sealed class SocketConnection(WebSocket socket, Action<JsonObject> acknowledged, Action<string> complain) : IDisposable
{
    private readonly SemaphoreSlim _sending = new(1, 1);

    public async Task SendAsync(JsonObject frame, CancellationToken ct)
    {
        await _sending.WaitAsync(ct);
        try
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(frame.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, ct);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Says that it closes; the app's own closing ends the reading.</summary>
    public async Task CloseAsync(CancellationToken ct)
    {
        try
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, ct);
        }
        catch (WebSocketException)
        {
            // It was closed from the other side.
        }
    }

    public void Dispose() => _sending.Dispose();

    public void Abort() => socket.Abort();

    public async Task ReadAsync(CancellationToken ct)
    {
        var part = new byte[16 * 1024];
        using var text = new MemoryStream();
        try
        {
            while (await socket.ReceiveAsync(part.AsMemory(), ct) is { MessageType: not WebSocketMessageType.Close } read)
            {
                text.Write(part, 0, read.Count);
                if (read.EndOfMessage)
                {
                    Take(Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length));
                    text.SetLength(0);
                }
            }

            await CloseAsync(ct);
        }
        catch (Exception ended) when (ended is WebSocketException or OperationCanceledException)
        {
            // Broken off: seen as a connection fewer.
        }
    }

    private void Take(string text)
    {
        try
        {
            if (JsonNode.Parse(text) is JsonObject frame)
            {
                acknowledged(frame);
                return;
            }
        }
        catch (JsonException)
        {
            // Told below like any other frame that is none.
        }

        complain("a frame is no JSON object");
    }
}
